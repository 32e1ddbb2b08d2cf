import sharp from 'sharp';
import { expect, test } from 'vitest';
import { decodeImage } from './decode.ts';
import { jpegHead, plainJpegSize } from './jpeg-head.ts';
import { isSrgbProfile } from './srgb-profile.ts';

const gradient = Uint8Array.from({ length: 3 * 64 * 64 }, (_, i) => (i * 37) % 256);
const picture = () => sharp(gradient, { raw: { width: 64, height: 64, channels: 3 } });
const withProfile = (name: string) => picture().withIccProfile(name).jpeg({ quality: 100 }).toBuffer();

test('sRGB is told from other profiles, whatever encoder wrote it', async () => {
  expect(isSrgbProfile(jpegHead(await withProfile('srgb'))!.profile!)).toBe(true);
  expect(isSrgbProfile(jpegHead(await withProfile('p3'))!.profile!)).toBe(false);
});

test('a picture in sRGB decodes as the colour management has it, one in another space is converted', async () => {
  for (const name of ['srgb', 'p3']) {
    const bytes = await withProfile(name);
    const { data } = await decodeImage(bytes);
    const managed = await sharp(bytes).toColourspace('srgb').raw().toBuffer();
    const unmanaged = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
    const difference = (other: Uint8Array) =>
      Math.max(...data.map((value, i) => Math.abs(value - other[i]!)));
    expect(difference(managed)).toBeLessThanOrEqual(1);
    expect(difference(unmanaged) > 10).toBe(name === 'p3');
  }
});

test('a profile whose curve or primaries are others is not sRGB', async () => {
  const profile = jpegHead(await withProfile('srgb'))!.profile!;
  const changed = (at: number, value: number) => {
    const copy = Uint8Array.from(profile);
    copy[at] = value;
    return copy;
  };
  const text = String.fromCharCode(...profile);
  const offsetOf = (tag: string) =>
    new DataView(profile.buffer, profile.byteOffset).getUint32(text.indexOf(tag, 128) + 4);
  expect(isSrgbProfile(changed(offsetOf('rXYZ') + 10, 0x40))).toBe(false);
  expect(isSrgbProfile(changed(offsetOf('gTRC') + 13, 0xff))).toBe(false);
});

test('damaged profiles and files are no sRGB and no crash', async () => {
  const bytes = await withProfile('srgb');
  const profile = jpegHead(bytes)!.profile!;
  for (let length = 0; length < profile.length; length += 7) isSrgbProfile(profile.subarray(0, length));
  expect(isSrgbProfile(profile.subarray(0, 140))).toBe(false);
  for (let length = 0; length < 700; length++) jpegHead(bytes.subarray(0, length));
  expect(jpegHead(bytes.subarray(0, 40))).toBeNull();
  expect(jpegHead(await picture().png().toBuffer())).toBeNull();
});

test('only JPEGs that every decoder takes alike are plain', async () => {
  expect(plainJpegSize(await picture().resize(48, 32).jpeg().toBuffer())).toEqual({ width: 48, height: 32 });
  expect(plainJpegSize(await picture().jpeg({ progressive: true }).toBuffer())).not.toBeNull();
  expect(plainJpegSize(await withProfile('srgb'))).not.toBeNull();
  expect(plainJpegSize(await withProfile('p3'))).toBeNull();
  expect(plainJpegSize(await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer())).toBeNull();
  expect(plainJpegSize(await picture().toColourspace('b-w').jpeg().toBuffer())).toBeNull();
  expect(plainJpegSize(await picture().toColourspace('cmyk').jpeg().toBuffer())).toBeNull();
  expect(plainJpegSize(await picture().png().toBuffer())).toBeNull();
});
