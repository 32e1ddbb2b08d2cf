import { join, resolve } from 'node:path';
import { makeFolder } from '@semblance/core/files';
import { copyGalleryFile, GALLERY_FILE, isGalleryAddress } from '@semblance/face/gallery';
import { SemblanceError } from '../error.ts';

/**
 * Copies a gallery as it is now into the service's folder; gives the copy's.
 *
 * @throws SemblanceError GALLERY_NOT_FOUND, GALLERY_CORRUPT; STORAGE_FULL and others of the disk
 */
export async function takeGallery(stateDir: string, path: string, id: string): Promise<string> {
  if (isGalleryAddress(path))
    throw new SemblanceError(
      'DEPLOYMENT_REFUSED',
      `${path} is served from where it is: semblance gallery copy makes a folder of it`,
    );
  const target = join(resolve(stateDir), 'taken', id);
  await makeFolder(target, { mode: 0o700 });
  copyGalleryFile(join(path, GALLERY_FILE), join(target, GALLERY_FILE));
  return target;
}
