import { dirname, join } from 'node:path';
import { takeLock } from '@semblance/core/files';
import { GALLERY_FILE } from './gallery.ts';

/**
 * Keeps a gallery for one who changes it over a longer time: a build, a service.
 *
 * @param path its folder, or the file in it
 * @param holder who that is, for the sentence of whoever is refused
 * @throws SemblanceError GALLERY_BUSY
 */
export const lockGallery = (path: string, holder: string): Disposable => {
  const folder = path.endsWith('.db') ? dirname(path) : path;
  const options = { what: `the gallery ${path}`, holder, code: 'GALLERY_BUSY' } as const;
  return takeLock(join(folder, `${GALLERY_FILE}.lock`), options);
};
