// The index that is kept beside a gallery: what it says is what the gallery says, whatever becomes of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dot } from '@semblance/core/vector';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openSqliteStore, type SqliteStore } from '../drivers/sqlite.ts';
import { Gallery } from '../gallery.ts';
import type { MakeIndex } from '../index/choose-index.ts';
import { encodeRow } from '../index/codes.ts';
import { createExactIndex } from '../index/exact-index.ts';
import { unitVectors } from '../index/index-suite.ts';

const DIMENSIONS = 48;
const model = { modelId: 'net-aaaaaaaaaaaa', embeddingSize: DIMENSIONS };
/** As `exact`, for galleries that are large sooner. */
const index: MakeIndex = (dimensions, vectorOf) => createExactIndex(dimensions, { vectorOf, kept: 600 });
const embeddings = unitVectors(1300, DIMENSIONS);
const faces = embeddings.map((embedding, i) => ({ subject: `person ${i % 400}`, embedding }));
const queries = unitVectors(4, DIMENSIONS, 2);

let folder: string;
let database: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'semblance-index-file-'));
  await (await Gallery.create(join(folder, 'gallery'), model)).close();
  database = join(folder, 'gallery', 'gallery.db');
  file = `${database}.index`;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (): Promise<Gallery> => Gallery.open(database, { index });
/** A gallery that fails where it reads every face instead of the file. */
function openByFile(path = database): Promise<Gallery> {
  const store = openSqliteStore(path);
  const byId: SqliteStore['faces'] = (ids) => {
    if (ids === undefined) throw new Error('reads every face');
    return store.faces(ids);
  };
  return Gallery.fromStore({ ...store, faces: byId }, { index });
}
async function filled(): Promise<void> {
  await using gallery = await open();
  await gallery.enrol(faces, model.modelId);
}
/** What comparing with every face of the store finds, and whose it is. */
async function truth(
  query: Float32Array,
): Promise<{ faceId: number; subject: string; similarity: number }[]> {
  const store = openSqliteStore(database, { readOnly: true });
  const all = await Array.fromAsync(store.faces());
  await store.close();
  const best = new Map<string, { faceId: number; subject: string; similarity: number }>();
  for (const { id, subject, embedding } of all) {
    const similarity = dot(query, embedding);
    if (!(similarity <= (best.get(subject)?.similarity ?? -2)))
      best.set(subject, { faceId: id, subject, similarity });
  }
  return [...best.values()].sort((a, b) => b.similarity - a.similarity).slice(0, 8);
}
async function holds(gallery: Gallery): Promise<void> {
  for (const query of queries) expect(await gallery.search(query, 8)).toMatchObject(await truth(query));
}
/** The codes of an embedding as they lie in memory and in the file, without pieces that are all zeros. */
function codesOf(embedding: Float32Array): Buffer[] {
  const buffer = new ArrayBuffer(4 * DIMENSIONS + 64);
  const views = {
    codes: new Int8Array(buffer),
    floats: new Float32Array(buffer),
    words: new Int32Array(buffer),
  };
  encodeRow(embedding, views, 0, 0);
  return Array.from({ length: DIMENSIONS / 16 }, (_, i) => Buffer.from(buffer, 64 * i, 16));
}
const found = (embedding: Float32Array): boolean => {
  const bytes = readFileSync(file);
  return codesOf(embedding).some((piece) => bytes.includes(piece));
};

test('is read at the start in place of all embeddings', async () => {
  await filled();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const gallery = await openByFile();
  await holds(gallery);
  expect(await gallery.stats()).toMatchObject({ faces: 1300, subjects: 400 });
  expect(gallery.facesOf('person 7')).toEqual([8, 408, 808, 1208]);
  expect(gallery.embedding(8)).toEqual(embeddings[7]);
  await gallery.close();
});

test('what changed since is taken over, whoever changed it', async () => {
  await filled();
  const [more, other] = unitVectors(2, DIMENSIONS, 3);
  const store = openSqliteStore(database);
  await store.removeSubject('person 11');
  await store.renameSubject('person 12', 'somebody');
  await store.renameSubject('person 13', 'person 14');
  await store.addFaces([
    { subject: 'newcomer', embedding: more! },
    { id: 9000, subject: 'person 11', embedding: other! },
  ]);
  await store.close();
  for (let round = 0; round < 2; round++) {
    const gallery = await openByFile();
    await holds(gallery);
    expect((await gallery.search(more!))[0]).toMatchObject({ subject: 'newcomer' });
    expect(gallery.facesOf('person 11')).toEqual([9000]);
    expect(gallery.facesOf('somebody')).toHaveLength(4);
    expect(gallery.facesOf('person 14')).toHaveLength(8);
    expect(gallery.has('person 13')).toBe(false);
    await gallery.close();
  }
});

