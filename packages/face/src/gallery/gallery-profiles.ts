import { SemblanceError } from '../error.ts';
import { noSubject } from './check-face.ts';
import { checkedProfile } from './check-profile.ts';
import type { KnownFaces } from './known-faces.ts';
import { requireRoomFor } from './require-enrollable.ts';
import { createdBy } from './settings.ts';
import type { GalleryStore } from './store.ts';
import type {
  FaceDetails,
  ProfileChange,
  ProfileStore,
  StoredSubject,
  SubjectKey,
} from './subject-profile.ts';

/** What is known of a gallery's subjects beside their faces: external ids, metadata, consent, when they are to be erased. */
export class GalleryProfiles {
  readonly #store: GalleryStore;
  readonly #known: KnownFaces;
  readonly #inTurn: <T>(action: () => Promise<T>) => Promise<T>;

  /** @param inTurn does an action when it is its turn among the gallery's changes */
  constructor(store: GalleryStore, known: KnownFaces, inTurn: <T>(action: () => Promise<T>) => Promise<T>) {
    this.#store = store;
    this.#known = known;
    this.#inTurn = inTurn;
  }

  /** @throws SemblanceError GALLERY_NO_PROFILES */
  get #kept(): ProfileStore {
    if (this.#store.profiles) return this.#store.profiles;
    throw new SemblanceError(
      'GALLERY_NO_PROFILES',
      'a gallery in a database keeps nothing of people but names and faces: keep it in a folder',
    );
  }

  /** Whether something can be said of subjects here. */
  get areKept(): boolean {
    return this.#store.profiles !== undefined;
  }

  /** Whether there is such a subject, with a face or without. */
  isSubject(name: string): Promise<boolean> {
    return this.#known.subjects.has(name) ? Promise.resolve(true) : isKept(this.#store, name);
  }

  /** A subject, with a face or without; null where there is no such subject. */
  find(key: SubjectKey): Promise<StoredSubject | null> {
    return this.#kept.find(key);
  }

  /** Those of whom something was said, or only those of them without a face; sorted by name. */
  list(faceless = false): Promise<StoredSubject[]> {
    return this.#kept.list(faceless);
  }

  /**
   * Says something of a subject, who is made where there is none, and from then on stays without a face. What is left out
   * stays as it was.
   *
   * @throws SemblanceError GALLERY_SUBJECT_EXISTS for an external id that another subject has; GALLERY_FULL; DATA_INVALID
   *   for metadata of more than 16 KiB, a time that is none, or an empty name; GALLERY_BUSY
   */
  write(name: string, change: ProfileChange): Promise<void> {
    return this.#inTurn(async () => {
      if (name.trim() === '') throw new SemblanceError('DATA_INVALID', 'a subject needs a name');
      const checked = checkedProfile(change);
      await requireRoomFor(this.#store, this.#known, [name]);
      await this.#kept.write(name, checked);
    });
  }

  /** When faces of these ids were enrolled, and what was said of them; those that are there, by rising id. */
  ofFaces(ids: readonly number[]): Promise<FaceDetails[]> {
    return this.#kept.ofFaces(ids);
  }

  /** Takes back what was said of a subject; without a face they are gone. */
  clear(name: string): Promise<void> {
    return this.#inTurn(() => this.#kept.write(name, null));
  }

  /**
   * Subjects whose time is up, sorted by name: their own, or that of the gallery's retention. `Gallery.remove` erases them.
   *
   * @example
   * ```ts
   * import { Gallery } from '@semblance/face';
   *
   * await using gallery = await Gallery.open('gallery');
   * for (const name of await gallery.profiles.expired()) await gallery.remove(name);
   * ```
   */
  expired(now = new Date()): Promise<string[]> {
    return this.#kept.expired(now.toISOString(), createdBy(this.#known.meta.settings ?? {}, now));
  }
}

/** Whether a store that keeps profiles has a subject, with a face or without. */
export const isKept = async (store: GalleryStore, name: string): Promise<boolean> =>
  ((await store.profiles?.find({ name })) ?? null) !== null;

/** Removes a subject, with a face or without; gives the ids of the faces. @throws SemblanceError GALLERY_SUBJECT_NOT_FOUND */
export async function removeKnown(store: GalleryStore, name: string): Promise<number[]> {
  const isThere = await isKept(store, name);
  const ids = await store.removeSubject(name);
  if (ids.length === 0 && !isThere) throw noSubject(name);
  return ids;
}
