import { join } from 'node:path';
import { takeLock } from '@semblance/core/files';
import { GALLERY_FILE } from './gallery.ts';

/**
 * Keeps a gallery's folder for one who changes it over a longer time: a build, a service.
 *
 * @param holder who that is, for the sentence of whoever is refused
 * @throws SemblanceError GALLERY_BUSY
 */
export const lockGallery = (folder: string, holder: string): Disposable =>
  takeLock(join(folder, `${GALLERY_FILE}.lock`), {
    ...{ what: `the gallery ${folder}`, holder, code: 'GALLERY_BUSY' },
  });
