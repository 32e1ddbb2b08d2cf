import { rmSync } from 'node:fs';
import { isSemblanceError } from '../../error.ts';
import type { FaceSubjects } from '../face-subjects.ts';
import type { GalleryStore, IndexPlace, StoreMark, StoreNow } from '../store.ts';
import { isKeepable, type KeepableIndex, type VectorIndex } from '../vector-index.ts';
import { eraseRows } from './erase-rows.ts';
import { damaged } from './format.ts';
import { openIndexFile } from './read.ts';
import { writeIndexFile } from './write.ts';

/** Changes after which the file is written anew: reading them one by one takes a tenth of a second. */
const MANY_CHANGES = 20_000;

/** A gallery's index as it is kept beside the store: read at the start, brought up to date, written when it is far behind. */
export class KeptIndex {
  readonly #store: GalleryStore;
  readonly #place: IndexPlace | undefined;
  /** The state that the file has; null where there is none. */
  #mark: StoreMark | null = null;

  constructor(store: GalleryStore) {
    this.#store = store;
    this.#place = store.embedding && store.indexPlace;
  }

  /**
   * Fills an index and the subjects from the file.
   *
   * @returns false where there is no file, or none that is of any use: then nothing was done, or `index` cannot be used
   */
  async restore(index: VectorIndex, subjects: FaceSubjects): Promise<boolean> {
    this.#mark = null;
    const place = this.#place;
    if (!place || !isKeepable(index)) return false;
    try {
      return await this.#restore(place, index, subjects);
    } catch (error) {
      if (isSemblanceError(error, 'GALLERY_CORRUPT')) {
        process.emitWarning(`${place.path}: ${error.message}, and is made again of the gallery`);
        this.#discard(place);
      } else if (!isOfTheSystem(error)) throw error;
      return false; // a file that may not be read is no reason to refuse the gallery
    }
  }

  /** Writes the file where that saves the next start some time. */
  save(index: VectorIndex): void {
    const place = this.#place;
    if (!place || place.isReadOnly || !isKeepable(index) || index.codes === null) return;
    try {
      if (this.#mark && place.numChangesSince(this.#mark) < MANY_CHANGES) return;
      this.#mark = writeIndexFile(place, index.codes) ?? this.#mark;
    } catch (error) {
      // it can be made again of the gallery: a full disk keeps nobody from searching
      if (!isOfTheSystem(error) && !isSemblanceError(error)) throw error;
    }
  }

  async #restore(place: IndexPlace, index: KeepableIndex, subjects: FaceSubjects): Promise<boolean> {
    const file = openIndexFile(place.path, place.chunkKeys);
    if (!file) return false;
    try {
      const { header } = file;
      const now = place.since(header.mark);
      const codes = now && index.restore();
      if (!now || !codes || codes.segments.dimensions !== header.dimensions) {
        this.#discard(place);
        return false;
      }
      const { ids, subjectIds } = file.readInto(codes);
      const { known, numberOf } = subjectsOf(ids, subjectIds, now);
      subjects.restore(known, numberOf, now.names);
      const left = now.changed.filter((id) => codes.remove(id) && !now.subjectOf.has(id));
      // whoever removed them was killed before they were out of the file
      if (left.length > 0 && !place.isReadOnly)
        place.exclusively(header.mark, (gone) => eraseRows(place.path, gone, place.chunkKeys));
      const came = [...now.subjectOf.keys()];
      for await (const face of this.#store.faces(came)) {
        index.add(face.id, face.embedding);
        subjects.set(face.id, face.subject);
      }
      this.#mark = header.mark;
      return true;
    } finally {
      file.close();
    }
  }

  #discard({ path, isReadOnly }: IndexPlace): void {
    if (!isReadOnly) rmSync(path, { force: true });
  }
}

const isOfTheSystem = (error: unknown): boolean =>
  typeof (error as NodeJS.ErrnoException | null)?.syscall === 'string';

/** Whose the faces are that have not changed since, by the places of their names. */
function subjectsOf(
  ids: Float64Array,
  subjectIds: Float64Array,
  now: StoreNow,
): { known: Float64Array; numberOf: Int32Array } {
  const placeOf = new Map(now.subjectIds.map((id, place) => [id, place]));
  const changed = new Set(now.changed);
  const known = new Float64Array(ids.length);
  const numberOf = new Int32Array(ids.length);
  let count = 0;
  for (let row = 0; row < ids.length; row++) {
    if (ids[row]! < 0 || changed.has(ids[row]!)) continue;
    const place = placeOf.get(subjectIds[row]!);
    if (place === undefined) throw damaged();
    known[count] = ids[row]!;
    numberOf[count++] = place;
  }
  return { known: known.subarray(0, count), numberOf: numberOf.subarray(0, count) };
}
