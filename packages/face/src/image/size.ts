import sharp from 'sharp';
import { SemblanceError } from '../error.ts';
import { bmpHead } from './bmp-head.ts';
import { iconSize } from './ico.ts';
import { readImageFile } from './image-file.ts';
import { pnmHead } from './pnm-head.ts';
import { refusedKind } from './refused-kinds.ts';
import { sniffImage } from './sniff.ts';

/**
 * Width and height of a picture in a file, standing as its EXIF orientation says, from its head alone.
 *
 * @throws SemblanceError PATH_NOT_FOUND, IMAGE_NOT_AN_IMAGE, IMAGE_TOO_LARGE, IMAGE_UNREADABLE
 */
export async function imageSize(path: string): Promise<{ width: number; height: number }> {
  const bytes = await readImageFile(path);
  const refusal = refusedKind(bytes, path);
  if (refusal) throw refusal;
  const kind = sniffImage(bytes);
  if (kind === null) throw new SemblanceError('IMAGE_NOT_AN_IMAGE', `${path} is not an image`);
  if (kind === 'ico') return iconSize(bytes, path);
  const read = kind === 'bmp' ? bmpHead : kind === 'pnm' ? pnmHead : null;
  if (read) {
    const { width, height } = read(bytes, path, Number.POSITIVE_INFINITY);
    return { width, height };
  }
  try {
    const { autoOrient } = await sharp(bytes).metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  } catch (cause) {
    throw new SemblanceError('IMAGE_UNREADABLE', `${path} cannot be decoded`, { cause });
  }
}
