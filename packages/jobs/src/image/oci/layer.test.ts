import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashFile } from '@semblance/core/files';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderEntries, writeLayer } from './layer.ts';
import { ImageLayout } from './layout.ts';
import type { Layer } from './media.ts';

let dir: string;
let layout: ImageLayout;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'layer-'));
  layout = await ImageLayout.open(join(dir, 'layout'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** What tar says of a layer: mode, owner, size, date, name. */
function listing({ descriptor }: Layer): string[] {
  const args = ['-tzvf', layout.blobPath(descriptor.digest), '--numeric-owner', '--full-time', '--utc'];
  const out = execFileSync('tar', args, { encoding: 'utf8' });
  return out
    .trim()
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' '));
}

/** A folder that was made in some order, at some time. */
function makeFolder(name: string, names: readonly string[], seconds: number): string {
  const root = join(dir, name);
  mkdirSync(join(root, 'b'), { recursive: true });
  for (const each of names) {
    writeFileSync(join(root, each), `content of ${each}`);
    utimesSync(join(root, each), seconds, seconds);
  }
  symlinkSync('a', join(root, 'link'));
  chmodSync(join(root, 'b/run'), 0o755);
  return root;
}

test('a layer is what is in it: order, dates and owners of this machine leave no trace', async () => {
  const names = ['a', 'b/run', 'Z', 'é', `b/${'long'.repeat(40)}`];
  const first = makeFolder('one', names, 1e9);
  const second = makeFolder('two', names.toReversed(), 1.5e9);
  const one = await writeLayer(layout, await folderEntries(first, '/opt/x', { uid: 1000 }), 'x');
  const two = await writeLayer(
    layout,
    (await folderEntries(second, '/opt/x', { uid: 1000 })).toReversed(),
    'x',
  );
  expect(two).toEqual(one);
  expect(one.descriptor.digest).toBe(`sha256:${await hashFile(layout.blobPath(one.descriptor.digest))}`);
  const lines = listing(one);
  expect(lines.slice(0, 5)).toEqual([
    'drwxr-xr-x 0/0 0 1970-01-01 00:00:00 opt/',
    'drwxr-xr-x 0/0 0 1970-01-01 00:00:00 opt/x/',
    '-rw-r--r-- 1000/1000 12 1970-01-01 00:00:00 opt/x/Z',
    '-rw-r--r-- 1000/1000 12 1970-01-01 00:00:00 opt/x/a',
    'drwxr-xr-x 1000/1000 0 1970-01-01 00:00:00 opt/x/b/',
  ]);
  expect(lines).toContain('-rwxr-xr-x 1000/1000 16 1970-01-01 00:00:00 opt/x/b/run');
  expect(lines).toContain('lrwxrwxrwx 1000/1000 0 1970-01-01 00:00:00 opt/x/link -> a');
});

test('what differs makes another layer', async () => {
  const of = (content: string, mode = 0o644) =>
    writeLayer(layout, [{ path: '/a', from: { content }, mode }], 'x').then(({ diffId }) => diffId);
  expect(new Set([await of('one'), await of('two'), await of('one', 0o755)]).size).toBe(3);
  expect(await of('one')).toBe(await of('one'));
});

test('a pipe in a folder is refused by its name', async () => {
  execFileSync('mkfifo', [join(dir, 'pipe')]);
  await expect(folderEntries(dir, '/x')).rejects.toMatchObject({ code: 'DATA_INVALID', message: /pipe/ });
});

test('a layout keeps names, and tells a damaged blob', async () => {
  const one = await layout.put('one', 'text/plain');
  const two = await layout.put('two', 'text/plain');
  await Promise.all([layout.tag('a:1', one), layout.tag('b:1', two), layout.tag('c:1', one)]);
  await layout.tag('a:1', two);
  const images = await (await ImageLayout.open(layout.dir)).images();
  expect([...images].map(([name, { digest }]) => [name, digest])).toEqual([
    ['a:1', two.digest],
    ['b:1', two.digest],
    ['c:1', one.digest],
  ]);
  writeFileSync(layout.blobPath(one.digest), 'eno');
  await expect(layout.read(one)).rejects.toMatchObject({ code: 'OCI_CORRUPT' });
  await expect(layout.verify(one)).rejects.toMatchObject({ code: 'OCI_CORRUPT' });
  expect(() => ImageLayout.existing(dir)).toThrow(/is not an OCI image layout/);
});
