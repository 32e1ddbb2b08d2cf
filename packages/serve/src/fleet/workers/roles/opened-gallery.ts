import { join } from 'node:path';
import { isFile } from '@semblance/core/files';
import {
  GALLERY_FILE,
  Gallery,
  type KeptStore,
  lockGallery,
  openGalleryStore,
  openSqliteStore,
} from '@semblance/face/gallery';
import { SemblanceError } from '../../../error.ts';
import { type NamedSubjects, openNamedSubjects, sharedNamedSubjects } from '../../named-subjects.ts';

/** Where earlier versions kept subjects without a face. */
export const namesFileOf = (file: string): string => `${file}.subjects.json`;

/** The file of a gallery, by its folder or itself. */
export const fileOf = async (path: string): Promise<string> =>
  (await isFile(path)) ? path : join(path, GALLERY_FILE);

export interface OpenedGallery {
  store: KeptStore;
  gallery: Gallery;
  named: NamedSubjects;
  /** Null where other machines change it as well. */
  lock: Disposable | null;
}

/** Opens a gallery in a database, which other machines have open too. */
export async function openShared(address: string): Promise<OpenedGallery> {
  const store = await openGalleryStore(address);
  try {
    const gallery = await Gallery.fromStore(store);
    return { store, gallery, named: await sharedNamedSubjects(store.names!), lock: null };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Opens a gallery that nobody else changes: who is known is kept in memory here, and others would change it unseen. */
export async function openAlone(file: string): Promise<OpenedGallery> {
  if (!(await isFile(file))) throw new SemblanceError('GALLERY_NOT_FOUND', `no gallery at ${file}`);
  const lock = lockGallery(file, 'a service');
  let store: KeptStore | undefined;
  try {
    store = openSqliteStore(file, { holdsLock: true });
    const gallery = await Gallery.fromStore(store);
    return { store, gallery, named: await openNamedSubjects(gallery, namesFileOf(file)), lock };
  } catch (error) {
    await store?.close();
    lock[Symbol.dispose]();
    throw error;
  }
}
