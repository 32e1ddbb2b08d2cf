import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { hashBytes } from '@semblance/core/files';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isSemblanceError } from '../error.ts';
import { copyDown, predownload } from './copy-down.ts';
import { copyUp } from './copy-up.ts';
import { MANIFEST_KEY, type ObjectsManifest, stateOf } from './manifest.ts';
import type { ObjectStorage, PutFileOptions } from './storage.ts';

const refusedAs = (code: Parameters<typeof isSemblanceError>[1]) => (e: unknown) => isSemblanceError(e, code);

/** What copies of folders must do over every driver. */
export function describeCopies(
  name: string,
  open: () => Promise<ObjectStorage>,
  { partBytes = 1_000_000 } = {},
): void {
  describe(`copies of folders over ${name}`, () => {
    let root: string;
    let storage: ObjectStorage;
    let counter = 0;
    const newPath = () => join(root, String(counter++));
    const large = randomBytes(2 * partBytes + 77);
    const content: Record<string, Buffer> = {
      'model.onnx': large,
      'checkpoints/1/state': randomBytes(1000),
      'empty.txt': Buffer.alloc(0),
      ...Object.fromEntries(
        Array.from({ length: 4 }, (_, i) => [`log/${i}.txt`, Buffer.from(`line ${i}\n`)]),
      ),
    };
    const totalBytes = Object.values(content).reduce((sum, { length }) => sum + length, 0);

    async function newFolder(files: Record<string, Buffer> = content): Promise<string> {
      const folder = newPath();
      for (const [key, bytes] of Object.entries(files)) {
        await mkdir(dirname(join(folder, key)), { recursive: true });
        await writeFile(join(folder, key), bytes);
      }
      return folder;
    }

    async function expectContent(folder: string): Promise<void> {
      for (const [key, bytes] of Object.entries(content)) {
        expect((await readFile(join(folder, key))).equals(bytes), key).toBe(true);
      }
    }

    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), 'semblance-copy-'));
    });
    beforeEach(async () => {
      storage = await open();
      return () => storage.close();
    });
    afterAll(() => rm(root, { recursive: true, force: true }));

    test('up and down again is the same, and a second time nothing is sent', async () => {
      const folder = await newFolder();
      const seen: number[] = [];
      const report = await copyUp(folder, storage, { onProgress: ({ doneBytes }) => seen.push(doneBytes) });
      expect(report).toEqual({ files: 7, sizeBytes: totalBytes, skippedBytes: 0 });
      expect(seen.at(-1)).toBe(totalBytes);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      const manifest = JSON.parse(await text(await storage.read(MANIFEST_KEY))) as ObjectsManifest;
      expect(Object.keys(manifest.files).sort()).toEqual(Object.keys(content).sort());
      expect(manifest.files['model.onnx']).toEqual({ sizeBytes: large.length, sha256: hashBytes(large) });

      expect((await copyUp(folder, storage)).skippedBytes).toBe(totalBytes);
      const down = newPath();
      expect((await copyDown(storage, down)).skippedBytes).toBe(0);
      await expectContent(down);
      expect((await copyDown(storage, down)).skippedBytes).toBe(totalBytes);
    });

    test('half an upload is never taken for a whole one, and is gone on with', async () => {
      const folder = await newFolder();
      const stop = new AbortController();
      const whenHalf = ({ doneBytes }: { doneBytes: number }) => {
        if (doneBytes > totalBytes / 3) stop.abort(new Error('stopped'));
      };
      await expect(copyUp(folder, storage, { signal: stop.signal, onProgress: whenHalf })).rejects.toThrow();
      expect((await stateOf(storage)).kind).toBe('incomplete');
      await expect(copyDown(storage, newPath())).rejects.toSatisfy(refusedAs('STORAGE_INCOMPLETE'));
      expect(await predownload(storage, newPath())).toBe('incomplete');
      await copyUp(folder, storage);
      expect((await stateOf(storage)).kind).toBe('complete');
      const down = newPath();
      expect(await predownload(storage, down)).toBe('complete');
      await expectContent(down);
    });

    test('a new upload over an old one is incomplete until its end as well', async () => {
      const folder = await newFolder();
      await copyUp(folder, storage);
      await writeFile(join(folder, 'model.onnx'), randomBytes(2 * partBytes));
      const failing: ObjectStorage = {
        ...storage,
        putFile: (key: string, path: string, options: PutFileOptions) =>
          key === 'model.onnx' ? Promise.reject(new Error('cable')) : storage.putFile(key, path, options),
      };
      await expect(copyUp(folder, failing)).rejects.toThrow('cable');
      expect((await stateOf(storage)).kind).toBe('incomplete');
    });

    test('a download that was broken off is gone on with, or begun anew where the rest is of something else', async () => {
      await copyUp(await newFolder(), storage);
      const [good, bad] = [newPath(), newPath()];
      for (const folder of [good, bad]) await mkdir(folder);
      await writeFile(join(good, 'model.onnx.part'), large.subarray(0, partBytes));
      await writeFile(join(bad, 'model.onnx.part'), randomBytes(partBytes));
      const offsets: number[] = [];
      const watched: ObjectStorage = {
        ...storage,
        read(key, options) {
          if (key === 'model.onnx') offsets.push(options?.fromByte ?? 0);
          return storage.read(key, options);
        },
      };
      await copyDown(watched, good);
      expect(offsets).toEqual([partBytes]);
      await expectContent(good);
      await copyDown(watched, bad);
      expect(offsets).toEqual([partBytes, partBytes, 0]);
      await expectContent(bad);
      await expect(stat(join(bad, 'model.onnx.part'))).rejects.toThrow('ENOENT');
    });

    test('an object that was changed behind its manifest is refused', async () => {
      const folder = await newFolder();
      await copyUp(folder, storage);
      await storage.put('checkpoints/1/state', randomBytes(1000));
      const down = newPath();
      await expect(copyDown(storage, down)).rejects.toSatisfy(refusedAs('STORAGE_CORRUPT'));
      await expect(stat(join(down, 'checkpoints/1/state'))).rejects.toThrow('ENOENT');
      await storage.put(MANIFEST_KEY, Buffer.from('{"format":"semblance-objects/1","files":{"../x":{}}}'));
      await expect(copyDown(storage, down)).rejects.toSatisfy(refusedAs('STORAGE_CORRUPT'));
    });

    test('objects of somebody else, without a manifest, come down as they are', async () => {
      await expect(copyDown(storage, newPath())).rejects.toSatisfy(refusedAs('DATA_EMPTY'));
      expect(await predownload(storage, newPath())).toBe('empty');
      await storage.put('a/1.jpg', Buffer.from('one'));
      await storage.put('b/2.jpg', Buffer.from('two'));
      const down = newPath();
      expect(await copyDown(storage, down)).toMatchObject({ files: 2, sizeBytes: 6 });
      expect(await readFile(join(down, 'b/2.jpg'), 'utf8')).toBe('two');
    });

    test('links are followed in neither direction', async () => {
      const folder = await newFolder({ a: Buffer.from('a') });
      await symlink('/etc/passwd', join(folder, 'b'));
      await expect(copyUp(folder, storage)).rejects.toSatisfy(refusedAs('PATH_OUTSIDE_ROOT'));
      await storage.put('out/x', Buffer.from('x'));
      const [down, elsewhere] = [newPath(), newPath()];
      await mkdir(down);
      await mkdir(elsewhere);
      await symlink(elsewhere, join(down, 'out'));
      await expect(copyDown(storage, down)).rejects.toSatisfy(refusedAs('PATH_OUTSIDE_ROOT'));
      await expect(stat(join(elsewhere, 'x'))).rejects.toThrow('ENOENT');
    });

    test('a file that was cut short is fetched again', async () => {
      await copyUp(await newFolder(), storage);
      const down = newPath();
      await copyDown(storage, down);
      await truncate(join(down, 'model.onnx'), 10);
      await copyDown(storage, down);
      await expectContent(down);
    });
  });
}
