import sharp from 'sharp';
import { SemblanceError } from '../error.ts';
import { readImageFile } from './image-file.ts';
import { sniffImage } from './sniff.ts';

/**
 * Width and height of a picture in a file, standing as its EXIF orientation says, from its head alone.
 *
 * @throws SemblanceError PATH_NOT_FOUND, IMAGE_NOT_AN_IMAGE, IMAGE_TOO_LARGE, IMAGE_UNREADABLE
 */
export async function imageSize(path: string): Promise<{ width: number; height: number }> {
  const bytes = await readImageFile(path);
  if (sniffImage(bytes) === null) throw new SemblanceError('IMAGE_NOT_AN_IMAGE', `${path} is not an image`);
  try {
    const { autoOrient } = await sharp(bytes).metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  } catch (cause) {
    throw new SemblanceError('IMAGE_UNREADABLE', `${path} cannot be decoded`, { cause });
  }
}
