import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Erasure } from '@semblance/face/gallery';
import { asSemblanceError, isSemblanceError } from '../error.ts';
import { type GalleryHost, galleryKey } from '../fleet/gallery-hosts.ts';
import type { ServiceLog } from '../log/service-log.ts';
import type { Revision } from './revision.ts';

/** Told of what was removed: nothing that was made of it is to be left. */
export type OnErased = (erased: Erasure) => void;

/** Where a state folder keeps galleries of its own: those embedded anew, and copies. */
const FOLDERS = ['galleries', 'taken'];

export interface CarryOptions {
  /** Every revision there is. */
  revisions: readonly Revision[];
  /** The galleries that serve, that of the most requests first. */
  serving: readonly { gallery: GalleryHost; origin: string | null }[];
}

/**
 * Galleries that nobody is served from and that a roll-back could bring back: who is removed from those that serve is
 * removed from them, too.
 */
export class OlderGalleries {
  readonly #stateDir: string;
  readonly #log: ServiceLog;
  readonly #onErased: OnErased;
  /** What could not be removed yet, by the gallery's path. */
  readonly #owed = new Map<string, Erasure>();

  constructor(stateDir: string, log: ServiceLog, onErased: OnErased = () => {}) {
    this.#onErased = onErased;
    this.#stateDir = resolve(stateDir);
    this.#log = log;
  }

  /**
   * Removes what was removed from the galleries that serve, and what could not be before.
   *
   * @throws SemblanceError why it could not be; a gallery that another service has is said and left to that
   */
  async carry({ revisions, serving }: CarryOptions): Promise<void> {
    const [primary] = serving;
    if (!primary) return;
    let erased = nothing;
    for (const { gallery } of serving) erased = both(erased, await gallery.thread.call('takeErased', null));
    const isNew = isSomething(erased);
    if (isNew) this.#onErased(erased);
    if (!isNew && this.#owed.size === 0) return;
    const inUse = new Set(serving.map(({ gallery }) => galleryKey(gallery.path)));
    const tentative = tentativePaths(revisions);
    let reason: unknown = null;
    for (const [path, origin] of await this.#all(revisions)) {
      if (inUse.has(path)) continue;
      // galleries that were built apart have other faces under the same ids
      const isSame = origin !== null && origin === primary.origin;
      const here = both(
        this.#owed.get(path) ?? nothing,
        isSame ? erased : { ...erased, ids: [], negatives: [] },
      );
      if (!isSomething(here)) continue;
      const failure = await this.#erase(primary.gallery, path, here);
      if (!tentative.has(path)) reason ??= failure;
    }
    if (isNew && reason !== null) throw reason;
  }

  /** Removes galleries that no revision names any more; `id` of a revision that failed: those made for it. */
  async forget(revisions: readonly Revision[], id?: string): Promise<void> {
    const named = new Set(pathsOf(revisions).keys());
    for (const path of await this.#own()) {
      const isMadeFor = id === undefined || new RegExp(`[/\\\\]${id}(-|$)`).test(path);
      if (isMadeFor && !named.has(path)) await rm(path, { recursive: true, force: true });
    }
  }

  /** Gives the reason where it could not be done and is not somebody else's business. */
  async #erase({ thread }: GalleryHost, path: string, erased: Erasure): Promise<unknown> {
    try {
      await thread.call('eraseFrom', { path, ...erased });
    } catch (error) {
      if (!isSemblanceError(error, 'GALLERY_NOT_FOUND')) {
        this.#owed.set(path, erased);
        const { code, message } = asSemblanceError(error);
        const text = `people were not removed from ${path}, which served before: ${message}`;
        this.#log.event('error', text, { code });
        return isSemblanceError(error, 'GALLERY_BUSY') ? null : error;
      }
    }
    this.#owed.delete(path);
    return null;
  }

  async #all(revisions: readonly Revision[]): Promise<Map<string, string | null>> {
    const all = pathsOf(revisions);
    for (const path of await this.#own()) if (!all.has(path)) all.set(path, null);
    return all;
  }

  async #own(): Promise<string[]> {
    const folders = FOLDERS.map((folder) => join(this.#stateDir, folder));
    const lists = await Promise.all(
      folders.map(async (folder) =>
        (await readdir(folder).catch(() => [])).map((name) => join(folder, name)),
      ),
    );
    return lists.flat();
  }
}

const nothing: Erasure = { ids: [], contentHashes: [], subjects: [] };
const union = <T>(a: readonly T[], b: readonly T[]): T[] => [...new Set([...a, ...b])];
const both = (a: Erasure, b: Erasure): Erasure => ({
  ids: union(a.ids, b.ids),
  contentHashes: union(a.contentHashes, b.contentHashes),
  subjects: union(a.subjects, b.subjects),
  negatives: union(a.negatives ?? [], b.negatives ?? []),
});
const isSomething = ({ ids, contentHashes, subjects, negatives = [] }: Erasure): boolean =>
  ids.length + contentHashes.length + subjects.length + negatives.length > 0;

/**
 * The galleries of revisions with their origins, by absolute path. Nobody goes back to a revision that failed, and what it
 * named may be any file.
 */
function pathsOf(revisions: readonly Revision[]): Map<string, string | null> {
  const paths = new Map<string, string | null>();
  for (const { entries, state } of revisions) {
    if (state === 'failed') continue;
    for (const { gallery, origin } of entries) if (gallery !== null) paths.set(galleryKey(gallery), origin);
  }
  return paths;
}

/** Galleries that only a revision names that is not tried yet: they need not be any. */
function tentativePaths(revisions: readonly Revision[]): Set<string> {
  const tried = pathsOf(revisions.filter(({ state }) => state !== 'preparing'));
  return new Set([...pathsOf(revisions).keys()].filter((path) => !tried.has(path)));
}
