import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '@semblance/core/files';
import { isSemblanceError } from '../error.ts';
import { openSqliteStore } from './drivers/sqlite.ts';
import { isGalleryAddress } from './gallery-address.ts';
import { GALLERY_FILE, galleryFileAt, makeInPlace } from './gallery-file.ts';
import type { GalleryKeys } from './sealing/key-source.ts';
import type { GalleryMeta, KeptStore } from './store.ts';

// Where galleries are opened and made by what a user calls them: a folder, the file in it, or a database's address. To add
// a driver, add a file and a line here.

/**
 * Opens the store of a gallery, without an index.
 *
 * @param place its folder, the file in it, or `postgres://USER@HOST/DATABASE?collection=NAME`
 * @throws SemblanceError GALLERY_NOT_FOUND and others of opening it
 * @example
 * ```ts
 * import { openGalleryStore } from '@semblance/face/gallery';
 *
 * const store = await openGalleryStore('gallery', { readOnly: true });
 * console.log(await store.subjects()); // [ { name: 'ada', numFaces: 3 }, …
 * await store.close();
 * ```
 */
export async function openGalleryStore(
  place: string,
  options: { readOnly?: boolean; holdsLock?: boolean; keys?: GalleryKeys | undefined } = {},
): Promise<KeptStore> {
  if (!isGalleryAddress(place)) return openSqliteStore(await galleryFileAt(place), options);
  const { openPostgresStore } = await import('./drivers/postgres/store.ts');
  return openPostgresStore(place, options);
}

/**
 * Makes an empty gallery. Whoever looks meanwhile sees none, or the whole of it.
 *
 * @throws SemblanceError GALLERY_EXISTS
 */
export async function makeGallery(place: string, meta: GalleryMeta, keys?: GalleryKeys): Promise<void> {
  if (isGalleryAddress(place)) {
    const { openPostgresStore } = await import('./drivers/postgres/store.ts');
    await (await openPostgresStore(place, { create: meta })).close();
    return;
  }
  await makeGalleryOf(place, 'who makes it', (store) => store.writeMeta(meta), keys);
}

/**
 * Makes a gallery of what is put into it: it is a gallery once it has its description, which is written last.
 *
 * @param holder who does this, for the sentence of whoever is refused meanwhile
 * @throws SemblanceError GALLERY_EXISTS, GALLERY_BUSY
 */
export async function makeGalleryOf<T>(
  place: string,
  holder: string,
  fill: (store: KeptStore) => Promise<T>,
  keys?: GalleryKeys,
): Promise<T> {
  if (isGalleryAddress(place)) {
    const { openPostgresStore } = await import('./drivers/postgres/store.ts');
    const { lockPostgresGallery } = await import('./drivers/postgres/build-lock.ts');
    await using _lock = await lockPostgresGallery(place, holder);
    return filled(await openPostgresStore(place, { create: true, holdsLock: true }), fill);
  }
  await makeFolder(place, { mode: 0o700 });
  return makeInPlace(join(place, GALLERY_FILE), async (aside) =>
    filled(openSqliteStore(aside, { create: true, keys }), fill),
  );
}

async function filled<T>(store: KeptStore, fill: (store: KeptStore) => Promise<T>): Promise<T> {
  try {
    return await fill(store);
  } finally {
    await store.close();
  }
}

/** Whether a gallery is at a place. */
export async function isGalleryAt(place: string): Promise<boolean> {
  if (!isGalleryAddress(place))
    return existsSync(place) && (place.endsWith('.db') || existsSync(join(place, GALLERY_FILE)));
  try {
    await (await openGalleryStore(place, { readOnly: true })).close();
    return true;
  } catch (error) {
    if (isSemblanceError(error, 'GALLERY_NOT_FOUND')) return false;
    throw error;
  }
}
