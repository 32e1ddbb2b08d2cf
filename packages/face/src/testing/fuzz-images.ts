import { Random } from '@semblance/core/random';
import sharp, { type Sharp } from 'sharp';
import { isSemblanceError } from '../error.ts';
import type { Face } from '../geometry/types.ts';
import { openPhoto, pixelsOf } from '../image/photo.ts';
import type { Detector } from '../models/detector.ts';

/** Small sound pictures of every kind that is decoded, to be damaged. */
export async function soundImages(): Promise<Uint8Array[]> {
  const random = new Random(11);
  const [width, height] = [56, 40];
  const noise = (channels: 1 | 2 | 3 | 4) =>
    sharp(
      Uint8Array.from({ length: width * height * channels }, (_, i) =>
        // bright squares on noise: the detector has something to find
        i % 400 < 60 ? 255 : random.int(0, 255),
      ),
      { raw: { width, height, channels } },
    );
  const wide = (picture: Sharp) => picture.resize(3200, 40, { fit: 'fill' });
  const made = await Promise.all([
    noise(3).jpeg({ quality: 80 }).toBuffer(),
    noise(3).jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
    noise(1).jpeg().toBuffer(),
    noise(3).toColourspace('cmyk').jpeg().toBuffer(),
    noise(3)
      .withExif({ IFD0: { Orientation: '6', Make: 'fuzz' } })
      .jpeg()
      .toBuffer(),
    noise(3).png().toBuffer(),
    noise(4).png({ progressive: true }).toBuffer(),
    noise(2).png().toBuffer(),
    noise(3).png({ palette: true, colours: 16 }).toBuffer(),
    noise(3).toColourspace('rgb16').png().toBuffer(),
    noise(3).webp({ lossless: true }).toBuffer(),
    noise(4).webp({ quality: 60 }).toBuffer(),
    noise(3).gif().toBuffer(),
    noise(3).tiff({ compression: 'lzw' }).toBuffer(),
    noise(4).tiff({ compression: 'deflate', tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer(),
    noise(3).avif({ quality: 40, effort: 0 }).toBuffer(),
    // Large enough to be decoded at a part of their size, and turned at that.
    wide(noise(3)).jpeg().toBuffer(),
    wide(noise(3))
      .withExif({ IFD0: { Orientation: '8' } })
      .jpeg()
      .toBuffer(),
  ]);
  return [...made.map((bytes) => new Uint8Array(bytes)), ...ownFormats(await noise(3).raw().toBuffer())];
}

/** Pictures for the decoders of our own: 56 × 40 samples of RGB, or bytes of them taken for something else. */
function ownFormats(samples: Buffer): Uint8Array[] {
  const [width, height] = [56, 40];
  const text = (head: string) => Buffer.from(head, 'latin1');
  const bmp = (bits: number, code: number, pixels: Uint8Array, headBytes = 40) => {
    const head = Buffer.alloc(14 + headBytes + (bits <= 8 ? 1024 : 0));
    head.write('BM');
    head.writeUInt32LE(head.length + pixels.length, 2);
    head.writeUInt32LE(head.length, 10);
    head.writeUInt32LE(headBytes, 14);
    head.writeInt32LE(width, 18);
    head.writeInt32LE(height, 22);
    head.set([1, 0, bits, 0, code], 26);
    if (headBytes > 40) [0xf800, 0x7e0, 0x1f, 0].map((mask, i) => head.writeUInt32LE(mask, 54 + 4 * i));
    if (bits <= 8) samples.copy(head, 14 + headBytes, 0, 1024);
    return Buffer.concat([head, pixels]);
  };
  const run = (each: number[], times: number) => Uint8Array.from(Array(times).fill(each).flat());
  return [
    bmp(24, 0, samples),
    bmp(1, 0, samples.subarray(0, 8 * height)),
    bmp(4, 0, samples.subarray(0, 28 * height)),
    bmp(16, 3, samples.subarray(0, 112 * height), 124),
    bmp(8, 1, run([28, 3, 0, 3, 1, 2, 3, 0, 25, 7, 0, 0], height)),
    bmp(4, 2, run([28, 0x33, 0, 4, 0x12, 0x34, 24, 0x77, 0, 0], height)),
    Buffer.concat([text(`P6\n${width} ${height}\n255\n`), samples]),
    Buffer.concat([text(`P5 ${width} 20 65535\n`), samples]),
    Buffer.concat([text(`P4\n${width} ${height}\n`), samples.subarray(0, 7 * height)]),
    text(`P3 # noise\n${width} 20 255\n${[...samples.subarray(0, 3 * 20 * width)].join(' ')}\n`),
    text(`P1 ${width} 20\n${[...samples.subarray(0, 20 * width)].map((value) => value & 1).join('')}`),
    Buffer.concat([
      text(`P7\nWIDTH ${width}\nHEIGHT 20\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n`),
      samples,
    ]),
  ].map((bytes) => new Uint8Array(bytes));
}

/** A damaged copy; the same seed gives the same damage. */
export function mutate(sound: readonly Uint8Array[], seed: number): Uint8Array {
  const random = new Random(seed);
  let bytes: Uint8Array = random.pick(sound).slice();
  for (let n = random.int(1, 4); n > 0; n--) bytes = random.pick(damages)(bytes, random, sound);
  return bytes;
}

type Damage = (bytes: Uint8Array, random: Random, sound: readonly Uint8Array[]) => Uint8Array;

/** Headers come first in every format: half of the damage is done there. */
const place = (bytes: Uint8Array, random: Random): number =>
  random.int(0, Math.max(0, (random.chance(0.5) ? Math.min(64, bytes.length) : bytes.length) - 1));

const damages: readonly Damage[] = [
  function flipBits(bytes, random) {
    for (let n = random.int(1, 16); n > 0; n--) bytes[place(bytes, random)]! ^= 1 << random.int(0, 7);
    return bytes;
  },
  function extremeValues(bytes, random) {
    const at = place(bytes, random);
    const value = random.pick([0x00, 0x01, 0x7f, 0x80, 0xff]);
    bytes.fill(value, at, at + random.pick([1, 2, 4, 8]));
    return bytes;
  },
  function cutOff(bytes, random) {
    return bytes.slice(0, random.int(1, bytes.length));
  },
  function leaveOut(bytes, random) {
    const [from, length] = [place(bytes, random), random.int(1, 64)];
    return Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(from + length)]);
  },
  function repeat(bytes, random) {
    const [from, length] = [place(bytes, random), random.int(1, 256)];
    const part = bytes.subarray(from, from + length);
    return Uint8Array.from([...bytes.subarray(0, from), ...part, ...part, ...bytes.subarray(from + length)]);
  },
  function splice(bytes, random, sound) {
    const other = random.pick(sound);
    const from = random.int(0, other.length - 1);
    return Uint8Array.from([...bytes.subarray(0, place(bytes, random)), ...other.subarray(from)]);
  },
  function garbage(bytes, random) {
    const at = place(bytes, random);
    for (let i = at; i < Math.min(bytes.length, at + 128); i++) bytes[i] = random.int(0, 255);
    return bytes;
  },
];

