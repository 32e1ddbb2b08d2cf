import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { decodeImage } from './decode.ts';
import type { Image } from './image.ts';
import { openPhoto, pixelsOf, resizePicture } from './photo.ts';

/** Smooth waves, as wide as a camera's, so that places can be told to a fraction of a pixel. */
async function jpeg(width: number, height: number, orientation?: number): Promise<Uint8Array> {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      data[at] = 128 + 100 * Math.sin(x / 40);
      data[at + 1] = 128 + 100 * Math.cos(y / 40);
      data[at + 2] = 128;
    }
  }
  let pipeline = sharp(data, { raw: { width, height, channels: 3 } }).jpeg({ quality: 95 });
  if (orientation) pipeline = pipeline.withMetadata({ orientation });
  return new Uint8Array(await pipeline.toBuffer());
}

const red = ({ data, width }: Image, x: number, y: number) => data[3 * (y * width + x)]!;
const green = ({ data, width }: Image, x: number, y: number) => data[3 * (y * width + x) + 1]!;

describe('photos', { timeout: 60_000 }, () => {
  test('a large JPEG is decoded at the size asked for, places exact', async () => {
    const photo = await openPhoto(await jpeg(3200, 1600));
    expect([photo.width, photo.height]).toEqual([3200, 1600]);
    for (const shrink of [3.2, 5, 6.4, 10]) {
      const small = await photo.resized(3200 / shrink, 1600 / shrink);
      expect([small.width, small.height]).toEqual([3200 / shrink, 1600 / shrink]);
      for (let i = 20; i < small.height - 20; i += 37) {
        const centre = (i + 0.5) * shrink - 0.5;
        // 2.5 for each pixel of the photo: a shift by half of one would show.
        expect(Math.abs(red(small, i, i) - (128 + 100 * Math.sin(centre / 40)))).toBeLessThan(2.5);
        expect(Math.abs(green(small, i, i) - (128 + 100 * Math.cos(centre / 40)))).toBeLessThan(2.5);
      }
    }
  });

  test('it stands as its EXIF orientation says', async () => {
    const photo = await openPhoto(await jpeg(3200, 1600, 6));
    expect([photo.width, photo.height]).toEqual([1600, 3200]);
    const small = await photo.resized(320, 640);
    const whole = await photo.pixels();
    expect([whole.width, whole.height]).toEqual([1600, 3200]);
    for (const [x, y] of [
      [30, 40],
      [200, 100],
      [300, 600],
    ] as const) {
      expect(Math.abs(red(small, x, y) - red(whole, 5 * x + 2, 5 * y + 2))).toBeLessThan(4);
      expect(Math.abs(green(small, x, y) - green(whole, 5 * x + 2, 5 * y + 2))).toBeLessThan(4);
    }
  });

  test('all pixels are those of decodeImage, and are decoded once', async () => {
    const bytes = await jpeg(3200, 160);
    const photo = await openPhoto(bytes);
    const whole = await photo.pixels();
    expect(whole).toEqual(await decodeImage(bytes));
    expect(await pixelsOf(photo)).toBe(whole);
    // Shrinking by little starts from them.
    expect(await photo.resized(1600, 80)).toEqual(await resizePicture(whole, 1600, 80));
  });

  test('every other picture is decoded at once', async () => {
    const bytes = await jpeg(64, 48);
    const photo = await openPhoto(bytes);
    expect([photo.width, photo.height]).toEqual([64, 48]);
    expect(await photo.pixels()).toEqual(await decodeImage(bytes));
    expect(await photo.resized(64, 48)).toBe(await photo.pixels());
    await expect(openPhoto(bytes.subarray(0, 400))).rejects.toMatchObject({ code: 'IMAGE_TRUNCATED' });
    await expect(openPhoto(new Uint8Array([1, 2, 3]))).rejects.toMatchObject({ code: 'IMAGE_NOT_AN_IMAGE' });
  });

  test('a large JPEG that is damaged is refused with its first pixels, one too large by its head', async () => {
    const bytes = await jpeg(3200, 1600);
    const cut = await openPhoto(bytes.subarray(0, bytes.length / 2));
    await expect(cut.resized(320, 160)).rejects.toMatchObject({ code: 'IMAGE_TRUNCATED' });
    await expect(cut.pixels()).rejects.toMatchObject({ code: 'IMAGE_TRUNCATED' });
    await expect(openPhoto(bytes, { maxPixels: 1_000_000 })).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
    });
  });
});
