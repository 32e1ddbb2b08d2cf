import { existsSync } from 'node:fs';
import { decodeImage } from '@semblance/face/image';
import { describe, expect, test } from 'vitest';
import { realData } from '../../../../../test/support/real-data.ts';
import { photoA, photoB, pickles } from './testing/pickles.ts';
import { parseVerificationBin, readVerificationBin } from './verification-bin.ts';

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const bytesOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const u32 = (n: number): string => String.fromCharCode(n & 0xff, (n >> 8) & 0xff, (n >> 16) & 0xff, n >>> 24);
const wanted = { images: [photoA, photoB, photoB, photoA], same: [true, false] };

function parsed(bytes: Uint8Array): typeof wanted {
  const { images, same } = parseVerificationBin(bytes);
  return { images: images.map((image) => new Uint8Array(image)), same };
}

test.each(Object.keys(pickles))('what Python wrote as %s is read', (name) => {
  const bytes = Buffer.from(pickles[name]!, 'base64');
  expect(parsed(bytes)).toEqual({ ...wanted, images: wanted.images });
});

test('numpy 2 calls its core _core', () => {
  for (const protocol of [0, 2, 3]) {
    const text = Buffer.from(pickles[`numpy ${protocol}`]!, 'base64').toString('latin1');
    expect(text).toContain('numpy.core.multiarray');
    expect(parsed(latin1(text.replaceAll('numpy.core', 'numpy._core')))).toEqual(wanted);
  }
});

test('byte strings of Python 2 are bytes', () => {
  const [a, b] = [bytesOf(photoA), bytesOf(photoB)];
  const protocol2 = `\x80\x02]q\0(U${String.fromCharCode(a.length)}${a}q\x01T${u32(b.length)}${b}q\x02h\x02h\x01e]q\x03(\x88\x89e\x86q\x04.`;
  expect(parsed(latin1(protocol2))).toEqual(wanted);
  // repr() of the strings, as protocol 0 writes them
  const protocol0 = `((lp0\nS'\\xff\\xd8\\xff\\xe0abc\\n\\\\\\x00\\xd9'\np1\naS'\\xff\\xd8"\\'\\n1'\np2\nag2\nag1\na(lp3\nI01\naI00\natp4\n.`;
  expect(parsed(latin1(protocol0))).toEqual(wanted);
});

