import { SemblanceError } from '../error.ts';
import { noSubject } from './check-face.ts';
import { isKept } from './gallery-profiles.ts';
import type { KnownFaces } from './known-faces.ts';
import type { FaceMove, MovedFaces, NameChange, NameNote } from './name-changes.ts';
import type { GalleryStore } from './store.ts';

/** Who is called what in a gallery: renamed, merged, split, and undone. */
export class GalleryNames {
  readonly #store: GalleryStore;
  readonly #known: KnownFaces;
  readonly #inTurn: <T>(action: () => Promise<T>) => Promise<T>;

  /** @param inTurn does an action when it is its turn among the gallery's changes */
  constructor(store: GalleryStore, known: KnownFaces, inTurn: <T>(action: () => Promise<T>) => Promise<T>) {
    this.#store = store;
    this.#known = known;
    this.#inTurn = inTurn;
  }

  /**
   * Renames a subject; where the name is taken the two become one. Gives the number of faces moved.
   *
   * @throws SemblanceError GALLERY_SUBJECT_NOT_FOUND; DATA_INVALID for an empty name; GALLERY_BUSY
   */
  rename(from: string, to: string): Promise<number> {
    return this.#inTurn(async () => {
      requireName(to);
      const isThere = await isKept(this.#store, from);
      const moved = await this.#store.renameSubject(from, to);
      if (moved === 0 && !isThere) throw noSubject(from);
      this.#known.rename(from, to);
      await this.#known.readNegatives();
      return moved;
    });
  }

  /**
   * Makes one subject of several, with all their faces and all that was said not to be theirs.
   *
   * @param into the name they have from then on: of one of them, of somebody else, or a new one
   * @returns the number of faces moved
   * @throws SemblanceError GALLERY_SUBJECT_NOT_FOUND; DATA_INVALID for an empty name; GALLERY_BUSY
   */
  merge(subjects: readonly string[], into: string): Promise<number> {
    return this.#inTurn(async () => {
      requireName(into);
      for (const name of subjects) if (!this.#known.subjects.has(name)) throw noSubject(name);
      const others = [...new Set(subjects)].filter((name) => name !== into);
      const moves = others.map((from): FaceMove => ({ from, to: into, faces: 'all' }));
      return numFaces(await this.#move(moves, { kind: 'merge' }));
    });
  }

  /**
   * Gives some of a subject's faces to another subject, a new one or one that is there.
   *
   * @returns the number of faces moved
   * @throws SemblanceError GALLERY_SUBJECT_NOT_FOUND; GALLERY_FACE_NOT_FOUND for a face that is not the subject's; DATA_INVALID
   *   for an empty name or no face; GALLERY_BUSY
   */
  split(subject: string, faces: readonly number[], into: string): Promise<number> {
    return this.#inTurn(async () => {
      requireName(into);
      if (!this.#known.subjects.has(subject)) throw noSubject(subject);
      if (faces.length === 0) throw new SemblanceError('DATA_INVALID', 'no face was given to be moved');
      for (const id of faces) {
        if (this.#known.subjects.get(id) === subject) continue;
        const message = `${subject} has no face ${id}: theirs are ${listed(this.#known.subjects.facesOf(subject))}`;
        throw new SemblanceError('GALLERY_FACE_NOT_FOUND', message, { details: { id } });
      }
      if (into === subject) return 0;
      const move = { from: subject, to: into, faces: [...new Set(faces)] };
      return numFaces(await this.#move([move], { kind: 'split' }));
    });
  }

  /**
   * Undoes the last change of names that is not undone yet: a renaming, a merge or a split. Faces that were removed since stay
   * removed; of a merge or a split, those that came since stay where they are.
   *
   * @returns the change that was undone
   * @throws SemblanceError GALLERY_NOTHING_TO_UNDO; GALLERY_SUBJECT_EXISTS where the old name is somebody's again; GALLERY_BUSY
   */
  undo(): Promise<NameChange> {
    return this.#inTurn(async () => {
      const change = (await this.#store.nameChanges()).at(-1);
      if (!change) throw nothingToUndo('no change of names is left to undo');
      const { id, kind, to, moved } = change;
      for (const { from } of kind === 'split' ? [] : moved) {
        if (!this.#known.subjects.has(from)) continue;
        const message = `there is another ${from} by now: rename ${to} by hand`;
        throw new SemblanceError('GALLERY_SUBJECT_EXISTS', message, { details: { subject: from } });
      }
      let numMoved: number;
      if (kind === 'rename') {
        numMoved = await this.#store.renameSubject(to, moved[0]!.from, id);
        if (numMoved > 0) this.#known.rename(to, moved[0]!.from);
        await this.#known.readNegatives();
      } else {
        const back = moved.map(({ from, ...rest }): FaceMove => ({ from: to, to: from, ...rest }));
        numMoved = numFaces(await this.#move(back, { undoes: id }));
      }
      if (numMoved === 0) throw nothingToUndo(`somebody else has just changed ${to}: try again`);
      return change;
    });
  }

  /** The changes that can be undone, the last one first. */
  async changes(): Promise<NameChange[]> {
    return (await this.#store.nameChanges()).reverse();
  }

  async #move(moves: readonly FaceMove[], note: NameNote): Promise<MovedFaces[]> {
    if (moves.length === 0) return [];
    const moved = await this.#store.moveFaces(moves, note);
    for (const { faces, to } of moved) for (const id of faces) this.#known.subjects.set(id, to);
    await this.#known.readNegatives();
    return moved;
  }
}

const numFaces = (moved: readonly MovedFaces[]): number =>
  moved.reduce((sum, { faces }) => sum + faces.length, 0);

const listed = (ids: readonly number[]): string =>
  ids.length > 10 ? `${ids.slice(0, 10).join(', ')}, …` : ids.join(', ');

function requireName(name: string): void {
  if (name.trim() === '') throw new SemblanceError('DATA_INVALID', 'a subject needs a name');
}

const nothingToUndo = (message: string): SemblanceError =>
  new SemblanceError('GALLERY_NOTHING_TO_UNDO', message);
