import { join } from 'node:path';
import { makeFolder } from '@semblance/core/files';
import { openSqliteStore } from './drivers/sqlite.ts';
import { GALLERY_FILE, makeInPlace } from './gallery-file.ts';
import { type CreateGalleryOptions, newMeta } from './meta.ts';

/**
 * Makes the database of an empty gallery in a new or empty folder: whoever looks meanwhile sees none, or the whole of it.
 *
 * @returns its path
 * @throws SemblanceError GALLERY_EXISTS; GALLERY_KEY_WRONG and others of keys
 */
export async function createGalleryFile(folder: string, options: CreateGalleryOptions): Promise<string> {
  await makeFolder(folder, { mode: 0o700 });
  const path = join(folder, GALLERY_FILE);
  await makeInPlace(path, async (aside) => {
    const store = openSqliteStore(aside, { create: true, keys: options.keys });
    try {
      await store.writeMeta(newMeta(options));
    } finally {
      await store.close();
    }
  });
  return path;
}
