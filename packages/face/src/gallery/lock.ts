import { statSync } from 'node:fs';
import { join } from 'node:path';
import { requireUnlocked, takeLock } from '@semblance/core/files';
import { isGalleryAddress } from './gallery-address.ts';
import { GALLERY_FILE, lockFileOf } from './gallery-file.ts';

/**
 * Keeps a gallery for one who changes it over a longer time, or who keeps more of it in memory than its faces: a build,
 * a service. Everybody else's changes are refused meanwhile; readers are free.
 *
 * @param path its folder, or the file in it
 * @param holder who that is, for the sentence of whoever is refused
 * @throws SemblanceError GALLERY_BUSY
 * @example
 * ```ts
 * import { Gallery, lockGallery } from '@semblance/face/gallery';
 *
 * using _lock = lockGallery('gallery', 'the nightly clean-up');
 * await using gallery = await Gallery.open('gallery');
 * await gallery.remove('ada').catch((error) => console.log(error.message)); // …the nightly clean-up…
 * ```
 */
export const lockGallery = (path: string, holder: string): Disposable =>
  takeLock(lockFileAt(path), { ...lockWords(path), holder });

/**
 * Refuses where somebody keeps a gallery, before work is done that could not be written to it.
 *
 * @param path its folder, or the file in it, whether or not it is there
 * @throws SemblanceError GALLERY_BUSY
 */
export function requireFreeGallery(path: string): void {
  // a database refuses by itself, when it is written to
  if (!isGalleryAddress(path)) requireUnlocked(lockFileAt(path), lockWords(path));
}

/** What a refusal says. */
export const lockWords = (path: string) => ({ what: `the gallery ${path}`, code: 'GALLERY_BUSY' }) as const;

function lockFileAt(path: string): string {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  return lockFileOf(isFile ? path : join(path, GALLERY_FILE));
}
