import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashBytes } from '@semblance/core/files';
import { decodeImage, encodeJpeg, encodePng } from '@semblance/face/image';
import { cleanReport, findProblems, histogram, histogramLines, spread } from '@semblance/lab/curate';
import { openImages, readPersonSource } from '@semblance/lab/datasets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { record } from '../testing/recorder.ts';

let root: string;
const people = (...parts: string[]): string => join(root, 'people', ...parts);

/** A crop of blobs whose places follow from the seed: different seeds look different, also to a difference hash. */
function picture(seed: number, size = 32) {
  const data = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const value =
        128 +
        100 * Math.sin(((seed % 7) + 1) * 0.21 * x + seed) * Math.cos(((seed % 5) + 1) * 0.23 * y + 2 * seed);
      data.fill(value, (y * size + x) * 3, (y * size + x) * 3 + 3);
    }
  }
  return { data, width: size, height: size };
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'semblance-data-'));
  for (const [p, name] of ['anna', 'bert', 'carl'].entries()) {
    await mkdir(people(name), { recursive: true });
    for (let n = 0; n < 3; n++)
      await writeFile(people(name, `${n}.png`), await encodePng(picture(10 * p + n)));
  }
  await copyFile(people('anna', '0.png'), people('anna', '9.png'));
  await writeFile(people('carl', 'broken.png'), 'no picture');
}, 60_000);
afterAll(() => rm(root, { recursive: true, force: true }));

describe('data inspect', () => {
  test('counts people and photos, and names what cannot be read', async () => {
    const { code, out, err } = await record('data', 'inspect', people());
    expect(code).toBe(3);
    expect(out.join('\n')).toContain('photos              11');
    expect(out.join('\n')).toContain('11 (1 unreadable, 1 identical to another)');
    expect(out.join('\n')).toMatch(/2–4 {2}█+ 3/);
    expect(err).toContainEqual(`unreadable ${people('carl', 'broken.png')}: IMAGE_NOT_AN_IMAGE`);
  }, 60_000);

  test('gives the same facts as JSON; a sample decodes fewer', async () => {
    const { code, out } = await record('data', 'inspect', people(), '--sample', '4', '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(out[0]!)).toMatchObject({
      task: 'people',
      facts: { people: 3, photos: 11 },
      photos: { checked: 4, formats: { png: 4 }, sizes: [{ size: '32×32', photos: 4 }] },
    });
  }, 60_000);

  test('knows lists of pairs and detection labels', async () => {
    await writeFile(join(root, 'pairs.txt'), 'anna/0.png,anna/1.png,1\nanna/0.png,bert/1.png,0\n');
    await mkdir(join(root, 'faces', 'images'), { recursive: true });
    await copyFile(people('anna', '0.png'), join(root, 'faces', 'images', 'a.png'));
    await writeFile(join(root, 'faces', 'label.txt'), '# a.png\n1 2 9 12\n3 3 20 20\n# gone.png\n');
    const pairs = JSON.parse(
      (await record('data', 'inspect', join(root, 'pairs.txt'), '--format=json')).out[0]!,
    );
    expect(pairs).toMatchObject({ task: 'pairs', facts: { pairs: 2, 'of one person': 1, photos: 3 } });
    const faces = await record('data', 'inspect', join(root, 'faces'), '--format=json');
    expect(faces.code).toBe(3);
    expect(JSON.parse(faces.out[0]!)).toMatchObject({
      task: 'detection',
      facts: { photos: 2, faces: 2, 'without a face': 1 },
      photos: { unreadable: [{ photo: 'gone.png', code: 'PATH_NOT_FOUND' }] },
    });
  }, 60_000);
});