describe('a pickle that asks for more than bytes is refused', () => {
  const call = (module: string, name: string): string => `\x80\x02c${module}\n${name}\nX${u32(4)}true\x85R.`;
  const stackCall = (module: string, name: string): string =>
    `\x80\x04\x8c${String.fromCharCode(module.length)}${module}\x8c${String.fromCharCode(name.length)}${name}\x93\x8c\x04true\x85R.`;
  test.each([
    ['os', 'system'],
    ['posix', 'system'],
    ['nt', 'system'],
    ['builtins', 'eval'],
    ['builtins', 'exec'],
    ['__builtin__', 'eval'],
    ['builtins', 'getattr'],
    ['builtins', '__import__'],
    ['subprocess', 'Popen'],
    ['numpy', 'load'],
    ['numpy.core.multiarray', 'fromfile'],
    ['numpy.testing._private.utils', 'runstring'],
    ['_codecs', 'decode'],
    ['__proto__', 'constructor'],
  ])('%s.%s', (module, name) => {
    for (const text of [call(module, name), stackCall(module, name)]) {
      expect(() => parseVerificationBin(latin1(text))).toThrow(
        expect.objectContaining({
          code: 'DATA_FORBIDDEN',
          message: expect.stringContaining(`${module}.${name}`),
        }),
      );
    }
  });

  test.each([
    ['an instance', `\x80\x02(ios\nsystem\n.`],
    ['a new object', `\x80\x02cnumpy\nndarray\n)\x81.`],
    ['an extension', '\x80\x02\x82\x01.'],
    ['a persistent id', '\x80\x02Pid\n.'],
    ['a buffer outside', '\x80\x05\x97.'],
    ['a dictionary', '\x80\x02}.'],
    ['a float', '\x80\x02G\0\0\0\0\0\0\0\0.'],
  ])('%s', (_, text) => {
    expect(() => parseVerificationBin(latin1(text))).toThrow(
      expect.objectContaining({ code: 'DATA_FORBIDDEN' }),
    );
  });

  test.each([
    ['the class of arrays, called', `\x80\x02cnumpy\nndarray\n(K\x01tR.`],
    ['a type of objects', `\x80\x02cnumpy\ndtype\nX${u32(1)}O\x85R.`],
    ['text by another code', `\x80\x02c_codecs\nencode\nX${u32(1)}ax${u32(3)}hex\x86R.`.replace('ax', 'aX')],
    ['a number, called', '\x80\x02K\x01)R.'],
    ['the state of a list', '\x80\x02]K\x01b.'],
    ['an item of a number', '\x80\x02K\x01K\x02a.'],
    ['a value never stored', '\x80\x02h\x07.'],
    ['a mark that is missing', '\x80\x02e.'],
    ['a value below the mark', '\x80\x02](a.'],
    ['nothing', '\x80\x02.'],
    ['protocol 9', '\x80\x09N.'],
  ])('%s', (_, text) => {
    expect(() => parseVerificationBin(latin1(text))).toThrow(
      expect.objectContaining({ code: 'DATA_INVALID' }),
    );
  });

  test('a small file cannot fill the memory', () => {
    const long = 'x'.repeat(1 << 16);
    const again = 'h\0h\x01h\x02\x86R0'.repeat(200);
    const text = `\x80\x02c_codecs\nencode\nq\0X${u32(long.length)}${long}q\x01X${u32(6)}latin1q\x02000${again}N.`;
    expect(() => parseVerificationBin(latin1(text))).toThrow(/too many operations/);
  });
});

test('every file that is cut short or changed by a byte gives an error with a code, or a set', () => {
  const whole = Buffer.from(pickles['numpy 4']!, 'base64');
  const codes = new Set<string>();
  const attempt = (bytes: Uint8Array): void => {
    try {
      parseVerificationBin(bytes);
    } catch (error) {
      codes.add((error as { code?: string }).code ?? String(error));
    }
  };
  for (let length = 0; length < whole.length; length++) attempt(whole.subarray(0, length));
  for (let at = 0; at < whole.length; at++) {
    for (const value of [0, 0x2e, 0x52, 0x62, 0x85, 0xff]) {
      const changed = Uint8Array.from(whole);
      changed[at] = value;
      attempt(changed);
    }
  }
  expect([...codes].sort()).toEqual(['DATA_CORRUPT', 'DATA_FORBIDDEN', 'DATA_INVALID']);
});

test.each([
  ['\x80\x02K\x01.', 'a pair of lists'],
  ['\x80\x02]]\x86.', null],
  ['\x80\x02](K\x01K\x02e](\x88e\x86.', 'photo 0 as bytes'],
  ['\x80\x02]](\x88e\x86.', 'two photos for each of 1 booleans, not 0'],
  ['\x80\x02]](K\x07e\x86.', 'a list of booleans'],
])('%j is no set of pairs: %s', (text, words) => {
  if (words === null) expect(parseVerificationBin(latin1(text))).toEqual({ images: [], same: [] });
  else expect(() => parseVerificationBin(latin1(text))).toThrow(words);
});

const small = realData('formats', 'small_lfw.bin');
test.skipIf(!existsSync(small))('a true set of insightface: 20 photos, 10 pairs of one person', async () => {
  const { images, same } = await readVerificationBin(small);
  expect(same).toEqual(new Array(10).fill(true));
  expect(images.map(({ length }) => length).slice(0, 1)).toEqual([4996]); // as pickletools shows it
  const sizes = await Promise.all(images.map(async (image) => decodeImage(image)));
  expect(sizes.map(({ width, height }) => [width, height])).toEqual(new Array(20).fill([112, 112]));
});
