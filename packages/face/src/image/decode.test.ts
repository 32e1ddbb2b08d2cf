import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeImage } from './decode.ts';
import { encodeJpeg, encodePng } from './encode.ts';
import { createImage, type Image } from './image.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'decode-'));
});
afterAll(() => rm(dir, { recursive: true }));

/** Left half red, right half blue, wider than high. */
function halves(width = 40, height = 20): Image {
  const image = createImage(width, height);
  for (let i = 0; i < width * height; i++) image.data[3 * i + (i % width < width / 2 ? 0 : 2)] = 250;
  return image;
}
const pixel = ({ data, width }: Image, x: number, y: number) => [
  ...data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3),
];
const fromHalves = (image = halves()) =>
  sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } });

describe('pixels', () => {
  test('a PNG comes back as it was', async () => {
    const image = halves();
    expect(await decodeImage(await encodePng(image))).toEqual(image);
  });

  test('a JPEG comes back nearly as it was', async () => {
    const image = await decodeImage(await encodeJpeg(createImage(16, 16, [200, 100, 50]), { quality: 95 }));
    pixel(image, 8, 8).forEach(
      (value, i) => void expect(Math.abs(value - [200, 100, 50][i]!)).toBeLessThan(4),
    );
  });

  test('EXIF orientation is applied', async () => {
    // 6: the picture must be turned right by a quarter, so its left comes to stand on top.
    const image = await decodeImage(await fromHalves().withMetadata({ orientation: 6 }).png().toBuffer());
    expect([image.width, image.height]).toEqual([20, 40]);
    expect(pixel(image, 10, 5)).toEqual([250, 0, 0]);
    expect(pixel(image, 10, 35)).toEqual([0, 0, 250]);
  });

  test.each([
    [
      'grey',
      () =>
        fromHalves(createImage(8, 8, [90, 90, 90]))
          .toColourspace('b-w')
          .png(),
      [90, 90, 90],
    ],
    [
      '16-bit',
      () =>
        fromHalves(createImage(8, 8, [90, 40, 10]))
          .toColourspace('rgb16')
          .png(),
      [90, 40, 10],
    ],
    [
      '16-bit grey',
      () =>
        fromHalves(createImage(8, 8, [90, 90, 90]))
          .toColourspace('grey16')
          .png(),
      [90, 90, 90],
    ],
    [
      'alpha over white',
      () =>
        fromHalves(createImage(8, 8, [0, 0, 0]))
          .ensureAlpha(0)
          .png(),
      [255, 255, 255],
    ],
    ['palette', () => fromHalves(createImage(8, 8, [90, 40, 10])).png({ palette: true }), [90, 40, 10]],
    [
      'CMYK',
      () =>
        fromHalves(createImage(8, 8, [150, 140, 130]))
          .toColourspace('cmyk')
          .jpeg({ quality: 100 }),
      [150, 140, 130],
    ],
    ['WebP', () => fromHalves(createImage(8, 8, [90, 40, 10])).webp({ lossless: true }), [90, 40, 10]],
    ['TIFF', () => fromHalves(createImage(8, 8, [90, 40, 10])).tiff({ compression: 'lzw' }), [90, 40, 10]],
    ['GIF', () => fromHalves(createImage(8, 8, [90, 40, 10])).gif(), [90, 40, 10]],
  ])('%s becomes 8-bit RGB', async (_, make, expected) => {
    const image = await decodeImage(await make().toBuffer());
    expect(image.data.length).toBe(3 * 8 * 8);
    pixel(image, 4, 4).forEach(
      (value, i) => void expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(12),
    );
  });

  test('of an animation the first frame is taken', async () => {
    const frames = createImage(8, 16, [255, 0, 0]);
    frames.data.fill(0, 3 * 8 * 8);
    const gif = await sharp(frames.data, { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } })
      .gif()
      .toBuffer();
    const image = await decodeImage(gif);
    expect([image.width, image.height]).toEqual([8, 8]);
    expect(pixel(image, 3, 3)).toEqual([255, 0, 0]);
  });
});

