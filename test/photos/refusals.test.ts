import { execFileSync } from 'node:child_process';
import { open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeImage, imageSize } from '@semblance/face/image';
import { describe, expect, test } from 'vitest';
import { bmp, bytesOf, type Colour, ico, pnm, raw, runLengthBmp, samples } from './pictures.ts';

const word = ([r, g, b]: Colour) => (r << 16) | (g << 8) | b;
const colours = samples((colour) => colour);
const ppm = () => pnm('P6\n48 32\n255\n', colours);
const plainPpm = () => Buffer.from(`P3 48 32 255 ${colours.join(' ')}`);
const heic = async () => new Uint8Array(await readFile(new URL('./files/rgb.heic', import.meta.url)));
const patched = (bytes: Uint8Array, at: number, ...values: number[]) => {
  const copy = Uint8Array.from(bytes);
  copy.set(values, at);
  return copy;
};
const little = (value: number) => [
  value & 255,
  (value >> 8) & 255,
  (value >> 16) & 255,
  (value >>> 24) & 255,
];
/** A TIFF whose directory has these tags. */
function tiff(...tags: [tag: number, value: number][]): Uint8Array {
  const entries = tags.flatMap(([tag, value]) => [tag & 255, tag >> 8, 4, 0, 1, 0, 0, 0, ...little(value)]);
  return Uint8Array.from([0x49, 0x49, 42, 0, 8, 0, 0, 0, tags.length, 0, ...entries, 0, 0, 0, 0]);
}
const text = (content: string) => Buffer.from(content, 'latin1');

const formats: [name: string, make: () => Uint8Array | Promise<Uint8Array>][] = [
  ['JPEG', () => bytesOf(raw().jpeg())],
  ['PNG', () => bytesOf(raw().png())],
  ['WebP', () => bytesOf(raw().webp())],
  ['GIF', () => bytesOf(raw().gif())],
  ['TIFF', () => bytesOf(raw().tiff())],
  ['AVIF', () => bytesOf(raw().avif({ effort: 0 }))],
  ['HEIC', heic],
  ['BMP', () => bmp(24, word)],
  ['BMP, run lengths', () => runLengthBmp(8)],
  ['ICO', () => ico(bmp(24, word), () => false)],
  ['PPM', ppm],
  ['PPM, plain', plainPpm],
];
/** Kinds that say where they end, or how much there has to be. */
const tells = new Set(['JPEG', 'PNG', 'WebP', 'GIF', 'BMP', 'BMP, run lengths', 'ICO', 'PPM', 'PPM, plain']);

const codeOf = async (bytes: Uint8Array): Promise<string> =>
  decodeImage(bytes).then(
    () => 'decoded',
    (error: { code: string }) => error.code,
  );

