import { mkdir, mkdtemp, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashBytes } from '@semblance/core/files';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FingerprintCache } from './fingerprint-cache.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fingerprints-'));
  await mkdir(join(dir, 'home'));
});
afterAll(() => rm(dir, { recursive: true }));

/** Writes a file that has not been touched for an hour. */
async function writeOld(name: string, text: string): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, text);
  await utimes(path, 1000, Date.now() / 1000 - 3600);
  return path;
}
const hashAgain = async (path: string): Promise<{ sha256: string; numKnown: number }> => {
  using cache = new FingerprintCache(join(dir, 'home', 'fingerprints.sqlite'));
  return { sha256: await cache.hash(path), numKnown: cache.numKnown };
};

test('a file is read once, and again when it has changed', async () => {
  const path = await writeOld('a', 'one');
  expect(await hashAgain(path)).toEqual({ sha256: hashBytes('one'), numKnown: 0 });
  expect(await hashAgain(path)).toEqual({ sha256: hashBytes('one'), numKnown: 1 });
  await writeFile(path, 'two'); // as long as before
  expect(await hashAgain(path)).toEqual({ sha256: hashBytes('two'), numKnown: 0 });
});

test('a file that was written a moment ago is read again: its date may not tell of the next change', async () => {
  const path = join(dir, 'young');
  await writeFile(path, 'one');
  const { mtime } = await stat(path);
  await hashAgain(path);
  await writeFile(path, 'two');
  await utimes(path, mtime, mtime);
  expect(await hashAgain(path)).toEqual({ sha256: hashBytes('two'), numKnown: 0 });
});

test('another file under the same name is another, also where size and date are the same', async () => {
  const path = await writeOld('b', 'one');
  await hashAgain(path);
  const { mtime } = await stat(path);
  // made while the other is there: one inode cannot be both
  const other = await writeOld('c', 'six');
  await utimes(other, mtime, mtime);
  await rename(other, path);
  expect((await hashAgain(path)).sha256).toBe(hashBytes('six'));
});
