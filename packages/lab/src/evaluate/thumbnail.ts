import type { Box } from '@semblance/face/geometry';
import {
  type Annotation,
  annotate,
  cropImage,
  decodeImage,
  encodeJpeg,
  type Image,
  isPhotoError,
  resizeImage,
} from '@semblance/face/image';

export interface ThumbnailOptions {
  /** Height in pixels. */
  height?: number;
  /** The part of the photo that is shown; what lies outside of the photo is left out. */
  part?: Box;
  annotations?: Annotation[];
}

/** A photo, or a part of it, as a small JPEG inside of a page; empty where the photo cannot be read. */
export async function thumbnail(
  source: string | Promise<Uint8Array>,
  { height = 112, part, annotations = [] }: ThumbnailOptions = {},
): Promise<string> {
  let picture: Image;
  try {
    picture = await decodeImage(await source);
  } catch (error) {
    if (isPhotoError(error)) return '';
    throw error;
  }
  const drawn = annotations.length > 0 ? await annotate(picture, annotations) : picture;
  const shown = part ? cut(drawn, part) : drawn;
  const width = Math.max(1, Math.round((shown.width * height) / shown.height));
  const jpeg = await encodeJpeg(await resizeImage(shown, width, height));
  return `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`;
}

/** The pixels of a picture that a box covers; at least one. */
function cut(picture: Image, [x1, y1, x2, y2]: Box): Image {
  const left = Math.min(picture.width - 1, Math.max(0, Math.floor(x1)));
  const top = Math.min(picture.height - 1, Math.max(0, Math.floor(y1)));
  const right = Math.min(picture.width, Math.max(left + 1, Math.ceil(x2)));
  const bottom = Math.min(picture.height, Math.max(top + 1, Math.ceil(y2)));
  return cropImage(picture, { left, top, width: right - left, height: bottom - top });
}