describe('damage', () => {
  test.each(formats)('%s, cut off at a half', async (name, make) => {
    const bytes = await make();
    const code = await codeOf(bytes.subarray(0, Math.floor(bytes.length / 2)));
    if (tells.has(name)) expect(code).toBe('IMAGE_TRUNCATED');
    else expect(['IMAGE_TRUNCATED', 'IMAGE_UNREADABLE']).toContain(code);
  });

  test.each(formats)('%s, cut off within its head', async (_, make) => {
    const code = await codeOf((await make()).subarray(0, 30));
    expect(['IMAGE_TRUNCATED', 'IMAGE_UNREADABLE']).toContain(code);
  });

  test.each(formats)('%s of more pixels than are accepted', async (_, make) => {
    const bytes = await make();
    await expect(decodeImage(bytes, { maxPixels: 48 * 32 - 1 })).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
    });
    expect((await decodeImage(bytes, { maxPixels: 48 * 32 })).width).toBe(48);
  });

  test.each([
    ['nothing', new Uint8Array(), 'IMAGE_NOT_AN_IMAGE'],
    ['zero bytes', new Uint8Array(4000), 'IMAGE_NOT_AN_IMAGE'],
    ['text', text('Dear Anna, these are the photos.'), 'IMAGE_NOT_AN_IMAGE'],
    ['text that begins like a bitmap', text('P1 is the best camera, BM the worst'), 'IMAGE_NOT_AN_IMAGE'],
    ['text that begins like a BMP', text('BM: the photos of the summer holidays'), 'IMAGE_NOT_AN_IMAGE'],
    ['SVG', text('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'IMAGE_NOT_AN_IMAGE'],
    [
      'a BMP of 2 billion a side',
      patched(bmp(24, word), 18, ...little(0x7fffffff), ...little(0x7fffffff)),
      'IMAGE_TOO_LARGE',
    ],
    ['a BMP of no width', patched(bmp(24, word), 18, ...little(0)), 'IMAGE_UNREADABLE'],
    ['a BMP of negative width', patched(bmp(24, word), 18, ...little(-48)), 'IMAGE_UNREADABLE'],
    ['a BMP of 7 bits', patched(bmp(24, word), 28, 7), 'IMAGE_UNREADABLE'],
    ['a BMP that holds a JPEG', patched(bmp(24, word), 30, 4), 'IMAGE_UNREADABLE'],
    [
      'a BMP with its pixels beyond its end',
      patched(bmp(24, word), 10, ...little(0x7fffffff)),
      'IMAGE_TRUNCATED',
    ],
    ['a PPM of a billion a side', text('P6 1000000000 1000000000 255\n'), 'IMAGE_TOO_LARGE'],
    ['a PGM of no height', text('P5 10 0 255\n'), 'IMAGE_UNREADABLE'],
    ['a PGM of values to 70000', text('P5 1 1 70000\n\0\0'), 'IMAGE_UNREADABLE'],
    ['a PAM without a depth', text('P7\nWIDTH 1\nHEIGHT 1\nMAXVAL 255\nENDHDR\n\0'), 'IMAGE_UNREADABLE'],
    [
      'a PAM of inks',
      text('P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE CMYK\nENDHDR\n\0\0\0\0'),
      'IMAGE_UNREADABLE',
    ],
  ])('%s', async (_, bytes, expected) => {
    expect(await codeOf(bytes)).toBe(expected);
  });

  test('a file of 2 GiB is not read', async () => {
    const path = join(tmpdir(), `huge-${process.pid}.jpg`);
    const file = await open(path, 'w');
    try {
      await file.truncate(2 ** 31); // takes no room
      await expect(decodeImage(path)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    } finally {
      await file.close();
      await rm(path);
    }
  });
});

describe('kinds that are known and not read are refused by name', () => {
  test.each([
    ['JPEG XL', Uint8Array.from([0xff, 0x0a, 0xfa, 0x1f])],
    ['JPEG XL', text('\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x14ftypjxl ')],
    ['JPEG 2000', text('\0\0\0\x0cjP  \r\n\x87\n')],
    ['Photoshop', text('8BPS\0\x01')],
    ['RAW', tiff([254, 1], [330, 900])], // Nikon, Sony: a preview, the photo below it
    ['RAW', tiff([254, 1], [50706, 4])], // DNG
    ['RAW', tiff([262, 32803])],
    ['Canon', text('II*\0\x10\0\0\0CR\x02\0')],
    ['Canon', text('\0\0\0\x18ftypcrx \0\0\0\x01crx isom')],
    ['Fujifilm', text('FUJIFILMCCD-RAW 0201')],
    ['Olympus', text('IIRO\x08\0\0\0')],
    ['Panasonic', text('IIU\0\x18\0\0\0')],
  ])('%s', async (name, bytes) => {
    await expect(decodeImage(bytes)).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
      message: expect.stringMatching(new RegExp(`${name}.*save it as JPEG or PNG`)),
    });
  });
});

test('HEIC without its package is refused with the command that installs it', () => {
  const image = new URL('../../packages/face/src/image/decode.ts', import.meta.url).href;
  const file = fileURLToPath(new URL('./files/rgb.heic', import.meta.url));
  const program = `
    import { registerHooks } from 'node:module';
    registerHooks({
      resolve(specifier, context, next) {
        if (!specifier.startsWith('libheif-js')) return next(specifier, context);
        throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
      },
    });
    const { decodeImage } = await import(${JSON.stringify(image)});
    await decodeImage(${JSON.stringify(file)}).catch(({ code, message }) => console.log(code, message));`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(said).toMatch(/^IMAGE_UNREADABLE .*rgb\.heic is a HEIC image.*npm install libheif-js\n$/);
});

test('sizes are those of the pixels, from the head', async () => {
  for (const name of ['rgb.heic', 'netpbm-4.bmp', 'netpbm-os2.bmp'])
    expect(await imageSize(fileURLToPath(new URL(`./files/${name}`, import.meta.url)))).toEqual({
      width: 48,
      height: 32,
    });
});
