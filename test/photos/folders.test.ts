import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listPhotos } from '@semblance/core/files';
import { decodeImage } from '@semblance/face/image';
import { eachPhoto } from '@semblance/face/pipeline';
import { readPersonFolders } from '@semblance/lab/datasets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOpenToOthers } from '../support/others.ts';
import { bytesOf, raw } from './pictures.ts';

let root = '';
let png: Uint8Array = new Uint8Array();
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'folders-'));
  png = await bytesOf(raw().png());
});
afterAll(() => rm(root, { recursive: true }));

async function tree(name: string, files: Record<string, Uint8Array | string>): Promise<string> {
  for (const [file, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name, file)), { recursive: true });
    await writeFile(join(root, name, file), content);
  }
  return join(root, name);
}

test('photos are found by name, or by content without an extension; systems’ files are left out and counted', async () => {
  const dir = await tree('names', {
    ...{ 'a.jfif': png, 'b.heif': png, 'c.JPG': png, IMG_1: png, 'Anna M. Smith': png, 'photo.2024': png },
    ...{ 'raw.CR2': png, notes: 'no photo', 'notes.txt': png, 'list.csv': '' },
    ...{
      '.hidden.jpg': png,
      '@eaDir/a.jfif': png,
      'Thumbs.db': png,
      '__MACOSX/._a.jpg': png,
      '.DS_Store': '',
    },
  });
  const { images, leftOut } = await listPhotos(dir);
  expect(images.map(({ name }) => name)).toEqual([
    ...['Anna M. Smith', 'IMG_1', 'a.jfif', 'b.heif', 'c.JPG', 'photo.2024', 'raw.CR2'],
  ]);
  expect(leftOut).toEqual({ system: 5, others: 3 });
});

test('content tells the kind, whatever the extension', async () => {
  const dir = await tree('extensions', { 'png.jpg': png, 'text.jpg': 'Dear Anna, these are the photos.' });
  expect((await decodeImage(join(dir, 'png.jpg'))).width).toBe(48);
  await expect(decodeImage(join(dir, 'text.jpg'))).rejects.toMatchObject({ code: 'IMAGE_NOT_AN_IMAGE' });
});

/** Paths with an ö of Latin-1, a byte that is no UTF-8. */
const latin1 = (...parts: string[]): Buffer => Buffer.from(parts.join('/'), 'latin1');

test('a huge file and names that are no UTF-8 are refused, the rest goes on', async () => {
  const dir = await tree('odd', { 'z.png': png });
  const huge = await open(join(dir, 'huge.jpg'), 'w');
  await huge.truncate(2 ** 31); // takes no room
  await huge.close();
  await mkdir(latin1(dir, 'J\xf6rg'));
  await writeFile(latin1(dir, 'J\xf6rg', '1.png'), png);
  await writeFile(latin1(dir, 'caf\xe9.png'), png);

  const { images } = await listPhotos(dir);
  const outcomes: string[] = [];
  for await (const { name, error } of eachPhoto(images, async (picture) => picture.width))
    outcomes.push(
      `${name}: ${error ? `${error.code} ${/rename it/.exec(error.message) ?? ''}`.trim() : 'read'}`,
    );
  expect(outcomes).toEqual([
    'J\ufffdrg: PATH_NOT_FOUND rename it',
    'caf\ufffd.png: PATH_NOT_FOUND rename it',
    'huge.jpg: IMAGE_TOO_LARGE',
    'z.png: read',
  ]);
});

test('people whose folders cannot be read and photos beside the folders are named', async () => {
  const dir = await tree('people', { 'ann/1': png, 'beside.png': png, 'empty/notes.txt': '' });
  await mkdir(latin1(dir, 'J\xf6rg'));
  await writeFile(latin1(dir, 'J\xf6rg', '1.png'), png);
  const read = await readPersonFolders(dir);
  expect(read.people.map(({ name, images }) => [name, images.length])).toEqual([['ann', 1]]);
  expect(read.unreadable.map(({ name, error }) => [name, error.code])).toEqual([
    ['J\ufffdrg', 'PATH_NOT_FOUND'],
  ]);
  expect(read.loosePhotos).toEqual(['beside.png']);
  expect(read.emptyFolders).toEqual(['empty']);
});

// below /root, where nobody else may run it, there is nobody without permission
test.skipIf(process.getuid?.() === 0 && !isOpenToOthers(import.meta.dirname))(
  'a folder without permission is listed, and refused when it is read',
  async () => {
    const dir = await tree('closed', { 'z.png': png, 'shut/a.png': png });
    await chmod(join(dir, 'shut'), 0);
    await chmod(root, 0o755);
    const core = new URL('../../packages/core/src/files/list-images.ts', import.meta.url).href;
    const face = new URL('../../packages/face/src/image/image-file.ts', import.meta.url).href;
    const program = `
    const { listImages } = await import(${JSON.stringify(core)});
    const { readImageFile } = await import(${JSON.stringify(face)});
    for (const { name, path } of await listImages(${JSON.stringify(dir)}))
      console.log(name, await readImageFile(path).then(() => 'read', ({ code, message }) => code + ' ' + /no permission/.exec(message)));`;
    // who is root may read everything
    const somebody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      ...{ encoding: 'utf8', cwd: root, ...somebody },
    });
    await chmod(join(dir, 'shut'), 0o755);
    expect(output.trim().split('\n')).toEqual(['shut IMAGE_UNREADABLE no permission', 'z.png read']);
  },
);
