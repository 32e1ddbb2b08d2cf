import { SemblanceError } from '../error.ts';

/** What sets call the category of faces, as Open Images and the exports of labelling tools have it. */
const faceName = /^(human[ _-]?)?faces?$/i;

/**
 * Which of COCO's categories are faces: the one that is chosen; else those called `face`; else the only one there is.
 *
 * @param chosen a name, or an id
 * @param used the `category_id` of every annotation
 * @returns whether an annotation with this `category_id` is a face
 * @throws SemblanceError DATA_INVALID naming the categories where none of this tells
 */
export function faceCategory(
  categories: unknown,
  used: readonly unknown[],
  chosen: string | undefined,
  source: string,
): (id: unknown) => boolean {
  const ids = [...new Set(used)];
  const named = (Array.isArray(categories) ? categories : []).map(
    (category: { id?: unknown; name?: unknown }) => ({
      id: category?.id,
      name: String(category?.name ?? category?.id),
    }),
  );
  // without a list of names the ids are the names
  const known = named.length > 0 ? named : ids.map((id) => ({ id, name: String(id) }));
  const take = (some: typeof known) => {
    const taken = new Set(some.map(({ id }) => id));
    // an exporter that knows one category need not say it of each box
    return (id: unknown) => taken.has(id) || (id === undefined && known.length === 1);
  };
  const names = known.map(({ name }) => name).join(', ');
  if (chosen !== undefined) {
    const found = known.filter(({ id, name }) => name === chosen || String(id) === chosen);
    if (found.length > 0) return take(found);
    throw new SemblanceError('DATA_INVALID', `${source} has no category ${chosen}: it has ${names}`);
  }
  const faces = known.filter(({ name }) => faceName.test(name));
  if (faces.length > 0) return take(faces);
  if (known.length <= 1) return take(known);
  throw new SemblanceError(
    'DATA_INVALID',
    `${source} has the categories ${names}, and none is called face: choose one with --category (as in ` +
      '`semblance data convert --category head`), or { category } in TypeScript',
    { details: { categories: known.map(({ name }) => name) } },
  );
}
