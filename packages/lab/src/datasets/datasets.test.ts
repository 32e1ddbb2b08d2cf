import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fingerprintFiles, hashBytes, listImages } from '@semblance/core/files';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSemblanceError } from '../error.ts';
import {
  parsePairs,
  parseRetinafaceLabels,
  parseScrfdLabels,
  parseWiderLabels,
  readDetectionLabels,
  readPersonFolders,
} from './index.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'semblance-datasets-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function tree(name: string, files: Record<string, string>): Promise<string> {
  const dir = join(root, name);
  await mkdir(dir, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  }
  return dir;
}

const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  return isSemblanceError(error) ? error.code : `not a SemblanceError: ${error}`;
};

describe('listImages', () => {
  test('lists photos below a folder in one order, without hidden and other files', async () => {
    const dir = await tree('list', {
      'b.JPG': '',
      'a/z.png': '',
      'a/.hidden.jpg': '',
      '.trash/c.jpg': '',
      'notes.txt': '',
      'Z.jpeg': '',
    });
    await symlink(dir, join(dir, 'a', 'loop')); // must not run in circles
    expect((await listImages(dir)).map(({ name }) => name)).toEqual(['Z.jpeg', 'a/z.png', 'b.JPG']);
  });

  test('a file that is named is taken whatever it is called', async () => {
    const dir = await tree('single', { 'photo.bin': '' });
    expect(await listImages(join(dir, 'photo.bin'))).toEqual([
      { path: join(dir, 'photo.bin'), name: 'photo.bin' },
    ]);
  });

  test('missing and empty places have codes', async () => {
    expect(await codeOf(listImages(join(root, 'nowhere')))).toBe('PATH_NOT_FOUND');
    expect(await codeOf(listImages(await tree('empty', { 'a.txt': '' })))).toBe('DATA_EMPTY');
  });
});

describe('readPersonFolders', () => {
  test('labels follow the sorted order of the folders that hold photos', async () => {
    const dir = await tree('people', {
      'carl/1.jpg': '',
      'anna/2.jpg': '',
      'anna/deep/1.jpg': '',
      'bert/readme.txt': '',
      '.git/x.jpg': '',
      'loose.txt': '',
    });
    const { people, numImages, emptyFolders } = await readPersonFolders(dir);
    expect(people.map(({ name, label }) => [name, label])).toEqual([
      ['anna', 0],
      ['carl', 1],
    ]);
    expect(people[0]!.images.map(({ name }) => name)).toEqual(['2.jpg', 'deep/1.jpg']);
    expect(numImages).toBe(3);
    expect(emptyFolders).toEqual(['bert']);
  });

  test('says what is wrong with a folder of another layout', async () => {
    expect(await codeOf(readPersonFolders(join(root, 'nobody')))).toBe('PATH_NOT_FOUND');
    expect(await codeOf(readPersonFolders(await tree('flat', { 'a.jpg': '', 'b.jpg': '' })))).toBe(
      'DATA_INVALID',
    );
    expect(await codeOf(readPersonFolders(await tree('bare', {})))).toBe('DATA_EMPTY');
    expect(await codeOf(readPersonFolders(await tree('hollow', { 'a/x.txt': '' })))).toBe('DATA_EMPTY');
    const dir = await tree('file', { 'a.txt': '' });
    expect(await codeOf(readPersonFolders(join(dir, 'a.txt')))).toBe('DATA_INVALID');
  });
});

describe('fingerprintFiles', () => {
  test('depends on names and content, not on place or order', async () => {
    const dir = await tree('print', { a: 'one', b: 'two', c: 'one' });
    const file = (name: string, of = name) => ({ name, path: join(dir, of) });
    const reference = await fingerprintFiles([file('a'), file('b')]);
    expect(await fingerprintFiles([file('b'), file('a', 'c')])).toBe(reference);
    expect(await fingerprintFiles([file('a', 'b'), file('b', 'a')])).not.toBe(reference);
    const lines = `a\0${hashBytes('one')}\nb\0${hashBytes('two')}\n`;
    expect(reference).toBe(hashBytes(lines));
  });
});

describe('parsePairs', () => {
  test('reads the layout of LFW', () => {
    const text = '2\t1\nAnna_B\t1\t12\nAnna_B\t2\tCarl\t3\nDora\t1\t2\nDora\t4\tEmil\t5\n';
    expect(parsePairs(text)).toEqual({
      numFolds: 2,
      pairs: [
        { first: 'Anna_B/Anna_B_0001.jpg', second: 'Anna_B/Anna_B_0012.jpg', same: true },
        { first: 'Anna_B/Anna_B_0002.jpg', second: 'Carl/Carl_0003.jpg', same: false },
        { first: 'Dora/Dora_0001.jpg', second: 'Dora/Dora_0002.jpg', same: true },
        { first: 'Dora/Dora_0004.jpg', second: 'Emil/Emil_0005.jpg', same: false },
      ],
    });
  });

  test('reads plain lists of paths', () => {
    expect(parsePairs('x/1.jpg, y/2.jpg, 0\nx/1.jpg, x/3.jpg, 1\n')).toEqual({
      numFolds: 1,
      pairs: [
        { first: 'x/1.jpg', second: 'y/2.jpg', same: false },
        { first: 'x/1.jpg', second: 'x/3.jpg', same: true },
      ],
    });
  });

  test('refuses broken lines and short files', () => {
    expect(() => parsePairs('1\t1\nAnna\t1\t2\n')).toThrow('expected 2 pairs but found 1');
    expect(() => parsePairs('1\t1\nAnna\t1\n', 'p.txt')).toThrow('p.txt:2');
    expect(() => parsePairs('\n')).toThrow('no pairs');
  });
});

