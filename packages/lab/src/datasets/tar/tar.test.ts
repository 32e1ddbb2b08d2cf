import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePng } from '@semblance/face/image';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeRealData, realData } from '../../../../../test/support/real-data.ts';
import { openImages } from '../image-lists/index.ts';
import { readPersonSource } from '../person-sources/index.ts';
import { encodeTarHeader } from './tar-header.ts';
import { readTarMembers } from './tar-members.ts';
import { TarWriter } from './tar-writer.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'semblance-tar-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const long = `${'deep/'.repeat(30)}Özlem ${'x'.repeat(60)}.txt`;
const contents: Record<string, string> = {
  'a.txt': 'one',
  'empty.txt': '',
  'block.txt': 'b'.repeat(512),
  'dir/Ünï.txt': 'two',
  [`dir/${'n'.repeat(98)}.txt`]: 'longer than a name field',
  [long]: 'three',
};

/** What is not everywhere is not tested against: a BSD or busybox tar lacks these formats. */
const hasGnuTar = (() => {
  try {
    return execFileSync('tar', ['--version'], { encoding: 'utf8' }).includes('GNU tar');
  } catch {
    return false;
  }
})();

describe.skipIf(!hasGnuTar)('beside GNU tar', () => {
  test.each(['ustar', 'gnu', 'pax'])('its %s files are read', async (format) => {
    const dir = join(root, `in-${format}`);
    // ustar takes no last part beyond 100 bytes
    const isShort = (name: string) => name.split('/').at(-1)!.length < 100;
    const wanted = Object.entries(contents).filter(([name]) => format !== 'ustar' || isShort(name));
    for (const [name, text] of wanted) {
      await mkdir(join(dir, name, '..'), { recursive: true });
      await writeFile(join(dir, name), text);
    }
    execFileSync('tar', [`--format=${format}`, '-cf', join(root, `${format}.tar`), '-C', dir, '.']);
    const members = await readTarMembers(join(root, `${format}.tar`));
    const bytes = await readFile(join(root, `${format}.tar`));
    const found = members.map(({ name, start, sizeBytes }) => [
      name,
      bytes.toString('utf8', start, start + sizeBytes),
    ]);
    expect(found.sort()).toEqual(wanted.map(([name, text]) => [name, text]).sort());
  });

  test('it reads ours', async () => {
    const writer = await TarWriter.create(join(root, 'ours.tar'));
    for (const [name, text] of Object.entries(contents)) await writer.write(name, Buffer.from(text));
    await writer.finish();
    const out = join(root, 'out');
    await mkdir(out);
    execFileSync('tar', ['-xf', join(root, 'ours.tar'), '-C', out]);
    for (const [name, text] of Object.entries(contents))
      expect(await readFile(join(out, name), 'utf8')).toBe(text);
    const found = await readTarMembers(join(root, 'ours.tar'));
    expect(found.map(({ name }) => name)).toEqual(Object.keys(contents));
  });

  test('links and devices are refused', async () => {
    const dir = join(root, 'links');
    await mkdir(dir);
    await symlink('/etc/passwd', join(dir, 'photo.jpg'));
    execFileSync('tar', ['-cf', join(root, 'links.tar'), '-C', dir, '.']);
    await expect(readTarMembers(join(root, 'links.tar'))).rejects.toMatchObject({
      code: 'PATH_OUTSIDE_ROOT',
    });
  });
});

async function tarOf(name: string, files: Record<string, Uint8Array | string>): Promise<string> {
  const path = join(root, name);
  const writer = await TarWriter.create(path);
  for (const [member, content] of Object.entries(files)) await writer.write(member, Buffer.from(content));
  await writer.finish();
  return path;
}

test.each(['../evil.jpg', '/etc/evil.jpg', 'a/../../evil.jpg', 'C:\\evil.jpg', 'a\\..\\evil.jpg'])(
  'the name %s is refused',
  async (name) => {
    const path = await tarOf(`evil-${name.replace(/\W/g, '')}.tar`, { 'fine.jpg': 'x', [name]: 'x' });
    await expect(readTarMembers(path)).rejects.toMatchObject({ code: 'PATH_OUTSIDE_ROOT' });
  },
);

test('a file that is cut short or changed gives an error with a code', async () => {
  const path = await tarOf('cut.tar', { 'a.jpg': 'x'.repeat(600), 'b.jpg': 'y' });
  const whole = await readFile(path);
  whole[3] = 0x41;
  await writeFile(join(root, 'changed.tar'), whole);
  await expect(readTarMembers(join(root, 'changed.tar'))).rejects.toThrow(/checksum/);
  await truncate(path, 800);
  await expect(readTarMembers(path)).rejects.toMatchObject({ code: 'DATA_CORRUPT' });
  const claims = Buffer.concat([encodeTarHeader('pax', 2 ** 30, 'x'), new Uint8Array(1024)]);
  await writeFile(join(root, 'claims.tar'), claims);
  await expect(readTarMembers(join(root, 'claims.tar'))).rejects.toMatchObject({ code: 'DATA_CORRUPT' });
});

describe('people in a tar file', () => {
  const png = (): Promise<Uint8Array> => encodePng({ data: new Uint8Array(12), width: 2, height: 2 });

  test('are told by label.txt in the one folder at the top; numbers are sorted as numbers', async () => {
    const photo = await png();
    const path = await tarOf('labels.tar', {
      'set/label.txt': 'images/1.png\t10\nimages/2.png\t9\nimages/3.png\t10\n',
      'set/images/1.png': photo,
      'set/images/2.png': photo,
      'set/images/3.png': photo,
      'set/images/4.png': photo,
      'set/images/._4.png': photo,
    });
    const source = await readPersonSource(path);
    expect(source.people).toEqual(['9', '10']);
    expect([...source.labels]).toEqual([1, 0, 1]);
    expect(source.notes).toEqual(['1 photos are not in label.txt']);
  });

  test('or by a folder per person', async () => {
    const photo = await png();
    const source = await readPersonSource(
      await tarOf('folders.tar', { 'people/bert/1.png': photo, 'people/anna/1.png': photo }),
    );
    expect(source.people).toEqual(['anna', 'bert']);
    expect([...source.labels]).toEqual([1, 0]);
  });

  test('what cannot be told is refused', async () => {
    const photo = await png();
    const codeOf = async (files: Record<string, Uint8Array | string>): Promise<unknown> =>
      readPersonSource(await tarOf(`wrong-${Math.random()}.tar`, files)).then(
        () => null,
        (error) => error.code,
      );
    expect(await codeOf({ '1.png': photo })).toBe('DATA_INVALID');
    expect(await codeOf({ 'a.txt': 'x' })).toBe('DATA_EMPTY');
    expect(await codeOf({ 'label.txt': 'gone.png\t1\n', '1.png': photo })).toBe('DATA_INVALID');
    expect(await codeOf({ 'label.txt': '1.png\t1\n1.png\t2\n', '1.png': photo })).toBe('DATA_INVALID');
    expect(await codeOf({ 'label.txt': '1.png\n', '1.png': photo })).toBe('DATA_INVALID');
  });
});

describeRealData('a set of ten photos as found', () => {
  test('has ten people with a photo each', async () => {
    const source = await readPersonSource(realData('formats', 'small_dataset.tar'));
    expect(source.people).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect([...source.labels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(source.notes).toEqual([]);
    const images = openImages(source.images);
    expect((await images.read(0)).length).toBe(9734); // as tar -tv says of images/00000001.jpg
    await images.close();
  });
});