describe('refusals', () => {
  const code = (expected: string) => expect.objectContaining({ name: 'SemblanceError', code: expected });

  test('a truncated file, at any place', async () => {
    const encodeWebp = (image: Image) => fromHalves(image).webp({ quality: 90 }).toBuffer();
    const encodeGif = (image: Image) => fromHalves(image).gif().toBuffer();
    for (const encode of [encodeJpeg, encodePng, encodeWebp, encodeGif]) {
      const noisy = halves(64, 64);
      noisy.data.forEach((_, i) => void (noisy.data[i] = (i * i * 31) % 251));
      const bytes = await encode(noisy);
      for (const share of [0.05, 0.3, 0.9]) {
        const part = bytes.subarray(0, Math.floor(bytes.length * share));
        await expect(decodeImage(part)).rejects.toEqual(code('IMAGE_TRUNCATED'));
      }
    }
    const jpeg = await encodeJpeg(halves());
    await expect(decodeImage(jpeg.subarray(0, jpeg.length - 2))).rejects.toEqual(code('IMAGE_TRUNCATED'));
  });

  test('damaged content', async () => {
    const bytes = Buffer.from(await encodePng(halves()));
    const data = bytes.indexOf('IDAT') + 4;
    bytes.fill(0x55, data, data + 10);
    await expect(decodeImage(bytes)).rejects.toEqual(code('IMAGE_UNREADABLE'));
  });

  test('what is no image, whatever its name; and an image whatever its name', async () => {
    const textFile = join(dir, 'text.jpg');
    await writeFile(textFile, 'hello, I am a text of some length');
    await expect(decodeImage(textFile)).rejects.toEqual(code('IMAGE_NOT_AN_IMAGE'));
    await writeFile(join(dir, 'empty.jpg'), '');
    await expect(decodeImage(join(dir, 'empty.jpg'))).rejects.toEqual(code('IMAGE_NOT_AN_IMAGE'));
    await expect(decodeImage(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).rejects.toEqual(
      code('IMAGE_NOT_AN_IMAGE'),
    );
    await expect(decodeImage(dir)).rejects.toEqual(code('IMAGE_NOT_AN_IMAGE'));
    await writeFile(join(dir, 'png.txt'), await encodePng(halves()));
    expect((await decodeImage(join(dir, 'png.txt'))).width).toBe(40);
  });

  test('what is not there', async () => {
    await expect(decodeImage(join(dir, 'missing.jpg'))).rejects.toEqual(code('PATH_NOT_FOUND'));
  });

  test('too many pixels or bytes', async () => {
    const bytes = await encodePng(halves());
    await expect(decodeImage(bytes, { maxPixels: 799 })).rejects.toEqual(code('IMAGE_TOO_LARGE'));
    expect((await decodeImage(bytes, { maxPixels: 800 })).width).toBe(40);
    await expect(decodeImage(bytes, { maxBytes: bytes.length - 1 })).rejects.toEqual(code('IMAGE_TOO_LARGE'));
    await writeFile(join(dir, 'big.png'), bytes);
    await expect(decodeImage(join(dir, 'big.png'), { maxBytes: 10 })).rejects.toEqual(
      code('IMAGE_TOO_LARGE'),
    );
  });

  test.each(['png', 'jpeg', 'webp', 'gif', 'tiff'] as const)(
    'a strip is refused by what its head claims, before it is decoded: %s',
    async (kind) => {
      const strip = (width: number, height: number) =>
        sharp({ create: { width, height, channels: 3, background: 'red' }, limitInputPixels: false })
          .toFormat(kind)
          .toBuffer();
      const long = kind === 'webp' ? 10_000 : 33_000;
      const wide = await strip(long, 2);
      await expect(decodeImage(wide)).rejects.toEqual(code('IMAGE_TOO_LARGE'));
      await expect(decodeImage(await strip(2, 4097))).rejects.toEqual(code('IMAGE_TOO_LARGE'));
      expect((await decodeImage(await strip(2, 4096))).height).toBe(4096);
    },
  );
});

/** A PNG that claims a size, with no pixels behind it. */
function claimingPng(width: number, height: number): Buffer {
  const head = Buffer.alloc(33);
  head.write('\x89PNG\r\n\x1a\n', 'latin1');
  head.writeUInt32BE(13, 8);
  head.write('IHDR', 12, 'latin1');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  head.writeUInt8(8, 24);
  return head;
}

test('1 × 49,000,000 pixels are refused without reading them', async () => {
  await expect(decodeImage(claimingPng(1, 49_000_000))).rejects.toMatchObject({
    code: 'IMAGE_TOO_LARGE',
    message: 'the image is 1 × 49000000 pixels; no side of more than 32768 is accepted',
  });
});
