import { SemblanceError } from '../error.ts';
import { checkFace } from './check-face.ts';
import type { KnownFaces } from './known-faces.ts';
import { checkModel } from './meta.ts';
import type { GalleryStore, NewFace } from './store.ts';

/**
 * Refuses faces that cannot be enrolled, or that a gallery has no room for.
 *
 * @param modelId the recognizer that made their embeddings
 * @throws SemblanceError GALLERY_MODEL_MISMATCH, DATA_INVALID, GALLERY_FULL
 */
export async function requireEnrollable(
  store: GalleryStore,
  known: KnownFaces,
  faces: readonly NewFace[],
  modelId: string,
): Promise<void> {
  checkModel(known.meta, modelId);
  for (const face of faces) checkFace(face, known.meta.embeddingSize);
  const { samples = Infinity } = known.meta.settings?.capacity ?? {};
  const { size } = known.subjects;
  if (size + faces.length > samples)
    throw full(`${size} of at most ${samples} samples`, `${faces.length} more`);
  const names = faces.map(({ subject }) => subject);
  await requireRoomFor(store, known, names);
}

/** The same of subjects who are to be there, whether or not they are already. @throws SemblanceError GALLERY_FULL */
export async function requireRoomFor(
  store: GalleryStore,
  { meta, subjects }: KnownFaces,
  names: readonly string[],
): Promise<void> {
  const { subjects: most = Infinity } = meta.settings?.capacity ?? {};
  if (most === Infinity) return;
  let numNew = 0;
  for (const name of new Set(names))
    if (!subjects.has(name) && !(await store.profiles?.find({ name }))) numNew++;
  const there = (await store.profiles?.numSubjects()) ?? subjects.numSubjects;
  const numSubjects = numNew === 0 ? 0 : there;
  if (numSubjects + numNew > most) throw full(`${numSubjects} of at most ${most} subjects`, `${numNew} more`);
}

const full = (there: string, wanted: string): SemblanceError =>
  new SemblanceError(
    'GALLERY_FULL',
    `the gallery has ${there}, and no room for ${wanted}: remove some, or raise its capacity`,
  );
