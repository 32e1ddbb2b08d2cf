import { readFile } from 'node:fs/promises';
import { decodeImage, type Image } from '@semblance/face/image';
import { describe, expect, test } from 'vitest';
import {
  bmp,
  bytesOf,
  type Colour,
  cmykJpeg,
  corners,
  HEIGHT,
  ico,
  icon,
  paletteBmp,
  pnm,
  raw,
  runLengthBmp,
  samples,
  WIDTH,
} from './pictures.ts';

const file = (name: string) => readFile(new URL(`./files/${name}`, import.meta.url));
const grey = ([r, g, b]: Colour): number => Math.round(0.3 * r + 0.6 * g + 0.1 * b);
const greys = corners.map((colour): Colour => [grey(colour), grey(colour), grey(colour)]);
const halfOverWhite = corners.map((colour) => colour.map((value) => (value + 255) / 2) as Colour);
const bits565 = ([r, g, b]: Colour) => ((r >> 3) << 11) | ((g >> 2) << 5) | (b >> 3);
const word = ([r, g, b]: Colour, alpha: number) => (alpha << 24) | (r << 16) | (g << 8) | b;
/** What inks make of the four colours: this blue cannot be printed. */
const printed: Colour[] = [
  [200, 48, 13],
  [67, 166, 45],
  [31, 72, 146],
  [228, 217, 113],
];
const size = `${WIDTH} ${HEIGHT}`;
const pam = (depth: number, max: number, type: string) =>
  `P7\n# made here\nWIDTH ${WIDTH}\nHEIGHT ${HEIGHT}\nDEPTH ${depth}\nMAXVAL ${max}\nTUPLTYPE ${type}\nENDHDR\n`;
const plain = (values: number[]) => values.join(' ');
const white = (colour: Colour): number => (colour === corners[3] ? 1 : 0);
const bitmap = corners.map((colour): Colour => (white(colour) ? [255, 255, 255] : [0, 0, 0]));

type Row = [
  what: string,
  make: () => Uint8Array | Promise<Uint8Array>,
  tolerance: number,
  expected?: readonly Colour[],
];

const table: Row[] = [
  ['JPEG', () => bytesOf(raw().jpeg({ quality: 95, chromaSubsampling: '4:4:4' })), 3],
  [
    'JPEG, progressive',
    () => bytesOf(raw().jpeg({ quality: 95, progressive: true, chromaSubsampling: '4:4:4' })),
    3,
  ],
  [
    'JPEG, Display P3',
    () => bytesOf(raw().withIccProfile('p3').jpeg({ quality: 98, chromaSubsampling: '4:4:4' })),
    4,
  ],
  ['JPEG, CMYK of Adobe', () => cmykJpeg('adobe'), 4, printed],
  ['JPEG, CMYK without the mark', () => cmykJpeg('unmarked'), 4, printed],
  ['JPEG, CMYK without the mark, plain inks', () => cmykJpeg('unmarked inks'), 4, printed],
  ['PNG', () => bytesOf(raw().png()), 0],
  ['PNG, palette', () => bytesOf(raw().png({ palette: true, dither: 0 })), 2],
  ['PNG, 16 bits', () => bytesOf(raw().toColourspace('rgb16').png()), 1],
  ['PNG, alpha', () => bytesOf(raw().ensureAlpha(0.5).png()), 1, halfOverWhite],
  ['PNG, Display P3', () => bytesOf(raw().withIccProfile('p3').png()), 2],
  ['WebP', () => bytesOf(raw().webp({ lossless: true })), 0],
  ['WebP, alpha', () => bytesOf(raw().ensureAlpha(0.5).webp({ lossless: true })), 1, halfOverWhite],
  ['GIF', () => bytesOf(raw().gif()), 2],
  ['TIFF', () => bytesOf(raw().tiff({ compression: 'lzw' })), 0],
  ['AVIF', () => bytesOf(raw().avif({ quality: 95, chromaSubsampling: '4:4:4', effort: 0 })), 4],
  ['HEIC', () => file('rgb.heic'), 4],
  ['HEIC, Display P3', () => file('display-p3.heic'), 4],
  ['HEIC, alpha', () => file('alpha.heic'), 4, halfOverWhite],
  // it says how a picture stands by properties of its own: EXIF's orientation is not applied once more
  ['HEIC, EXIF orientation', () => file('exif-6.heic'), 4],
  [
    'ICO of 24 bits',
    () =>
      ico(
        bmp(24, (colour) => word(colour, 0)),
        () => false,
      ),
    0,
  ],
  [
    'ICO of 24 bits, the last corner covered',
    () =>
      ico(
        bmp(24, (colour) => word(colour, 0)),
        (x, y) => x >= WIDTH / 2 && y >= HEIGHT / 2,
      ),
    0,
    [corners[0], corners[1], corners[2], [255, 255, 255]],
  ],
  // what has an alpha channel needs no mask
  [
    'ICO of 32 bits, alpha',
    () =>
      ico(
        bmp(32, (colour) => word(colour, 128)),
        () => true,
      ),
    1,
    halfOverWhite,
  ],
  [
    'ICO of 32 bits, no alpha',
    () =>
      ico(
        bmp(32, (colour) => word(colour, 0)),
        () => false,
      ),
    0,
  ],
  ['ICO, palette', () => ico(paletteBmp(), () => false), 0],
  ['ICO of a PNG', async () => icon([WIDTH, HEIGHT, await bytesOf(raw().png())]), 0],
  ['BMP of 24 bits', () => bmp(24, (colour) => word(colour, 0)), 0],
  ['BMP from the top down', () => bmp(24, (colour) => word(colour, 0), { topDown: true }), 0],
  ['BMP of 32 bits', () => bmp(32, (colour) => word(colour, 0)), 0],
  ['BMP of 16 bits', () => bmp(16, ([r, g, b]) => ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3)), 7],
  ['BMP, fields 5-6-5', () => bmp(16, bits565, { compression: 3, masks: [0xf800, 0x7e0, 0x1f] }), 7],
  [
    'BMP 5, alpha',
    () =>
      bmp(32, (colour) => word(colour, 128), {
        ...{ compression: 3, headBytes: 124, masks: [0xff0000, 0xff00, 0xff, 0xff000000] },
      }),
    1,
    halfOverWhite,
  ],
  [
    'BMP 5, alpha left empty',
    () =>
      bmp(32, (colour) => word(colour, 0), {
        ...{ compression: 3, headBytes: 124, masks: [0xff0000, 0xff00, 0xff, 0xff000000] },
      }),
    0,
  ],
  ['BMP, run lengths of 8 bits', () => runLengthBmp(8), 0],
  ['BMP, run lengths of 4 bits', () => runLengthBmp(4), 0],
  ['BMP of Netpbm, 4 bits', () => file('netpbm-4.bmp'), 0],
  ['BMP of Netpbm, 1 bit', () => file('netpbm-1.bmp'), 0, bitmap],
  ['BMP of Netpbm, OS/2', () => file('netpbm-os2.bmp'), 0],
  ['PBM, plain', () => Buffer.from(`P1 ${size}\n${samples((c) => [1 - white(c)]).join('')}\n`), 0, bitmap],
  [
    'PBM, raw',
    () => {
      const ink = samples((c) => [1 - white(c)]).join('');
      return pnm(
        `P4\n${size}\n`,
        ink.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)),
      );
    },
    0,
    bitmap,
  ],
  ['PGM, plain', () => Buffer.from(`P2 # grey\n${size} 255\n${plain(samples((c) => [grey(c)]))}`), 0, greys],
  [
    'PGM, raw',
    () =>
      pnm(
        `P5\n${size}\n255\n`,
        samples((c) => [grey(c)]),
      ),
    0,
    greys,
  ],
  [
    'PGM, 16 bits',
    () =>
      pnm(
        `P5\n${size}\n65535\n`,
        samples((c) => [grey(c) * 257]),
        2,
      ),
    0,
    greys,
  ],
  ['PPM, plain', () => Buffer.from(`P3\n# a\n${size}\n# b\n255\n${plain(samples((c) => c))}\n`), 0],
  [
    'PPM, raw',
    () =>
      pnm(
        `P6\n${size}\n255\n`,
        samples((c) => c),
      ),
    0,
  ],
  [
    'PPM of 10 values',
    () =>
      pnm(
        `P6 ${size} 10\n`,
        samples((c) => c.map((v) => Math.round(v / 25.5))),
      ),
    13,
  ],
  [
    'PAM, RGB',
    () =>
      pnm(
        pam(3, 255, 'RGB'),
        samples((c) => c),
      ),
    0,
  ],
  [
    'PAM, RGB, 16 bits',
    () =>
      pnm(
        pam(3, 65535, 'RGB'),
        samples((c) => c.map((v) => v * 257)),
        2,
      ),
    0,
  ],
  [
    'PAM, alpha',
    () =>
      pnm(
        pam(4, 255, 'RGB_ALPHA'),
        samples((c) => [...c, 128]),
      ),
    1,
    halfOverWhite,
  ],
  [
    'PAM, black and white',
    () =>
      pnm(
        pam(1, 1, 'BLACKANDWHITE'),
        samples((c) => [white(c)]),
      ),
    0,
    bitmap,
  ],
];

