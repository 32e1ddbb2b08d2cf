import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readJsonFile } from '@semblance/core/files';
import { encodePng } from '@semblance/face/image';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAttributes } from '../evaluate/attributes.ts';
import { readTemplates } from '../evaluate/template-file.ts';
import { readDetectionLabels } from './detection-labels.ts';
import { readPairs } from './pairs.ts';
import { readPersonSource } from './person-sources/index.ts';
import { recogniseDataset } from './recognise.ts';
import { packImageRecord } from './recordio/image-record.ts';
import { RecordWriter } from './recordio/record-writer.ts';
import { TarWriter } from './tar/tar-writer.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'semblance-text-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** How editors and PowerShell write a text. */
const ways: Record<string, (text: string) => Uint8Array> = {
  'UTF-8': (text) => Buffer.from(text),
  'a byte-order mark': (text) => Buffer.from(`\uFEFF${text}`),
  'a mark and CRLF': (text) => Buffer.from(`\uFEFF${text.replaceAll('\n', '\r\n')}`),
  'UTF-16': (text) => Buffer.from(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'utf16le'),
};

interface Format {
  /** The text files of a set, by name. */
  files: Record<string, string>;
  /** What the set at a folder says; nothing in it depends on the folder. */
  read(dir: string): Promise<unknown>;
}

const detection = (file: string, text: string): Format => ({
  files: { [file]: text },
  read: async (dir) => [
    await recogniseDataset(join(dir, file)),
    (await readDetectionLabels(join(dir, file))).map(({ name, faces }) => ({ name, faces })),
  ],
});
const pairs = (text: string): Format => ({
  files: { 'pairs.txt': text },
  read: async (dir) => [
    await recogniseDataset(join(dir, 'pairs.txt')),
    await readPairs(join(dir, 'pairs.txt')),
  ],
});

const formats: Record<string, Format> = {
  RetinaFace: detection('label.txt', '# ä.jpg\n1 2 3 4\n# b.jpg\n'),
  SCRFD: detection('labelv2.txt', '# ä.jpg 9 9\n1 2 3 4\n# b.jpg 9 9\n'),
  WIDER: detection('x_bbx_gt.txt', 'ä.jpg\n1\n1 2 3 4 0 0 0 0 0 0\nb.jpg\n0\n0 0 0 0 0 0 0 0 0 0\n'),
  dlib: detection(
    'faces.xml',
    "<?xml version='1.0'?>\n<image file='ä.jpg'>\n<box top='1' left='2' width='3' height='4'/>\n</image>\n",
  ),
  COCO: detection(
    'annotations.json',
    '{"images": [{"id": 1,\n"file_name": "ä.jpg"}],\n"annotations": [{"image_id": 1, "bbox": [1, 2, 3, 4]}]}\n',
  ),
  LFW: pairs('1\t1\nÄnna\t1\t2\nÄnna\t1\tBert\t2\n'),
  'plain pairs': pairs('ä.jpg b.jpg 1\nä.jpg c.jpg 0\n'),
  CALFW: pairs('ä.jpg 1\nb.jpg 1\nä.jpg 0\nc.jpg 0\n'),
  CFP: {
    files: {
      'Protocol/Split/FP/01/same.txt': '1,1\n',
      'Protocol/Split/FP/01/diff.txt': '1,2\n',
      'Protocol/Pair_list_F.txt': '1 ../Data/ä.jpg\n',
      'Protocol/Pair_list_P.txt': '1 ../Data/b.jpg\n2 ../Data/c.jpg\n',
    },
    read: (dir) => readPairs(join(dir, 'Protocol', 'Split', 'FP')),
  },
  attributes: {
    files: { 'a.csv': 'name,age\n"ä,b",old\nc,"young\nor not"\n' },
    async read(dir) {
      const ages = await readAttributes(join(dir, 'a.csv'));
      return [ages.names, ages.valueOf('ä,b/1.jpg', 'age'), ages.valueOf('c', 'age')];
    },
  },
  templates: {
    files: { 't.csv': 'template,subject,photo\n1,änn,a.jpg\n1,änn,b.jpg\n' },
    read: async (dir) =>
      [...(await readTemplates(join(dir, 't.csv'), 'photos'))].map(([id, { subject, photos }]) => [
        id,
        subject,
        photos.length,
      ]),
  },
  JSON: { files: { 'a.json': '{"ä":\n1}\n' }, read: (dir) => readJsonFile(join(dir, 'a.json')) },
  'names of RecordIO': {
    files: { 'people.txt': 'Änna\nBert\n', property: '2,2,2\n' },
    async read(dir) {
      const writer = await RecordWriter.create(join(dir, 'train.rec'), join(dir, 'train.idx'));
      const png = await encodePng({ data: new Uint8Array(12), width: 2, height: 2 });
      for (const key of [0, 1])
        await writer.write(key, packImageRecord({ flag: 0, labels: [key], id: BigInt(key), id2: 0n }, png));
      await writer.finish();
      const { people, notes } = await readPersonSource(dir);
      return [people, notes];
    },
  },
  'label.txt in a tar file': {
    files: { 'label.txt': 'images/ä.jpg\tÄnna\nimages/b.jpg\tBert\n' },
    async read(dir) {
      const { readFile } = await import('node:fs/promises');
      const writer = await TarWriter.create(join(dir, 'set.tar'));
      for (const name of ['images/ä.jpg', 'images/b.jpg']) await writer.write(name, new Uint8Array(3));
      await writer.write('label.txt', await readFile(join(dir, 'label.txt')));
      await writer.finish();
      const { people, labels, notes } = await readPersonSource(join(dir, 'set.tar'));
      return [people, [...labels], notes];
    },
  },
};

describe.each(Object.entries(formats))('%s', (name, { files, read }) => {
  const readAs = async (way: string) => {
    const dir = join(root, name, way);
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(dir, file)), { recursive: true });
      await writeFile(join(dir, file), ways[way]!(text));
    }
    return read(dir);
  };

  test.each(Object.keys(ways).slice(1))('written with %s says the same', async (way) => {
    expect(await readAs(way)).toEqual(await readAs('UTF-8'));
  });
});

test('the index of a RecordIO set may have a mark and CRLF too', async () => {
  const { parseRecordIndex } = await import('./recordio/record-index.ts');
  const bytes = Buffer.from('\uFEFF0\t0\r\n1\t48\r\n');
  expect([...parseRecordIndex(bytes, 'train.idx').offsets]).toEqual([0, 48]);
});
