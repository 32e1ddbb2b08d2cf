import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSemblanceError } from '../../error.ts';
import { galleryKeys } from '../sealing/key-source.ts';
import { newMasterKey } from '../sealing/master-keys.ts';
import { describeGalleryStore } from '../store-suite.ts';
import { createMemoryStore } from './memory.ts';
import { openSqliteStore } from './sqlite.ts';
import { settleSqliteFile } from './sqlite-file.ts';

let root: string;
let counter = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'semblance-gallery-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));
const noKeys = { masters: () => null, folder: 'none' };
const newPath = (): string => join(root, `${counter++}.db`);

describeGalleryStore('memory', async () => createMemoryStore());
describeGalleryStore('sqlite', async () => openSqliteStore(newPath(), { create: true, keys: noKeys }));
describeGalleryStore('encrypted sqlite', async () => {
  const masters = [newMasterKey()];
  return openSqliteStore(newPath(), {
    create: true,
    keys: { masters: () => masters, folder: join(root, 'keys') },
  });
});

describe('sqlite driver', () => {
  const codeOf = (action: () => unknown): string => {
    try {
      action();
    } catch (error) {
      return isSemblanceError(error) ? error.code : String(error);
    }
    return 'no error';
  };

  test('finds what was written when it is opened again, also read-only', async () => {
    const path = newPath();
    const writer = openSqliteStore(path, { create: true });
    await writer.addFaces([{ subject: 'a', embedding: Float32Array.from([1, 0]) }]);
    await writer.close();
    settleSqliteFile(path);
    const reader = openSqliteStore(path, { readOnly: true });
    expect(await reader.subjects()).toEqual([{ name: 'a', numFaces: 1 }]);
    await expect(reader.removeSubject('a')).rejects.toMatchObject({ code: 'STORAGE_READ_ONLY' });
    await reader.close();
  });

  test('a failing batch leaves nothing behind', async () => {
    const store = openSqliteStore(newPath(), { create: true });
    const broken = {
      subject: 'b',
      embedding: Float32Array.from([1]),
      source: Symbol('no text') as unknown as string,
    };
    await expect(
      store.addFaces([{ subject: 'a', embedding: Float32Array.from([1]) }, broken]),
    ).rejects.toThrow();
    expect(await store.subjects()).toEqual([]);
    await store.close();
  });

  test('missing, existing, foreign and damaged files have codes', async () => {
    expect(codeOf(() => openSqliteStore(newPath()))).toBe('GALLERY_NOT_FOUND');
    const path = newPath();
    await openSqliteStore(path, { create: true }).close();
    expect(codeOf(() => openSqliteStore(path, { create: true }))).toBe('GALLERY_EXISTS');
    const text = newPath();
    await writeFile(text, 'this is not a database, whatever its name says'.repeat(100));
    expect(codeOf(() => openSqliteStore(text))).toBe('GALLERY_CORRUPT');
    const empty = newPath();
    await writeFile(empty, '');
    expect(codeOf(() => openSqliteStore(empty))).toBe('GALLERY_CORRUPT');
  });

  test('a file in use cannot be settled', async () => {
    const path = newPath();
    const store = openSqliteStore(path, { create: true });
    expect(codeOf(() => settleSqliteFile(path))).toBe('GALLERY_BUSY');
    await store.close();
    expect(codeOf(() => settleSqliteFile(path))).toBe('no error');
  });

  test('what an earlier version left between rows is gone with the first who is removed', async () => {
    const path = newPath();
    const store = openSqliteStore(path, { create: true });
    const embedding = new Float32Array(300).fill(1);
    await store.addFaces(Array.from({ length: 40 }, (_, i) => ({ subject: `person ${i}`, embedding })));
    await store.close();
    const db = new DatabaseSync(path);
    db.exec(`DELETE FROM meta WHERE key = 'gaps-cleared'`);
    db.close();
    // a page of three embeddings: what lies before them means nothing to SQLite
    const bytes = readFileSync(path);
    let page = 4096;
    while (bytes[page] !== 13 || bytes.readUInt16BE(page + 3) !== 3) page += 4096;
    bytes.write('somebody who was moved', page + 100);
    await writeFile(path, bytes);
    const again = openSqliteStore(path);
    expect(await again.removeSubject('person 0')).toHaveLength(1);
    expect(readFileSync(path).includes('somebody')).toBe(false);
    expect(await again.subjects()).toHaveLength(39);
    await again.close();
    const settled = new DatabaseSync(path);
    expect(settled.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    settled.close();
  });

  test('a log does not grow without end, and a reader who stays loses nothing by it', async () => {
    const path = newPath();
    const store = openSqliteStore(path, { create: true });
    const faces = Array.from({ length: 500 }, (_, i) => ({
      subject: `${i}`,
      embedding: new Float32Array(512).fill(i),
    }));
    const reader = new DatabaseSync(path, { readOnly: true });
    reader.exec('BEGIN');
    expect(reader.prepare('SELECT count(*) AS n FROM embeddings').get()!.n).toBe(0);
    for (let i = 0; i < 6; i++) await store.addFaces(faces);
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(10e6);
    expect(reader.prepare('SELECT count(*) AS n FROM embeddings').get()!.n).toBe(0);
    reader.exec('COMMIT');
    for (let i = 0; i < 4; i++) await store.addFaces(faces);
    expect(statSync(`${path}-wal`).size).toBeLessThan(10e6);
    expect(reader.prepare('SELECT count(*) AS n FROM embeddings').get()!.n).toBe(5000);
    reader.close();
    await store.close();
  });

  test.each([false, true])('kill -9 loses no acknowledged enrolment, encrypted: %s', async (isSealed) => {
    const path = newPath();
    const key = isSealed ? Buffer.alloc(32, 3).toString('base64') : '';
    const env = { ...process.env, SEMBLANCE_GALLERY_KEY: key, SEMBLANCE_GALLERY_KEYS: join(root, 'killed') };
    const keys = galleryKeys({}, env);
    await openSqliteStore(path, { create: true, keys }).close();
    const code = `
      import { openSqliteStore } from ${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)};
      import { writeSync } from 'node:fs';
      const store = openSqliteStore(${JSON.stringify(path)});
      for (let i = 0; ; i++) {
        const [id] = await store.addFaces([{ subject: 's' + i, embedding: new Float32Array(128).fill(i) }]);
        writeSync(1, id + '\\n');
      }`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env,
    });
    let acknowledged = '';
    for await (const chunk of child.stdout) {
      acknowledged += String(chunk);
      if (acknowledged.split('\n').length > 50) child.kill('SIGKILL');
    }
    const ids = acknowledged.split('\n').slice(0, -1).map(Number);
    expect(ids.length).toBeGreaterThanOrEqual(50);

    const store = openSqliteStore(path, { keys });
    expect(store.galleryId !== null).toBe(isSealed);
    const stored = new Map((await Array.fromAsync(store.faces())).map((face) => [face.id, face]));
    for (const [i, id] of ids.entries()) {
      expect(stored.get(id)?.subject).toBe(`s${i}`);
      expect(stored.get(id)?.embedding.every((value) => value === i)).toBe(true);
    }
    await store.close();
  });
});