/** The middle of each quarter. */
const middles = ({ width, height, data }: Image): Colour[] =>
  [0, 1, 2, 3].map((i) => {
    const x = Math.floor(width * (i % 2 === 0 ? 0.25 : 0.75));
    const y = Math.floor(height * (i < 2 ? 0.25 : 0.75));
    return [...data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)] as Colour;
  });

function expectColours(image: Image, expected: readonly Colour[], tolerance: number): void {
  const off = middles(image).map((colour, i) =>
    Math.max(...colour.map((value, c) => Math.abs(value - expected[i]![c]!))),
  );
  expect(Math.max(...off), JSON.stringify(middles(image))).toBeLessThanOrEqual(tolerance);
}

describe('pixels of every format and colour', () => {
  test.each(table)('%s', async (_, make, tolerance, expected = corners) => {
    const image = await decodeImage(await make());
    expect([image.width, image.height]).toEqual([WIDTH, HEIGHT]);
    expectColours(image, expected, tolerance);
  });
});

describe('EXIF orientation', () => {
  /** Which corner comes to stand where: top left, top right, bottom left, bottom right. */
  const turns: Record<number, [number, number, number, number]> = {
    ...{ 1: [0, 1, 2, 3], 2: [1, 0, 3, 2], 3: [3, 2, 1, 0], 4: [2, 3, 0, 1] },
    ...{ 5: [0, 2, 1, 3], 6: [2, 0, 3, 1], 7: [3, 1, 2, 0], 8: [1, 3, 0, 2] },
  };
  const formats = ['jpeg', 'png', 'webp', 'tiff', 'avif'] as const;
  const rows = formats.flatMap((format) => Object.keys(turns).map((key) => [format, Number(key)] as const));
  test.each(rows)('%s, %i', async (format, orientation) => {
    const image = await decodeImage(
      await bytesOf(raw().withMetadata({ orientation }).toFormat(format, { quality: 95 })),
    );
    expect([image.width, image.height]).toEqual(orientation > 4 ? [HEIGHT, WIDTH] : [WIDTH, HEIGHT]);
    expectColours(
      image,
      turns[orientation]!.map((i) => corners[i]!),
      12,
    );
  });
});