describe('detection labels', () => {
  test('RetinaFace: boxes from x y w h, landmarks or none, images without faces', () => {
    const text = [
      '# a/one.jpg',
      '10 20 30 40 1.5 2 0 3 4 0 5 6 0 7 8 0 9 10 0 0.5',
      `1 2 3 4 ${Array(15).fill('-1.0').join(' ')} 0.1`,
      '5 5 0 9',
      '# none.jpg',
      '# val.jpg',
      '1 2 3 4',
    ].join('\n');
    const [one, none, val] = parseRetinafaceLabels(text);
    expect(one!.faces).toEqual([
      {
        box: [10, 20, 40, 60],
        landmarks: [
          [1.5, 2],
          [3, 4],
          [5, 6],
          [7, 8],
          [9, 10],
        ],
        invalid: false,
        attributes: { blur: 0.5 },
      },
      { box: [1, 2, 4, 6], landmarks: null, invalid: false, attributes: { blur: 0.1 } },
    ]);
    expect(none).toEqual({ name: 'none.jpg', faces: [] });
    expect(val!.faces[0]!.box).toEqual([1, 2, 4, 6]);
    expect(() => parseRetinafaceLabels('1 2 3 4', 'l.txt')).toThrow('l.txt:1');
    expect(() => parseRetinafaceLabels('# a.jpg\n1 2 x 4', 'l.txt')).toThrow('l.txt:2');
  });

  test('WIDER: count 0 with and without its row of zeros', () => {
    const text = [
      'e/one.jpg',
      '2',
      '1 2 3 4 0 0 0 1 2 0 ',
      '5 6 0 8 0 0 0 0 0 0',
      'e/zeros.jpg',
      '0',
      '0 0 0 0 0 0 0 0 0 0 ',
      'e/bare.jpg',
      '0',
      'e/last.jpg',
      '1',
      '7 8 9 10 1 0 0 0 0 1',
      '',
    ].join('\n');
    const images = parseWiderLabels(text);
    expect(images.map(({ name, faces }) => [name, faces.length])).toEqual([
      ['e/one.jpg', 1],
      ['e/zeros.jpg', 0],
      ['e/bare.jpg', 0],
      ['e/last.jpg', 1],
    ]);
    expect(images[0]!.faces[0]).toMatchObject({ box: [1, 2, 4, 6], invalid: true });
    expect(images[3]!.faces[0]!.attributes).toMatchObject({ blur: 1, pose: 1 });
    expect(() => parseWiderLabels('a.jpg\nmany\n', 'w.txt')).toThrow('w.txt:2');
  });

  test('SCRFD: corner boxes, size in the header', () => {
    const images = parseScrfdLabels('# some words first\n# e/a b.jpg 640 480\n1 2 3 4\n# c.jpg 10 10\n');
    expect(images).toEqual([
      { name: 'e/a b.jpg', faces: [{ box: [1, 2, 3, 4], landmarks: null, invalid: false }] },
      { name: 'c.jpg', faces: [] },
    ]);
  });

  test('the layout is told by the content, the photos lie in images/', async () => {
    const dir = await tree('labels', { 'label.txt': '# a.jpg\n1 2 3 4\n', 'images/a.jpg': '' });
    const [image] = await readDetectionLabels(dir);
    expect(image).toMatchObject({ path: join(dir, 'images', 'a.jpg'), faces: [{ box: [1, 2, 4, 6] }] });

    const scrfd = await tree('labels2', { 'any.txt': '# comment\n# a.jpg 9 9\n1 2 3 4\n' });
    expect((await readDetectionLabels(join(scrfd, 'any.txt')))[0]!.faces[0]!.box).toEqual([1, 2, 3, 4]);

    const wider = await tree('labels3', { 'x_bbx_gt.txt': 'a.jpg\n1\n1 2 3 4 0 0 0 0 0 0\n' });
    expect((await readDetectionLabels(wider))[0]!.path).toBe(join(wider, 'a.jpg'));
    expect(await codeOf(readDetectionLabels(await tree('labels4', { 'a.txt': '' })))).toBe('DATA_EMPTY');
  });
});
