import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from '@semblance/core/files';
import { GALLERY_FILE } from '@semblance/face/gallery';

/** The folder of a service's that has a folder for each of its collections. */
export const COLLECTIONS = 'collections';

export const COLLECTION_NAME = /^[a-z0-9][a-z0-9_-]{0,62}$/;

/** Where a collection of a service lies. */
export const placeOfCollection = (stateDir: string, name: string): string =>
  join(stateDir, COLLECTIONS, name);

/** Whether there is a collection of that name. */
export const isCollection = async (stateDir: string, name: string): Promise<boolean> =>
  COLLECTION_NAME.test(name) && (await exists(join(placeOfCollection(stateDir, name), GALLERY_FILE)));

/** The names of a service's collections, sorted; `default` is not among them. */
export async function collectionNames(stateDir: string): Promise<string[]> {
  const names = (await readdir(join(stateDir, COLLECTIONS)).catch(() => [])).sort();
  const areThere = await Promise.all(names.map((name) => isCollection(stateDir, name)));
  return names.filter((_, i) => areThere[i]);
}
