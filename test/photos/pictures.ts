import { createRequire } from 'node:module';
import type { Sharp, SharpOptions } from 'sharp';

// sharp is a dependency of the package under test
const sharp: (input: Uint8Array | SharpOptions, options?: SharpOptions) => Sharp = createRequire(
  new URL('../../packages/face/src/index.ts', import.meta.url),
)('sharp');

export type Colour = [red: number, green: number, blue: number];

/** The picture of the table: four colours, so that every turn and mirroring shows. */
export const [WIDTH, HEIGHT] = [48, 32];
export const corners: [Colour, Colour, Colour, Colour] = [
  [200, 60, 40],
  [40, 180, 70],
  [50, 70, 190],
  [230, 220, 120],
];

export const colourAt = (x: number, y: number): Colour =>
  corners[(x < WIDTH / 2 ? 0 : 1) + (y < HEIGHT / 2 ? 0 : 2)]!;

/** Samples of every pixel, row by row. */
export function samples(of: (colour: Colour) => number[]): number[] {
  return Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    of(colourAt(i % WIDTH, Math.floor(i / WIDTH))),
  ).flat();
}

export const raw = (): Sharp =>
  sharp(Uint8Array.from(samples((colour) => colour)), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });

export const bytesOf = async (picture: Sharp): Promise<Uint8Array> =>
  new Uint8Array(await picture.toBuffer());

/** A binary or plain PNM or PAM: the head, then samples of one or two bytes. */
export function pnm(head: string, values: readonly number[], bytesEach = 1): Uint8Array {
  const data = Buffer.alloc(values.length * bytesEach);
  values.forEach((value, i) => void data.writeUIntBE(value, i * bytesEach, bytesEach));
  return Buffer.concat([Buffer.from(head), data]);
}

/** A BMP with rows of whole pixels from the bottom up; `head` changes fields of BITMAPINFOHEADER and what follows. */
export function bmp(
  bits: number,
  pixel: (colour: Colour) => number,
  options: { compression?: number; masks?: number[]; headBytes?: number; topDown?: boolean } = {},
): Uint8Array {
  const { compression = 0, masks = [], headBytes = 40, topDown = false } = options;
  const step = bits / 8;
  const pixelsAt = 14 + Math.max(headBytes, 40 + 4 * masks.length);
  const rowBytes = Math.ceil((WIDTH * step) / 4) * 4;
  const file = bmpHead(pixelsAt, rowBytes * HEIGHT, bits, compression, topDown ? -HEIGHT : HEIGHT, headBytes);
  masks.forEach((mask, i) => void file.writeUInt32LE(mask >>> 0, 54 + 4 * i));
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const row = topDown ? y : HEIGHT - 1 - y;
      file.writeUIntLE(pixel(colourAt(x, y)) >>> 0, pixelsAt + row * rowBytes + x * step, step);
    }
  return file;
}

/**
 * An icon of a small PNG and of the picture as a bitmap: a BMP without the head of its file, of twice the height, and a mask
 * of one bit a pixel. `isCovered` says where the mask hides it.
 */
