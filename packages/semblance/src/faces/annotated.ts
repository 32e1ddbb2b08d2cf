import { dirname, extname, join, resolve } from 'node:path';
import { makeFolder, writeFile } from '@semblance/core/files';
import { type Annotation, annotate, encodeJpeg, type Image } from '@semblance/face/image';
import { SemblanceError } from '../error.ts';

/**
 * Writes a photo with what was found on it to the same place below `dir`, as JPEG.
 *
 * @throws SemblanceError PATH_EXISTS where that would be the photo itself.
 */
export async function writeAnnotated(
  dir: string,
  photo: { name: string; path: string },
  picture: Image,
  annotations: Annotation[],
): Promise<string> {
  const isJpeg = ['.jpg', '.jpeg'].includes(extname(photo.name).toLowerCase());
  const target = join(dir, isJpeg ? photo.name : `${photo.name}.jpg`);
  if (resolve(target) === resolve(photo.path)) {
    throw new SemblanceError('PATH_EXISTS', `--annotate ${dir} would overwrite the photo ${photo.path}`);
  }
  await makeFolder(dirname(target));
  await writeFile(target, await encodeJpeg(await annotate(picture, annotations)));
  return target;
}
