import { SemblanceError } from '../error.ts';
import { openSqliteStore } from './drivers/sqlite.ts';
import { notEncrypted, renewSubjectKeys } from './encrypt.ts';
import { galleryFileAt } from './gallery-file.ts';
import { lockGallery } from './lock.ts';
import { type GalleryKeys, galleryKeys } from './sealing/key-source.ts';
import { KeyStore } from './sealing/key-store.ts';

export interface RotateOptions {
  /** Gives everybody another key as well, and seals all again: copies of before cannot be read any more. */
  subjectKeys?: boolean;
}

/**
 * Wraps the keys of a gallery's people by the first of the master keys that are given, all or none; the others still unwrap
 * what is there. The gallery itself is not touched, nor are its backups: they open with the new master key alone.
 *
 * @param path its folder, or the file in it
 * @returns the number of people, and the id of the master key from now on
 * @throws SemblanceError GALLERY_KEY_WRONG where the key of before is not among them; USAGE_INVALID_VALUE for a gallery that is
 *   not encrypted; GALLERY_BUSY
 */
export async function rotateGallery(
  path: string,
  keys: GalleryKeys = galleryKeys(),
  { subjectKeys = false }: RotateOptions = {},
): Promise<{ subjects: number; masterKeyId: string }> {
  const file = await galleryFileAt(path);
  if (subjectKeys) await renewSubjectKeys(file, keys);
  using _lock = lockGallery(file, 'gallery rotate');
  const store = openSqliteStore(file, { holdsLock: true, keys });
  try {
    if (store.galleryId === null) throw notEncrypted(path);
    const masters = keys.masters();
    if (!masters) throw new SemblanceError('GALLERY_KEY_MISSING');
    const keyStore = KeyStore.open(keys.folder, store.galleryId, masters);
    try {
      return { subjects: keyStore.rewrap(masters), masterKeyId: masters[0]!.id };
    } finally {
      keyStore.close();
    }
  } finally {
    await store.close();
  }
}
