import { Transformer } from '@napi-rs/image';
import { decodeImage, type Image, plainJpegSize } from '@semblance/face/image';

/** Photos up to this size are decoded in the thread that asks: handing them over would take as long. */
const mostPixels = 512 * 512;

/**
 * Decodes a photo of a training set.
 *
 * Most are small plain JPEGs, of which libvips spends four fifths of its time on setting up. A decoder without that
 * takes them, within a few levels of 255 of what {@link decodeImage} gives; it, which knows all kinds and says what
 * is wrong, takes the others.
 *
 * @throws those of decodeImage
 */
export async function decodePhoto(bytes: Uint8Array): Promise<Image> {
  const size = plainJpegSize(bytes);
  if (size && size.width * size.height <= mostPixels) {
    const data = plainPixels(bytes);
    if (data?.length === size.width * size.height * 3) return { data, ...size };
  }
  return decodeImage(bytes);
}

function plainPixels(bytes: Uint8Array): Uint8Array | null {
  try {
    return new Transformer(bytes).rawPixelsSync();
  } catch {
    return null;
  }
}
