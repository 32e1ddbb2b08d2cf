import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decide } from '../pipeline/decide.ts';
import { Gallery } from './gallery.ts';

const at = (degrees: number): Float32Array =>
  Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));
const model = { modelId: 'm', embeddingSize: 2, threshold: 0.9 };

let folder: string;
let gallery: Gallery;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'semblance-negatives-'));
  gallery = await Gallery.create(folder, model);
  const faces = [
    { subject: 'anna', embedding: at(0) },
    { subject: 'bea', embedding: at(44) },
  ];
  await gallery.enrol(faces, 'm');
});
afterEach(async () => {
  await gallery.close();
  await rm(folder, { recursive: true });
});

const answer = async (from: Gallery, degrees: number) => {
  const { match, reason } = decide(await from.search(at(degrees), 2), 1, { gallery: from.threshold });
  return match?.subject ?? reason;
};

describe('a face that is not somebody’s', () => {
  test('takes what is more like it than like them, and nothing else', async () => {
    expect(await answer(gallery, 18)).toBe('anna');
    await gallery.negatives.add({ subject: 'anna', embedding: at(18) }, 'm');
    expect(await answer(gallery, 18)).toBe('not_this_person');
    expect(await answer(gallery, 12)).toBe('not_this_person'); // 6° from the negative, 12° from her
    expect(await answer(gallery, 5)).toBe('anna');
    expect(await answer(gallery, -20)).toBe('anna');
    expect(await answer(gallery, 120)).toBe('below_threshold');
  });

  test('leaves the next subject their turn', async () => {
    await gallery.negatives.add({ subject: 'anna', embedding: at(21) }, 'm');
    expect(await answer(gallery, 21)).toBe('bea');
    // those who are refused do not count as the k that are asked for
    expect(await gallery.search(at(21), 1)).toMatchObject([
      { subject: 'anna', isRefused: true },
      { subject: 'bea', similarity: expect.closeTo(Math.cos((23 * Math.PI) / 180)) },
    ]);
  });

  test('is known to other processes and to a later start, and taken back by its id', async () => {
    await using other = await Gallery.open(folder);
    const id = await gallery.negatives.add({ subject: 'anna', embedding: at(10), source: 'x.jpg' }, 'm');
    expect(await answer(other, 10)).toBe('not_this_person');
    await using later = await Gallery.open(folder, { readOnly: true });
    expect(await answer(later, 10)).toBe('not_this_person');
    expect(await other.negatives.remove(id)).toBe(true);
    expect(await other.negatives.remove(id)).toBe(false);
    expect(await answer(gallery, 10)).toBe('anna');
  });

  test('is them after all where that very face is enrolled', async () => {
    await gallery.negatives.add({ subject: 'anna', embedding: at(18) }, 'm');
    await gallery.enrol([{ subject: 'anna', embedding: at(18) }], 'm');
    expect(await answer(gallery, 18)).toBe('anna');
  });

  test('goes with a rename and with the person', async () => {
    await gallery.negatives.add({ subject: 'anna', embedding: at(18) }, 'm');
    await gallery.rename('anna', 'ann');
    expect(await answer(gallery, 18)).toBe('not_this_person');
    await gallery.remove('ann');
    await gallery.enrol([{ subject: 'ann', embedding: at(0) }], 'm');
    expect(await answer(gallery, 18)).toBe('ann');
  });

  test('is in no file when it was taken back', async () => {
    const embedding = at(33);
    const id = await gallery.negatives.add({ subject: 'anna', embedding }, 'm');
    const bytes = Buffer.from(embedding.buffer);
    const files = async () =>
      Buffer.concat(
        await Promise.all(['', '-wal'].map((part) => readFile(join(folder, `gallery.db${part}`)))),
      );
    expect((await files()).includes(bytes)).toBe(true);
    await gallery.negatives.remove(id);
    expect((await files()).includes(bytes)).toBe(false);
  });

  test('is refused where there is no such subject, and of another model', async () => {
    const embedding = at(1);
    await expect(gallery.negatives.add({ subject: 'eve', embedding }, 'm')).rejects.toMatchObject({
      code: 'GALLERY_SUBJECT_NOT_FOUND',
    });
    await expect(gallery.negatives.add({ subject: 'anna', embedding }, 'n')).rejects.toMatchObject({
      code: 'GALLERY_MODEL_MISMATCH',
    });
    const long = Float32Array.of(2, 0);
    await expect(gallery.negatives.add({ subject: 'anna', embedding: long }, 'm')).rejects.toMatchObject({
      code: 'DATA_INVALID',
    });
  });
});

test('a gallery of before is read as it is, and brought up when it is changed', async () => {
  await gallery.close();
  const path = join(folder, 'gallery.db');
  const old = new DatabaseSync(path);
  for (const name of ['added', 'removed', 'moved']) old.exec(`DROP TRIGGER face_${name}`);
  old.exec('DROP TABLE face_metadata; DROP TRIGGER subject_added; DROP TABLE profiles');
  old.exec('DROP TABLE face_changes; DROP TABLE negatives; DROP TABLE subject_keys; DROP TABLE doomed_keys');
  old.exec('PRAGMA user_version = 1; PRAGMA journal_mode = DELETE');
  old.close();
  const version = (): unknown => {
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      return db.prepare('PRAGMA user_version').get()!.user_version;
    } finally {
      db.close();
    }
  };
  const reader = await Gallery.open(folder, { readOnly: true });
  expect(await answer(reader, 10)).toBe('anna');
  expect(await reader.negatives.list()).toEqual([]);
  await reader.close();
  expect(version()).toBe(1);
  gallery = await Gallery.open(folder);
  await gallery.negatives.add({ subject: 'anna', embedding: at(10) }, 'm');
  expect(await answer(gallery, 10)).toBe('not_this_person');
  expect(version()).toBe(5);
});
