import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mergeLayer } from './merge.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'merge-'));
  for (const name of ['root', 'layer', 'machine']) mkdirSync(join(dir, name));
});
afterEach(() => rmSync(dir, { recursive: true }));

function put(path: string, content = path): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), content);
}
const merge = () => mergeLayer(join(dir, 'layer'), join(dir, 'root'));
const text = (path: string): string => readFileSync(join(dir, path), 'utf8');

test('a layer replaces, adds and takes away', async () => {
  for (const name of ['a', 'b', 'folder/c', 'gone/d', 'emptied/e', 'file']) put(`root/${name}`);
  for (const name of [
    'a',
    'folder/new',
    '.wh.b',
    '.wh.gone',
    'emptied/.wh..wh..opq',
    'emptied/f',
    'file/now-a-folder',
  ])
    put(`layer/${name}`);
  await merge();
  const all = readdirSync(join(dir, 'root'), { recursive: true }).sort();
  expect(all).toEqual([
    ...['a', 'emptied', 'emptied/f', 'file', 'file/now-a-folder', 'folder', 'folder/c', 'folder/new'],
  ]);
  expect(text('root/a')).toBe('layer/a');
});

test('a folder that is a link in the root goes where the link leads, inside the root', async () => {
  put('root/usr/bin/old');
  symlinkSync('usr/bin', join(dir, 'root/bin'));
  symlinkSync('/usr/bin', join(dir, 'root/absolute'));
  symlinkSync('../../../../usr', join(dir, 'root/above'));
  put('layer/bin/one');
  put('layer/absolute/two');
  put('layer/above/bin/three');
  await merge();
  expect(readdirSync(join(dir, 'root/usr/bin')).sort()).toEqual(['old', 'one', 'three', 'two']);
});

test('no chain of links leads a layer out of the root', async () => {
  // foo is a folder of this machine, and x a way through it
  symlinkSync(join(dir, 'machine'), join(dir, 'root/foo'));
  mkdirSync(join(dir, 'machine/cron.d'));
  symlinkSync('/foo/cron.d', join(dir, 'root/x'));
  put('layer/x/evil');
  put('layer/foo/evil');
  await merge();
  expect(existsSync(join(dir, 'machine/evil'))).toBe(false);
  expect(readdirSync(join(dir, 'machine/cron.d'))).toEqual([]);
  expect(text('root/x/evil')).toBe('layer/x/evil');
});

test('links in a circle are told', async () => {
  symlinkSync('b', join(dir, 'root/a'));
  symlinkSync('a', join(dir, 'root/b'));
  put('layer/a/file');
  await expect(merge()).rejects.toMatchObject({ code: 'OCI_CORRUPT', message: /circle at \/a/ });
});
