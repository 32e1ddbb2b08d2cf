import { randomUUID } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from '@semblance/core/files';
import { type CreateGalleryOptions, Gallery } from '@semblance/face/gallery';
import { SemblanceError } from '../error.ts';
import { followThreshold, type GalleryHost, GalleryHosts } from '../fleet/gallery-hosts.ts';
import { COLLECTION_NAME, COLLECTIONS, collectionNames, isCollection, placeOfCollection } from './places.ts';

/** The collection that is the gallery that is deployed. */
export const DEFAULT_COLLECTION = 'default';

/** What is left of a collection that is being deleted. */
const DELETED = '.deleted-';
/** Collections that nobody uses stay open, so many at most: each has a thread. */
const MOST_IDLE = 16;

interface Used {
  opening: Promise<GalleryHost>;
  users: number;
  /** One change after the other. */
  last: Promise<unknown>;
}

/** Galleries of a service beside the one that is deployed: each in a folder of its own, opened when it is first asked for. */
export class Collections {
  readonly #stateDir: string;
  readonly #hosts = new GalleryHosts();
  /** Open ones, the one that was used last at the end. */
  readonly #open = new Map<string, Used>();
  /** Those that are being closed: one gallery is not open twice. */
  readonly #closing = new Map<string, Promise<void>>();
  /** Names that are being made or deleted. */
  readonly #busy = new Set<string>();

  private constructor(stateDir: string) {
    this.#stateDir = stateDir;
  }

  /** @param stateDir the service's folder */
  static async open(stateDir: string): Promise<Collections> {
    const folder = join(stateDir, COLLECTIONS);
    // what a service that was ended in the middle of it left
    for (const name of await readdir(folder).catch(() => []))
      if (name.startsWith(DELETED)) await rm(join(folder, name), { recursive: true, force: true });
    return new Collections(resolve(stateDir));
  }

  /** Their names, sorted; `default` is not among them. */
  names(): Promise<string[]> {
    return collectionNames(this.#stateDir);
  }

  /** @throws SemblanceError GALLERY_EXISTS; REQUEST_INVALID for what is no name; DATA_INVALID for settings that mean nothing */
  async create(name: string, options: CreateGalleryOptions): Promise<void> {
    if (!COLLECTION_NAME.test(name))
      throw new SemblanceError(
        'REQUEST_INVALID',
        `expected a name of 1 to 63 small letters, digits, _ and -, as front-door, but received ${name}`,
      );
    if (name === DEFAULT_COLLECTION || this.#busy.has(name) || (await isCollection(this.#stateDir, name)))
      throw new SemblanceError('GALLERY_EXISTS', `there is already a collection ${name}`);
    this.#busy.add(name);
    try {
      await makeFolder(join(this.#stateDir, COLLECTIONS), { mode: 0o700 });
      await (await Gallery.create(placeOfCollection(this.#stateDir, name), options)).close();
    } finally {
      this.#busy.delete(name);
    }
  }

  /**
   * Works with a collection, which stays open meanwhile.
   *
   * @throws SemblanceError GALLERY_NOT_FOUND, GALLERY_CORRUPT, GALLERY_BUSY
   */
  use<T>(name: string, work: (gallery: GalleryHost) => Promise<T>): Promise<T> {
    return this.#using(name, async ({ opening }) => work(await opening));
  }

  /** The same for what changes it: one after the other. */
  change<T>(name: string, work: (gallery: GalleryHost) => Promise<T>): Promise<T> {
    return this.#using(name, (used) => {
      const turn = used.last.then(async () => {
        const host = await used.opening;
        try {
          return await work(host);
        } finally {
          await followThreshold(host);
          // there are no older galleries of it that this is to be carried to
          await host.thread.call('takeErased', null);
        }
      });
      used.last = turn.catch(() => {}); // said to whoever asked
      return turn;
    });
  }

  /**
   * Deletes a collection with everybody in it, once those who use it have ended.
   *
   * @throws SemblanceError GALLERY_NOT_FOUND
   */
  async remove(name: string): Promise<void> {
    await this.#require(name);
    this.#requireIdle(name);
    this.#busy.add(name);
    try {
      const used = this.#open.get(name);
      while (used && used.users > 0) await sleep(10);
      await this.#close(name);
      const gone = join(this.#stateDir, COLLECTIONS, `${DELETED}${randomUUID()}`);
      await rename(placeOfCollection(this.#stateDir, name), gone);
      await rm(gone, { recursive: true, force: true });
    } finally {
      this.#busy.delete(name);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((name) => this.#close(name)));
    await Promise.all(this.#closing.values());
  }

  async #using<T>(name: string, work: (used: Used) => Promise<T>): Promise<T> {
    await this.#require(name);
    while (this.#closing.has(name)) await this.#closing.get(name);
    this.#requireIdle(name);
    const used = this.#open.get(name) ?? this.#opened(name);
    this.#open.delete(name); // the one that was used last stands last
    this.#open.set(name, used);
    used.users++;
    try {
      return await work(used);
    } finally {
      used.users--;
      this.#closeIdle();
    }
  }

  #opened(name: string): Used {
    const opening = this.#hosts.acquire(placeOfCollection(this.#stateDir, name), null);
    const used: Used = { opening, users: 0, last: Promise.resolve() };
    // whoever asks next tries again
    opening.catch(() => this.#open.get(name) === used && this.#open.delete(name));
    return used;
  }

  #closeIdle(): void {
    for (const [name, { users }] of this.#open) {
      if (this.#open.size <= MOST_IDLE) return;
      if (users === 0) void this.#close(name);
    }
  }

  #close(name: string): Promise<void> {
    const used = this.#open.get(name);
    this.#open.delete(name);
    const closing = Promise.resolve(used?.opening)
      .then((host) => host?.release())
      .catch(() => {}) // it was never open
      .finally(() => this.#closing.delete(name));
    this.#closing.set(name, closing);
    return closing;
  }

  async #require(name: string): Promise<void> {
    if (!(await isCollection(this.#stateDir, name))) throw noCollection(name);
  }

  /** @throws SemblanceError GALLERY_NOT_FOUND where it is being made or deleted */
  #requireIdle(name: string): void {
    if (this.#busy.has(name)) throw noCollection(name);
  }
}

const noCollection = (name: string): SemblanceError =>
  new SemblanceError('GALLERY_NOT_FOUND', `there is no collection ${name.slice(0, 80)}`);
