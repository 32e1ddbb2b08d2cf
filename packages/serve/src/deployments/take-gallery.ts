import { join, resolve } from 'node:path';
import { makeFolder } from '@semblance/core/files';
import { copyGalleryFile, GALLERY_FILE } from '@semblance/face/gallery';

/**
 * Copies a gallery as it is now into the service's folder; gives the copy's.
 *
 * @throws SemblanceError GALLERY_NOT_FOUND, GALLERY_CORRUPT; STORAGE_FULL and others of the disk
 */
export async function takeGallery(stateDir: string, path: string, id: string): Promise<string> {
  const target = join(resolve(stateDir), 'taken', id);
  await makeFolder(target, { mode: 0o700 });
  copyGalleryFile(join(path, GALLERY_FILE), join(target, GALLERY_FILE));
  return target;
}
