import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { hashBytes } from '@semblance/core/files';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isSemblanceError } from '../error.ts';
import type { ObjectInfo, ObjectStorage } from './storage.ts';

const all = async (storage: ObjectStorage, folder?: string): Promise<ObjectInfo[]> =>
  (await Array.fromAsync(storage.list(folder))).sort((a, b) => (a.key < b.key ? -1 : 1));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/**
 * What every storage driver must do: one suite, run for each.
 *
 * @param open gives an empty location; `largeBytes` is more than fits into one part of it.
 */
export function describeObjectStorage(
  name: string,
  open: () => Promise<ObjectStorage>,
  { largeBytes }: { largeBytes: number },
): void {
  describe(`object storage ${name}`, () => {
    let storage: ObjectStorage;
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'semblance-storage-'));
    });
    beforeEach(async () => {
      storage = await open();
      return () => storage.close();
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    test('gives back what was put, whole and from any byte on', async () => {
      await storage.put('a/ö b+c.txt', bytes('0123456789'));
      expect(await buffer(await storage.read('a/ö b+c.txt'))).toEqual(Buffer.from('0123456789'));
      expect(await buffer(await storage.read('a/ö b+c.txt', { fromByte: 7 }))).toEqual(Buffer.from('789'));
      expect(await storage.head('a/ö b+c.txt')).toMatchObject({ key: 'a/ö b+c.txt', sizeBytes: 10 });
      await storage.put('a/ö b+c.txt', bytes('new'));
      expect(await buffer(await storage.read('a/ö b+c.txt'))).toEqual(Buffer.from('new'));
    });

    test('lists all, or what is below a folder and not beside it', async () => {
      for (const key of ['x', 'f/1', 'f/g/2', 'ff/3']) await storage.put(key, bytes(key));
      expect(await all(storage)).toEqual([
        { key: 'f/1', sizeBytes: 3 },
        { key: 'f/g/2', sizeBytes: 5 },
        { key: 'ff/3', sizeBytes: 4 },
        { key: 'x', sizeBytes: 1 },
      ]);
      expect((await all(storage, 'f')).map(({ key }) => key)).toEqual(['f/1', 'f/g/2']);
      expect(await all(storage, 'nothing')).toEqual([]);
    });

    test.each([0, 1, largeBytes])('keeps a file of %i bytes with its hash', async (sizeBytes) => {
      const content = randomBytes(sizeBytes);
      const path = join(folder, 'file');
      await writeFile(path, content);
      const sha256 = hashBytes(content);
      let counted = 0;
      await storage.putFile('big/file', path, { sha256, sizeBytes, onBytes: (count) => (counted += count) });
      expect(counted).toBe(sizeBytes);
      expect(await storage.head('big/file')).toEqual({ key: 'big/file', sizeBytes, sha256 });
      expect(hashBytes(await buffer(await storage.read('big/file')))).toBe(sha256);
      expect((await all(storage)).map(({ key }) => key)).toEqual(['big/file']);
    });

    test('what is removed is gone, once and twice', async () => {
      await storage.put('x', bytes('x'));
      await storage.remove('x');
      await storage.remove('x');
      expect(await storage.head('x')).toBeNull();
      await expect(storage.read('x')).rejects.toSatisfy((e) => isSemblanceError(e, 'PATH_NOT_FOUND'));
    });

    test.each(['../x', 'a/../../x', '/etc/passwd', 'a\\..\\x', 'C:/x', 'a\0b', '', '.'])(
      'the key %j is refused everywhere',
      async (key) => {
        const refused = (e: unknown) => isSemblanceError(e, 'PATH_OUTSIDE_ROOT');
        await expect(storage.put(key, bytes('x'))).rejects.toSatisfy(refused);
        await expect(storage.head(key)).rejects.toSatisfy(refused);
        await expect(storage.read(key)).rejects.toSatisfy(refused);
        await expect(storage.remove(key)).rejects.toSatisfy(refused);
        const options = { sha256: hashBytes(''), sizeBytes: 0 };
        await expect(storage.putFile(key, join(folder, 'none'), options)).rejects.toSatisfy(refused);
        expect(await all(storage)).toEqual([]);
      },
    );
  });
}
