import type { StoredFace } from '../../store.ts';
import { storedFace } from './rows.ts';
import type { GallerySession } from './session.ts';

/** Faces that are read at a time: a few megabytes. */
const PAGE = 2000;

/**
 * Faces by rising id, page by page: all, or those of these ids that are there. What changes meanwhile is told as a change.
 */
export async function* readFaces(
  session: GallerySession,
  ids?: readonly number[],
): AsyncGenerator<StoredFace> {
  const { schema, where } = session.place;
  const columns = `SELECT f.id, s.name AS subject, vector, source, content_hash, quality, origin
    FROM "${schema}".faces f JOIN "${schema}".subjects s ON s.id = f.subject_id`;
  const page = async (condition: string, ...values: unknown[]): Promise<StoredFace[]> => {
    const { rows } = await session.read((client) =>
      client.query(`${columns} WHERE ${condition} ORDER BY f.id LIMIT ${PAGE}`, values),
    );
    return rows.map((row) => storedFace(where, row));
  };
  if (ids) {
    const rising = [...new Set(ids)].sort((a, b) => a - b);
    for (let from = 0; from < rising.length; from += PAGE)
      yield* await page('f.id = ANY($1)', rising.slice(from, from + PAGE));
    return;
  }
  let next = page('f.id > $1', 0);
  while (true) {
    const faces = await next;
    const last = faces.at(-1);
    if (faces.length < PAGE || !last) return yield* faces;
    // the next page is on its way while this one is taken
    next = page('f.id > $1', last.id);
    next.catch(() => {}); // said when it is awaited
    yield* faces;
  }
}
