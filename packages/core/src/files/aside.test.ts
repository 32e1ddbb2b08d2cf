import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { asidePath, isAsidePath, putInPlace, writeAside, writeFileAside } from './aside.ts';
import { AsideFile } from './aside-file.ts';
import { writeFileAsideSync } from './aside-sync.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

const root = mkdtempSync(join(tmpdir(), 'aside-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folder = root;
beforeEach(() => {
  folder = mkdtempSync(join(root, 'x-'));
});
const text = (path: string) => readFileSync(path, 'utf8');
const stop = new Error('half-way');

describe('names aside', () => {
  test('are beside the place, hidden, each another, and known', () => {
    const path = join(folder, 'model.onnx');
    expect(asidePath(path)).toMatch(/\/\.model\.onnx\.[0-9a-f-]{36}\.tmp$/);
    expect(asidePath(path)).not.toBe(asidePath(path));
    expect(isAsidePath(asidePath(path))).toBe(true);
    expect(isAsidePath(asidePath('a.txt'))).toBe(true);
    expect(['a.tmp', '.hidden', 'x/.a.part'].some(isAsidePath)).toBe(false);
  });

  test('are never too long for a file system', () => {
    const name = '脸'.repeat(80); // 240 bytes
    expect(Buffer.byteLength(asidePath(name))).toBeLessThanOrEqual(255);
  });
});

/** Each way of writing `content` to a path, and of failing half-way. */
const ways: Record<
  string,
  { write(path: string, content: string): Promise<void>; fail(path: string): Promise<void> }
> = {
  writeAside: {
    write: (path, content) => writeAside(path, (aside) => writeFile(aside, content)),
    fail: (path) =>
      writeAside(path, async (aside) => {
        await writeFile(aside, 'half');
        throw stop;
      }),
  },
  writeFileAsideSync: {
    write: async (path, content) => writeFileAsideSync(path, content),
    fail: async (path) =>
      writeFileAsideSync(path, (append) => {
        append(Buffer.from('half'));
        throw stop;
      }),
  },
  AsideFile: {
    async write(path, content) {
      const file = await AsideFile.create(path);
      await file.handle.appendFile(content);
      await file.finish();
    },
    async fail(path) {
      const file = await AsideFile.create(path);
      await file.handle.appendFile('half');
      await file.abandon();
      throw stop;
    },
  },
};

describe.each(Object.entries(ways))('%s', (_, { write, fail }) => {
  test('puts a file in its place, also in that of an old one', async () => {
    const path = join(folder, 'a.txt');
    await write(path, 'first');
    await write(path, 'second');
    expect(text(path)).toBe('second');
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  test('leaves the old file, and nothing else, where it fails', async () => {
    const path = join(folder, 'a.txt');
    await write(path, 'old');
    await expect(fail(path)).rejects.toBe(stop);
    expect(text(path)).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  test('says so where there is no such folder', async () => {
    await expect(write(join(folder, 'none', 'a.txt'), 'x')).rejects.toThrow('ENOENT');
  });
});

test('a folder takes its place whole, and not that of another', async () => {
  const path = join(folder, 'model');
  const make = (content: string) =>
    writeAside(path, async (aside) => {
      await mkdir(join(aside, 'deep'), { recursive: true });
      await writeFile(join(aside, 'deep', 'file'), content);
    });
  await make('first');
  expect(text(join(path, 'deep', 'file'))).toBe('first');
  await expect(make('second')).rejects.toThrow(/ENOTEMPTY|EEXIST/);
  expect(text(join(path, 'deep', 'file'))).toBe('first');
  expect(readdirSync(folder)).toEqual(['model']);
});

test('what was made elsewhere is put in place', async () => {
  writeFileSync(join(folder, 'made'), 'x');
  await putInPlace(join(folder, 'made'), join(folder, 'place'));
  expect(readdirSync(folder)).toEqual(['place']);
});

test('a mode is that of the file from its first byte', async () => {
  await writeFileAside(join(folder, 'secret'), 'x', 0o600);
  if (process.platform !== 'win32') expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
});

test('bytes are appended one after the other', () => {
  writeFileAsideSync(join(folder, 'b'), (append) => {
    append(Uint8Array.of(1, 2));
    append(Uint8Array.of(3));
  });
  expect([...readFileSync(join(folder, 'b'))]).toEqual([1, 2, 3]);
});

test('JSON: written indented, read again, null where there is none, refused where it is none', async () => {
  const path = join(folder, 'a.json');
  await writeJsonFile(path, { a: [1] });
  expect(text(path)).toBe('{\n  "a": [\n    1\n  ]\n}\n');
  expect(await readJsonFile(path)).toEqual({ a: [1] });
  expect(await readJsonFile(join(folder, 'none.json'))).toBeNull();
  mkdirSync(join(folder, 'is-folder'));
  await expect(readJsonFile(join(folder, 'is-folder'))).rejects.toThrow('EISDIR');
  writeFileSync(path, '{');
  await expect(readJsonFile(path)).rejects.toMatchObject({ code: 'DATA_CORRUPT' });
});
