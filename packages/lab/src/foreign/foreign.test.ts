// People of other systems, out of exports as those write them.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Gallery, newGalleryMeta } from '@semblance/face/gallery';
import { encodePng } from '@semblance/face/image';
import { FacePipeline } from '@semblance/face/pipeline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  blue,
  colourRecognizer,
  green,
  one,
  red,
  squareDetector,
} from '../../../face/src/testing/squares.ts';
import type { ForeignFace } from './foreign-people.ts';
import { importForeignPeople } from './import-foreign.ts';
import { readForeignPeople } from './read-foreign.ts';

let dir: string;
const photos: Record<string, Uint8Array> = {};
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'foreign-'));
  for (const [name, colour] of Object.entries({ red, green, blue }))
    photos[name] = await encodePng(one(colour));
});
afterAll(() => rm(dir, { recursive: true }));

type Told = [subject: string, picture: string | null, embedding: number[] | null];
const told = ({ subject, picture, embedding }: ForeignFace): Told => [
  subject,
  Object.keys(photos).find((name) => picture && Buffer.from(photos[name]!).equals(picture)) ?? null,
  embedding && Array.from(embedding, (value) => Math.round(100 * value) / 100),
];
const read = async (path: string, options = {}): Promise<Told[]> =>
  (await Array.fromAsync(await readForeignPeople(path, options))).map(told).sort();
const hex = (name: string): string => `\\x${Buffer.from(photos[name]!).toString('hex')}`;

describe('CompreFace', () => {
  const dump = (...names: string[]): string => `--
-- PostgreSQL database dump
--
CREATE TABLE public.subject (id uuid);
COPY public.embedding (id, subject_id, embedding, calculator, img_id) FROM stdin;
e1\ts1\t{3,0,4}\tArcFace\ti1
e2\ts2\t{0,1,0}\tArcFace\t\\N
e3\ts3\t{0,0,1}\tArcFace\ti3
\\.

COPY public.img (id, content) FROM stdin;
i1\t${hex('red').replace('\\', '\\\\')}
i3\t${hex('blue').replace('\\', '\\\\')}
\\.

COPY public.subject (id, api_key, subject_name) FROM stdin;
s1\t${names[0]}\tAda\\tLovelace
s2\t${names[0]}\tBo
s3\t${names[1]}\tCy
\\.
`;

  test('a dump of its database, of one of its services', async () => {
    const path = join(dir, 'compreface.sql');
    await writeFile(path, dump('key-1', 'key-1'));
    expect(await read(path)).toEqual([
      ['Ada\tLovelace', 'red', [0.6, 0, 0.8]],
      ['Bo', null, [0, 1, 0]],
      ['Cy', 'blue', [0, 0, 1]],
    ]);
    await writeFile(path, dump('key-1', 'key-2'));
    await expect(read(path)).rejects.toMatchObject({
      code: 'USAGE_MISSING_ARGUMENT',
      message: expect.stringContaining('key-1, key-2'),
    });
    expect(await read(path, { collection: 'key-2' })).toEqual([['Cy', 'blue', [0, 0, 1]]]);
    await expect(read(path, { collection: 'key-3' })).rejects.toMatchObject({ code: 'USAGE_INVALID_VALUE' });
  });

  test('its tables as CSV', async () => {
    const folder = join(dir, 'tables');
    await mkdir(folder);
    await writeFile(join(folder, 'subject.csv'), 'id,api_key,subject_name\ns1,key,"Lovelace, Ada"\n');
    await writeFile(
      join(folder, 'embedding.csv'),
      'id,subject_id,embedding,calculator,img_id\ne1,s1,"{3,0,4}",ArcFace,i1\ne2,s1,"{0,1,0}",ArcFace,\n',
    );
    await writeFile(join(folder, 'img.csv'), `id,content\ni1,${hex('green')}\n`);
    expect(await read(folder)).toEqual([
      ['Lovelace, Ada', null, [0, 1, 0]],
      ['Lovelace, Ada', 'green', [0.6, 0, 0.8]],
    ]);
    await rm(join(folder, 'subject.csv'));
    await expect(read(folder)).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' });
  });
});

describe('photos by name', () => {
  test('beside each other, and in folders', async () => {
    const folder = join(dir, 'known_people');
    await mkdir(join(folder, 'Bo'), { recursive: true });
    await writeFile(join(folder, 'Ada Lovelace.png'), photos.red!);
    await writeFile(join(folder, 'Bo', '1.png'), photos.green!);
    expect(await read(folder)).toEqual([
      ['Ada Lovelace', 'red', null],
      ['Bo', 'green', null],
    ]);
  });

  /** A pickle of protocol 0, as Python writes it. */
  const pickled = (entries: [identity: string, embedding: number[]][]): string => {
    const list = (values: number[]) => `(l${values.map((value) => `F${value}\na`).join('')}`;
    const dicts = entries.map(
      ([identity, values]) => `(dVidentity\nV${identity}\nsVhash\nVcafe\nsVembedding\n${list(values)}sa`,
    );
    return `(l${dicts.join('')}.`;
  };

  test('with the representations of DeepFace, of which nothing is executed', async () => {
    const folder = join(dir, 'deep');
    await mkdir(join(folder, 'Ada'), { recursive: true });
    await writeFile(join(folder, 'Ada', '1.png'), photos.red!);
    await writeFile(join(folder, 'Bo.png'), photos.green!);
    const file = join(folder, 'ds_model_arcface_detector_opencv_aligned_normalization_base_expand_0.pkl');
    await writeFile(
      file,
      pickled([
        ['/home/somebody/deep/Ada/1.png', [3, 0, 4]],
        ['deep/Bo.png', [0, 1, 0]],
        ['/home/somebody/deep/Gone/1.png', [0, 0, 1]],
        ['../../../etc/passwd', [1, 0, 0]],
      ]),
    );
    for (const path of [folder, file])
      expect(await read(path)).toEqual([
        ['Ada', 'red', [0.6, 0, 0.8]],
        ['Bo', 'green', [0, 1, 0]],
        ['Gone', null, [0, 0, 1]],
        ['etc', null, [1, 0, 0]],
      ]);
    await writeFile(file, "cos\nsystem\n(S'true'\ntR.");
    await expect(read(folder)).rejects.toMatchObject({ code: 'DATA_FORBIDDEN' });
    await writeFile(file, '(lI1\na.');
    await expect(read(folder)).rejects.toMatchObject({ code: 'DATA_INVALID' });
  });
});