/** Sizes at the edges of what is accepted, and others from 1 × 1 on with up to `maxPixels`. */
export function oddSize(seed: number, maxPixels = 4_000_000): [width: number, height: number] {
  const edges: [number, number][] = [
    [1, 1],
    [1, 10_000],
    [10_000, 1],
    [2, 2],
    [31, 33],
    [640, 1],
    [641, 639],
    [7000, 7000], // within the 50 million pixels that are accepted
    [9000, 9000], // beyond them
    [16_383, 3_052],
  ];
  if (seed < edges.length) return edges[seed]!;
  const random = new Random(seed);
  const width = Math.floor(random.logRange(1, 16_000));
  return [width, Math.floor(random.logRange(1, Math.min(16_000, Math.max(2, maxPixels / width))))];
}

/** A picture of that size, a JPEG or a PNG of noise or of one colour, as small in memory as it can be made. */
export function imageOfSize([width, height]: [number, number], seed: number): Promise<Uint8Array> {
  const background = { r: seed % 256, g: (7 * seed) % 256, b: (31 * seed) % 256 };
  const picture = sharp({ create: { width, height, channels: 3, background }, limitInputPixels: false });
  return (seed % 2 === 0 ? picture.jpeg() : picture.png({ compressionLevel: 1 })).toBuffer();
}

/**
 * Opens a picture, detects in it and decodes all of it.
 *
 * @returns `faces`, or the code of the refusal
 * @throws whatever is neither: an error without a code, or faces that are no faces
 */
export async function tryPicture(bytes: Uint8Array, detector: Detector): Promise<string> {
  try {
    const photo = await openPhoto(bytes);
    const faces = await detector.detect(photo, { scoreThreshold: 0.3 });
    // Of a large one only a part has been decoded so far.
    await pixelsOf(photo);
    const wrong = faces.find((face) => !isSound(face));
    if (wrong) throw new Error(`no face: ${JSON.stringify(wrong)}`);
    return 'faces';
  } catch (error) {
    if (isSemblanceError(error) && error.code.startsWith('IMAGE_')) return error.code;
    throw error;
  }
}

function isSound({ box: [x1, y1, x2, y2], score, landmarks }: Face): boolean {
  const numbers = [x1, y1, x2, y2, score, ...(landmarks ?? []).flat()];
  return numbers.every(Number.isFinite) && x2 > x1 && y2 > y1 && score >= 0.3 && score <= 1;
}