describe('data convert', () => {
  const bytesOf = async (path: string): Promise<string[]> => {
    const source = await readPersonSource(path);
    const images = openImages(source.images);
    const all = await Promise.all(
      Array.from(
        source.labels,
        async (label, i) => `${source.people[label]} ${hashBytes(await images.read(i))}`,
      ),
    );
    await images.close();
    return all.sort();
  };

  test('goes from each format to the others and back, bit for bit', async () => {
    const convert = (data: string, to: string, out: string) =>
      record('data', 'convert', '--data', data, '--to', to, '--out', out);
    const [rec, tar, back] = [join(root, 'rec'), join(root, 'people.tar'), join(root, 'back')];
    expect(await convert(people(), 'recordio', rec)).toMatchObject({ code: 0, out: [rec] });
    expect(await convert(rec, 'tar', tar)).toMatchObject({ code: 0, out: [tar] });
    expect(await convert(tar, 'folder', back)).toMatchObject({ code: 0, out: [back] });
    expect(await bytesOf(back)).toEqual(await bytesOf(people()));
    expect(await convert(people(), 'folder', back)).toMatchObject({
      code: 2,
      err: [expect.stringContaining('PATH_EXISTS')],
    });
    expect(await convert(join(root, 'pairs.txt'), 'tar', join(root, 'x.tar'))).toMatchObject({ code: 2 });
  }, 60_000);

  test('detection labels become those of another format; people do not', async () => {
    await mkdir(join(root, 'scenes', 'images'), { recursive: true });
    await copyFile(people('anna', '0.png'), join(root, 'scenes', 'images', 'a.png'));
    await writeFile(join(root, 'scenes', 'label.txt'), '# a.png\n1 2 9 12\n');
    const out = join(root, 'coco');
    const convert = (data: string) => record('data', 'convert', '--data', data, '--to', 'coco', '--out', out);
    expect(await convert(join(root, 'scenes'))).toMatchObject({ code: 0, out: [out] });
    const coco = JSON.parse(await readFile(join(out, 'annotations.json'), 'utf8'));
    expect(coco.images).toEqual([{ id: 1, file_name: 'a.png', width: 32, height: 32 }]);
    expect(coco.annotations).toMatchObject([{ image_id: 1, bbox: [1, 2, 9, 12], num_keypoints: 0 }]);
    expect(await convert(people())).toMatchObject({
      code: 2,
      err: [expect.stringContaining('USAGE_INVALID_VALUE'), expect.anything()],
    });
  }, 60_000);

  test('unpacks a verification set', async () => {
    const [a, b] = await Promise.all([encodeJpeg(picture(1)), encodeJpeg(picture(2))]);
    const bytes = (photo: Uint8Array): Buffer => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(photo.length);
      return Buffer.concat([Buffer.from('B'), length, photo]);
    };
    const pickle = [
      Buffer.from('\x80\x03](', 'latin1'),
      bytes(a),
      bytes(b),
      Buffer.from('e](\x89e\x86.', 'latin1'),
    ];
    await writeFile(join(root, 'set.bin'), Buffer.concat(pickle));
    const out = join(root, 'unpacked');
    expect(await record('data', 'convert', '--data', join(root, 'set.bin'), '--out', out)).toMatchObject({
      code: 0,
    });
    expect((await readdir(out)).sort()).toEqual(['00000a.jpg', '00000b.jpg', 'pairs.txt']);
    expect(await readFile(join(out, 'pairs.txt'), 'utf8')).toBe('00000a.jpg\t00000b.jpg\t0\n');
    expect(Buffer.from(b).equals(await readFile(join(out, '00000b.jpg')))).toBe(true);
  }, 60_000);
});

test('data clean finds the same picture again, also re-encoded, but not pictures that are only alike to the network', async () => {
  await rm(people('carl', 'broken.png'));
  await writeFile(
    people('bert', 'again.jpg'),
    await encodeJpeg(await decodeImage(people('anna', '1.png')), { quality: 60 }),
  );
  const source = await readPersonSource(people());
  const images = openImages(source.images);
  // to this network all photos of a person are one and the same, and so is the copy
  const axis = (k: number): Float32Array => Float32Array.from({ length: 3 }, (_, i) => Number(i === k));
  const isCopy = (i: number): boolean => images.name(i) === 'bert/again.jpg';
  const vectors = new Map(Array.from(source.labels, (label, i) => [i, axis(isCopy(i) ? 0 : label)]));
  const result = await findProblems(source, images, vectors, []);
  expect(
    result.duplicates.map((group) => group.map(({ photo, isSamePerson }) => [photo, isSamePerson])),
  ).toEqual([
    [
      ['anna/0.png', true],
      ['anna/9.png', true],
    ],
    [
      ['anna/1.png', true],
      ['bert/again.jpg', false],
    ],
  ]);
  expect(result.mislabels).toMatchObject([{ photo: 'bert/again.jpg', person: 'bert', other: 'anna' }]);
  const html = await cleanReport(result, images, 'A & B');
  expect(html).toContain('A &amp; B');
  expect(html.match(/<img src="data:image\/jpeg;base64,/g)!.length).toBe(5);
  await images.close();
}, 60_000);

test('histograms and samples', () => {
  expect(histogram([0, 1, 3, 9, 9, 500], [1, 2, 5, 10])).toEqual([
    { range: '1', count: 1 },
    { range: '2–4', count: 1 },
    { range: '5–9', count: 2 },
    { range: '10+', count: 1 },
  ]);
  expect(histogramLines(histogram([3, 9], [1, 2, 5, 10]))).toEqual([
    `  2–4  ${'█'.repeat(30)} 1`,
    `  5–9  ${'█'.repeat(30)} 1`,
  ]);
  expect(spread(10, 4)).toEqual([0, 2, 5, 7]);
  expect(spread(2, 4)).toEqual([0, 1]);
});