test('the database of InsightFace Server, one of its collections', async () => {
  const path = join(dir, 'insightface.db');
  const db = new DatabaseSync(path);
  db.exec(`CREATE TABLE collections (id TEXT PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE persons (collection_id TEXT, id TEXT, name TEXT, external_id TEXT);
    CREATE TABLE face_samples (id TEXT PRIMARY KEY, collection_id TEXT, person_id TEXT, embedding BLOB, crop_path TEXT,
      created_at TEXT, crop_image BLOB);
    INSERT INTO collections VALUES ('c1', 'staff'), ('c2', 'guests');
    INSERT INTO persons VALUES ('c1', 'p1', 'Ada', NULL), ('c1', 'p2', NULL, '4711'), ('c2', 'p1', 'Cy', NULL)`);
  const add = db.prepare('INSERT INTO face_samples VALUES (?, ?, ?, ?, ?, ?, ?)');
  const vector = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
  add.run('f1', 'c1', 'p1', vector(3, 0, 4), null, '2026-01-01', photos.red!);
  add.run('f2', 'c1', 'p2', vector(0, 1, 0), 'face-crops/x/f2.jpg', '2026-01-02', null);
  add.run('f3', 'c2', 'p1', vector(0, 0, 1), '../../etc/passwd', '2026-01-03', null);
  db.close();
  await mkdir(join(dir, 'face-crops', 'x'), { recursive: true });
  await writeFile(join(dir, 'face-crops', 'x', 'f2.jpg'), photos.green!);
  expect(await read(path, { collection: 'staff' })).toEqual([
    ['4711', 'green', [0, 1, 0]],
    ['Ada', 'red', [0.6, 0, 0.8]],
  ]);
  expect(await read(path, { collection: 'c2' })).toEqual([['Cy', null, [0, 0, 1]]]);
  await expect(read(path)).rejects.toMatchObject({ code: 'USAGE_MISSING_ARGUMENT' });
  const other = join(dir, 'other.db');
  new DatabaseSync(other).exec('CREATE TABLE t (x)');
  await expect(read(other)).rejects.toMatchObject({ code: 'DATA_INVALID' });
});

describe('taken over', () => {
  const recognizer = colourRecognizer('colours-000000000000');
  const pipeline = new FacePipeline({ detector: squareDetector(), recognizer });
  const meta = newGalleryMeta({ modelId: recognizer.id, embeddingSize: 3 });
  async function* faces(): AsyncGenerator<ForeignFace> {
    const embedding = Float32Array.of(0, 0, 1);
    yield { subject: 'Ada', source: 'a', picture: photos.red!, embedding };
    yield { subject: 'Bo', source: 'b', picture: null, embedding };
    yield { subject: 'Cy', source: 'c', picture: Buffer.from('no picture'), embedding: null };
  }
  const taken = async (to: string) => {
    await using gallery = await Gallery.open(to, { readOnly: true });
    return (await Array.fromAsync(gallery.stored())).map(({ subject, embedding }) => [subject, ...embedding]);
  };

  test('pictures are embedded anew, and what has none is refused', async () => {
    const to = join(dir, 'anew');
    const { faces: count, refused } = await importForeignPeople(faces(), { to, meta, pipeline });
    expect(count).toBe(1);
    expect(refused).toMatchObject([
      { subject: 'Bo', code: 'NO_FACE' },
      { subject: 'Cy', code: 'IMAGE_NOT_AN_IMAGE' },
    ]);
    expect(await taken(to)).toEqual([['Ada', 1, 0, 0]]);
  });

  test('embeddings are where they are declared to be of the gallery’s model, and of no other', async () => {
    const to = join(dir, 'over');
    const { refused } = await importForeignPeople(faces(), { to, meta, pipeline, modelId: recognizer.id });
    expect(refused).toMatchObject([{ subject: 'Cy' }]);
    expect(await taken(to)).toEqual([
      ['Ada', 0, 0, 1],
      ['Bo', 0, 0, 1],
    ]);
    const other = { to: join(dir, 'none'), meta, pipeline, modelId: 'another' };
    await expect(importForeignPeople(faces(), other)).rejects.toMatchObject({
      code: 'GALLERY_MODEL_MISMATCH',
    });
    await expect(
      importForeignPeople(faces(), { to: join(dir, 'none'), meta, pipeline, check: 'strict' }),
    ).rejects.toMatchObject({ code: 'DATA_EMPTY', message: expect.stringContaining('none of 3') });
    await expect(taken(join(dir, 'none'))).rejects.toMatchObject({ code: 'GALLERY_NOT_FOUND' });
  });
});

test('what nobody has written, and a system that is not known', async () => {
  const path = join(dir, 'notes.txt');
  await writeFile(path, 'notes');
  await expect(read(path)).rejects.toMatchObject({ code: 'DATA_INVALID' });
  await expect(read(path, { kind: 'deepfaze' })).rejects.toMatchObject({
    code: 'USAGE_INVALID_VALUE',
    message: expect.stringMatching(/did you mean.*deepface/i),
  });
});
