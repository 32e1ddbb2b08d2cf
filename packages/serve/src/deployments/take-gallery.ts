import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeFolder } from '@semblance/core/files';
import { GALLERY_FILE } from '@semblance/face/gallery';
import { SemblanceError } from '../error.ts';

/**
 * Copies a gallery that nobody is writing to into the service's folder; gives the copy's.
 *
 * @throws SemblanceError GALLERY_NOT_FOUND
 */
export async function takeGallery(stateDir: string, path: string, id: string): Promise<string> {
  const target = join(resolve(stateDir), 'taken', id);
  await makeFolder(target);
  await cp(join(path, GALLERY_FILE), join(target, GALLERY_FILE)).catch((cause: unknown) => {
    throw new SemblanceError('GALLERY_NOT_FOUND', `no gallery at ${path}`, { cause });
  });
  return target;
}