describe('who is removed', () => {
  test('is in no byte of it, by a gallery or by a store alone', async () => {
    await filled();
    expect(found(embeddings[20]!)).toBe(true);
    const gallery = await openByFile();
    await gallery.remove('person 20');
    const store = openSqliteStore(database);
    await store.removeSubject('person 21');
    await store.close();
    for (let i = 0; i < embeddings.length; i++)
      if ([20, 21].includes(i % 400)) expect(found(embeddings[i]!)).toBe(false);
    expect(found(embeddings[22]!)).toBe(true);
    await holds(gallery);
    await gallery.close();
    await (await openByFile()).close(); // it is intact
  });

  test('is erased from it at the next start, where a kill came between', async () => {
    await filled();
    await cp(file, join(folder, 'before'));
    const store = openSqliteStore(database);
    await store.removeSubject('person 30');
    await store.close();
    await cp(join(folder, 'before'), file);
    expect(found(embeddings[30]!)).toBe(true);
    const gallery = await openByFile();
    expect(found(embeddings[30]!)).toBe(false);
    await holds(gallery);
    await gallery.close();
  });
});

describe('a file that is of no use', () => {
  test.each([
    ['is damaged', () => flip(HALF)],
    ['is damaged at its beginning', () => flip(20)],
    ['was cut off', () => truncateSync(file, statSync(file).size - 1)],
  ])('%s: it is made again, and that is said once', async (_, damage) => {
    await filled();
    damage();
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    try {
      await (await open()).close();
      expect(warned.mock.calls).toEqual([[expect.stringContaining('index is damaged')]]);
      const gallery = await openByFile();
      await holds(gallery);
      await gallery.close();
      expect(warned).toHaveBeenCalledTimes(1);
    } finally {
      warned.mockRestore();
    }
  });

  test('is of a gallery with the same past that went another way', async () => {
    await filled();
    await cp(database, join(folder, 'backup.db'));
    await using gallery = await open();
    await gallery.enrol([{ subject: 'here', embedding: queries[0]! }], model.modelId);
    await gallery.close();
    await rm(file);
    await (await open()).close(); // the index of this way
    await cp(join(folder, 'backup.db'), database);
    const store = openSqliteStore(database);
    await store.addFaces([{ subject: 'there', embedding: queries[1]! }]);
    await store.close();
    const again = await open();
    await holds(again);
    expect(again.has('here')).toBe(false);
    await again.close();
  });

  test('cannot be read or written: the gallery opens all the same', async () => {
    await filled();
    await rm(file);
    await mkdir(file);
    for (let round = 0; round < 2; round++) {
      await using gallery = await open();
      await holds(gallery);
    }
    expect(readdirSync(join(folder, 'gallery')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('is left as it is by who only reads', async () => {
    await filled();
    flip(HALF);
    const before = readFileSync(file);
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    await using gallery = await Gallery.open(database, { index, readOnly: true });
    warned.mockRestore();
    await holds(gallery);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

const HALF = 0.5;
/** Changes one byte. @param at its place, or its share of the file */
function flip(at: number): void {
  const bytes = readFileSync(file);
  const place = at < 1 ? Math.floor(at * bytes.length) : at;
  bytes[place] = bytes[place]! ^ 1;
  writeFileSync(file, bytes);
}

const ROUNDS = Number(process.env.SEMBLANCE_KILL_ROUNDS ?? 3);

test(`equals the gallery after ${ROUNDS} kills while it is changed, written and read`, async () => {
  await filled();
  const module = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const code = `
    import { rmSync, writeSync } from 'node:fs';
    import { Gallery } from ${module('../gallery.ts')};
    import { createExactIndex } from ${module('../index/exact-index.ts')};
    const index = (dimensions, vectorOf) => createExactIndex(dimensions, { vectorOf, kept: 600 });
    for (let i = 0; ; i++) {
      if (i % 3 === 2) rmSync(${JSON.stringify(file)}, { force: true }); // it is written anew
      const gallery = await Gallery.open(${JSON.stringify(database)}, { index });
      const embedding = Float32Array.from({ length: ${DIMENSIONS} }, Math.random);
      const norm = Math.hypot(...embedding);
      await gallery.enrol([{ subject: 'of ' + i, embedding: embedding.map((x) => x / norm) }], ${JSON.stringify(model.modelId)});
      const [subject] = [...new Set(gallery.faces().map((face) => face.subject))].filter((name) => name.startsWith('person'));
      await gallery.remove(subject);
      writeSync(1, subject + '\\n');
      await gallery.close();
    }`;
  for (let round = 0; round < ROUNDS; round++) {
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let removed = '';
    for await (const chunk of child.stdout) {
      removed += String(chunk);
      if (removed.split('\n').length > 2 + round) setTimeout(() => child.kill('SIGKILL'), round);
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await using gallery = await open();
    await holds(gallery);
    for (const subject of removed.split('\n').slice(0, -1)) {
      expect(gallery.has(subject)).toBe(false);
      const place = Number(subject.slice('person '.length));
      expect(existsSync(file) && found(embeddings[place]!)).toBe(false);
    }
  }
}, 180_000);
