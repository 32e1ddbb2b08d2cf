import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashBytes } from '@semblance/core/files';
import { type Zippable, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tinyDetector, tinyRecognizer } from '../../testing/tiny-models.ts';
import { takeMembers } from './zip-members.ts';

const [detector, recognizer] = [tinyDetector(), tinyRecognizer()];
let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zip-'));
});
afterEach(() => rm(dir, { recursive: true }));
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('zip members', () => {
  const take = async (content: Zippable | Uint8Array, members = [{ file: 'a.onnx' }]): Promise<string[]> => {
    const path = join(dir, 'x.zip');
    await writeFile(path, content instanceof Uint8Array ? content : zipSync(content));
    return takeMembers(path, members, dir);
  };

  test('by their bare name, in whatever folder; nothing else is written', async () => {
    const [path] = await take({ 'x/y/a.onnx': recognizer, '../evil.onnx': detector });
    expect(new Uint8Array(await readFile(path!))).toEqual(recognizer);
    expect((await readdir(dir)).sort()).toEqual(['a.onnx', 'x.zip']);
  });

  test.each([
    ['missing', { 'b.onnx': recognizer }, 'DATA_CORRUPT'],
    ['twice', { 'x/a.onnx': recognizer, 'y/a.onnx': detector }, 'DATA_CORRUPT'],
    ['outside', { '../a.onnx': recognizer }, 'PATH_OUTSIDE_ROOT'],
    ['absolute', { '/tmp/a.onnx': recognizer }, 'PATH_OUTSIDE_ROOT'],
  ])('%s is refused', async (_, content, expected) => {
    await expect(take(content)).rejects.toEqual(code(expected));
  });

  test('what is no archive, or cut short, is refused', async () => {
    const zipped = zipSync({ 'a.onnx': recognizer });
    await expect(take(recognizer)).rejects.toEqual(code('DATA_CORRUPT'));
    await expect(take(zipped.subarray(0, zipped.length - 30))).rejects.toEqual(code('DATA_CORRUPT'));
  });

  test('a member that says it fills the disk is refused before it is unpacked', async () => {
    const bomb = zipSync({ 'a.onnx': new Uint8Array(100_000) });
    // its true size, in the central directory: 24 bytes behind the signature 50 4b 01 02
    const at = Buffer.from(bomb).indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24;
    new DataView(bomb.buffer, bomb.byteOffset).setUint32(at, 0xfffffff0, true);
    await expect(take(bomb)).rejects.toThrow('claims to have 4294967280 bytes');
  });

  test('one that says less than it unpacks to gives no more than it says', async () => {
    const bomb = zipSync({ 'a.onnx': new Uint8Array(50_000_000) });
    const at = Buffer.from(bomb).indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24;
    new DataView(bomb.buffer, bomb.byteOffset).setUint32(at, 1000, true);
    const members = [{ file: 'a.onnx', sha256: hashBytes(new Uint8Array(50_000_000)) }];
    await expect(take(bomb, members)).rejects.toEqual(code('DOWNLOAD_WRONG_CONTENT'));
  });
});
