import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePng } from '@semblance/face/image';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openImages } from '../image-lists/index.ts';
import type { PersonSourceKindName } from '../person-source.ts';
import { describePersonSource } from '../person-source-suite.ts';
import { packImageRecord } from '../recordio/image-record.ts';
import { RecordWriter } from '../recordio/record-writer.ts';
import { personSourceKinds, readPersonSource } from './index.ts';

for (const kind of Object.keys(personSourceKinds)) describePersonSource(kind as PersonSourceKindName);

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'semblance-rec-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

type Rec = [key: number, flag: number, labels: number[], picture?: Uint8Array];

async function recordSet(name: string, records: Rec[], property?: string): Promise<string> {
  const dir = join(root, name);
  const writer = await RecordWriter.create(join(dir, 'train.rec'), join(dir, 'train.idx'));
  for (const [key, flag, labels, picture] of records)
    await writer.write(key, packImageRecord({ flag, labels, id: BigInt(key), id2: 0n }, picture));
  await writer.finish();
  if (property !== undefined) await writeFile(join(dir, 'property'), property);
  return dir;
}

const png = (value: number): Promise<Uint8Array> =>
  encodePng({ data: new Uint8Array(12).fill(value), width: 2, height: 2 });

test('insightface’s layout: record 0, images with one or more labels, people with the ranges of their images', async () => {
  const picture = await png(1);
  const dir = await recordSet(
    'faces',
    [
      [0, 2, [5, 8]],
      [1, 0, [7], picture],
      [2, 0, [7], picture],
      [3, 2, [3, 0.5], picture], // label and a second number
      [4, 0, [9], picture],
      [5, 2, [1, 3]],
      [6, 2, [3, 4]],
      [7, 2, [4, 5]],
    ],
    '3,112,112',
  );
  const source = await readPersonSource(dir);
  expect(source.people).toEqual(['3', '7', '9']);
  expect([...source.labels]).toEqual([1, 1, 0, 2]);
  expect(source.notes).toEqual([]);
  const images = openImages(source.images);
  expect(images.name(2)).toBe('00000003');
  expect(Buffer.from(await images.read(2)).equals(Buffer.from(picture))).toBe(true);
  await images.close();
});

test('without that record every key is an image', async () => {
  const picture = await png(2);
  const dir = await recordSet('plain', [
    [0, 0, [1], picture],
    [5, 0, [0], picture],
    [9, 0, [1], picture],
  ]);
  const source = await readPersonSource(join(dir, 'train.rec'));
  expect([...source.labels]).toEqual([1, 0, 1]);
  expect(source.people).toEqual(['0', '1']);
});

test('a set whose people point at images that are not there is corrupt; property is only noted', async () => {
  const picture = await png(3);
  const wrong = await recordSet('wrong', [
    [0, 2, [2, 3]],
    [1, 0, [0], picture],
    [2, 2, [1, 7]],
  ]);
  await expect(readPersonSource(wrong)).rejects.toMatchObject({ code: 'DATA_CORRUPT' });
  const missing = await recordSet('missing', [
    [0, 2, [2, 4]],
    [1, 0, [0], picture],
    [2, 2, [1, 2]],
  ]);
  await expect(readPersonSource(missing)).rejects.toThrow('person record 3 is missing');
  const odd = await recordSet('odd', [[0, 0, [0], picture]], '12,112,112');
  expect((await readPersonSource(odd)).notes).toEqual(['property says 12 people, the records show 1']);
});

test('names that are not one for each person are refused, since nobody could be told by them', async () => {
  const records: Rec[] = [
    [0, 0, [0], await png(5)],
    [1, 0, [1], await png(6)],
  ];
  const dir = await recordSet('named', records);
  await writeFile(join(dir, 'people.txt'), 'Anna\nBert\n');
  expect((await readPersonSource(dir)).people).toEqual(['Anna', 'Bert']);
  for (const names of ['Anna\nLee\nBert\n', 'Anna\n', '']) {
    await writeFile(join(dir, 'people.txt'), names);
    await expect(readPersonSource(dir), names).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringContaining('for 2 people'),
    });
  }
  await writeFile(join(dir, 'people.txt'), '"Anna\\nLee"\nBert\n');
  expect((await readPersonSource(dir)).people).toEqual(['Anna\nLee', 'Bert']);
});

test('names that would leave the folder are refused', async () => {
  await mkdir(join(root, 'evil'), { recursive: true });
  const dir = await recordSet('evil', [[0, 0, [0], await png(4)]]);
  await writeFile(join(dir, 'people.txt'), '../../etc\n');
  const source = await readPersonSource(dir);
  await expect(personSourceKinds.folder.write(source, join(root, 'out'), {})).rejects.toMatchObject({
    code: 'PATH_OUTSIDE_ROOT',
  });
});