export async function ico(
  bitmap: Uint8Array,
  isCovered: (x: number, y: number) => boolean,
): Promise<Uint8Array> {
  const dib = Buffer.from(bitmap.subarray(14));
  dib.writeInt32LE(2 * HEIGHT, 8);
  const rowBytes = Math.ceil(WIDTH / 32) * 4;
  const mask = Buffer.alloc(rowBytes * HEIGHT);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++)
      if (isCovered(x, y)) mask[(HEIGHT - 1 - y) * rowBytes + (x >> 3)]! |= 128 >> (x & 7);
  const small = await sharp({ create: { width: 16, height: 16, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  return icon([16, 16, small], [WIDTH, HEIGHT, Buffer.concat([dib, mask])]);
}

/** An icon of pictures as they are. */
export function icon(...pictures: [width: number, height: number, content: Uint8Array][]): Uint8Array {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.set([0, 0, 1, 0, pictures.length, 0]);
  let offset = head.length;
  pictures.forEach(([width, height, content], i) => {
    const at = 6 + 16 * i;
    head.set([width, height, 0, 0, 1, 0, 32, 0], at);
    head.writeUInt32LE(content.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += content.length;
  });
  return Buffer.concat([head, ...pictures.map(([, , content]) => content)]);
}

/** A BMP of 8 bits whose palette is the four colours. */
export function paletteBmp(): Uint8Array {
  const file = bmp(8, (colour) => corners.indexOf(colour));
  const palette = Buffer.concat(corners.map(([r, g, b]) => Buffer.from([b, g, r, 0])));
  const whole = Buffer.concat([file.subarray(0, 54), palette, file.subarray(54)]);
  whole.writeUInt32LE(whole.length, 2);
  whole.writeUInt32LE(54 + palette.length, 10);
  whole.writeUInt32LE(corners.length, 46);
  return whole;
}

/** A BMP of run lengths; each half of a row is a run of one of four palette colours. */
export function runLengthBmp(bits: 4 | 8): Uint8Array {
  const runs: number[] = [];
  for (let y = HEIGHT - 1; y >= 0; y--) {
    const [left, right] = y < HEIGHT / 2 ? [0, 1] : [2, 3];
    const both = (index: number) => (bits === 8 ? index : index * 17);
    // the right half as an absolute run of 3 and a run of the rest
    const absolute = bits === 8 ? [right, right, right, 0] : [both(right), both(right)];
    runs.push(WIDTH / 2, both(left), 0, 3, ...absolute, WIDTH / 2 - 3, both(right), 0, 0);
  }
  runs.push(0, 1);
  const file = bmpHead(54 + 16, runs.length, bits, bits === 8 ? 1 : 2, HEIGHT, 40);
  file.writeUInt32LE(4, 46);
  corners.forEach(([r, g, b], i) => void file.set([b, g, r, 0], 54 + 4 * i));
  file.set(runs, 70);
  return file;
}

function bmpHead(
  pixelsAt: number,
  size: number,
  bits: number,
  code: number,
  height: number,
  headBytes: number,
) {
  const file = Buffer.alloc(pixelsAt + size);
  file.write('BM');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(pixelsAt, 10);
  file.writeUInt32LE(headBytes, 14);
  file.writeInt32LE(WIDTH, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  file.writeUInt32LE(code, 30);
  return file;
}

/** A CMYK JPEG: as Adobe stores it, without the mark that says so, or with plain inks and no mark. */
export async function cmykJpeg(kind: 'adobe' | 'unmarked' | 'unmarked inks'): Promise<Uint8Array> {
  let picture = raw().toColourspace('cmyk');
  if (kind === 'unmarked inks') {
    const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
    // stored as four samples: what libvips writes reversed is reversed before
    const file = inksAsTiff(
      data.map((ink) => 255 - ink),
      info.width,
      info.height,
    );
    picture = sharp(file).pipelineColourspace('cmyk').toColourspace('cmyk');
  }
  const jpeg = await picture.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
  if (kind === 'adobe') return jpeg;
  const at = jpeg.indexOf('\xff\xee\x00\x0eAdobe', 0, 'latin1');
  return Buffer.concat([jpeg.subarray(0, at), jpeg.subarray(at + 16)]);
}

function inksAsTiff(data: Uint8Array, width: number, height: number): Buffer {
  const tags = [
    [256, 4, 1, width],
    [257, 4, 1, height],
    [258, 3, 4, 0],
    [259, 3, 1, 1],
    [262, 3, 1, 5],
    [273, 4, 1, 0],
    [277, 3, 1, 4],
    [278, 4, 1, height],
    [279, 4, 1, data.length],
  ];
  const bitsAt = 14 + 12 * tags.length;
  const file = Buffer.alloc(bitsAt + 8 + data.length);
  file.set([0x49, 0x49, 42, 0, 8, 0, 0, 0, tags.length, 0]);
  tags.forEach(([tag, type, count, value], i) => {
    const at = 10 + 12 * i;
    file.writeUInt16LE(tag!, at);
    file.writeUInt16LE(type!, at + 2);
    file.writeUInt32LE(count!, at + 4);
    file.writeUInt32LE(tag === 258 ? bitsAt : tag === 273 ? bitsAt + 8 : value!, at + 8);
  });
  for (let c = 0; c < 4; c++) file.writeUInt16LE(8, bitsAt + 2 * c);
  file.set(data, bitsAt + 8);
  return file;
}
