import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from './migrations.ts';
import { openSqliteVersionStore } from './sqlite.ts';
import { describeVersionStore } from './store-suite.ts';

let dir: string;
let count = 0;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'versions-'));
});
afterAll(() => rm(dir, { recursive: true }));
const nextPath = (): string => join(dir, String(count++), 'store.sqlite');

describeVersionStore('sqlite', async () => {
  const path = nextPath();
  return { store: openSqliteVersionStore(path), again: async () => openSqliteVersionStore(path) };
});

test('what is no job store is refused and left as it is', async () => {
  const other = join(dir, 'other.sqlite');
  const db = new DatabaseSync(other);
  db.exec('CREATE TABLE t (a); INSERT INTO t VALUES (7)');
  db.close();
  expect(() => openSqliteVersionStore(other)).toThrow(expect.objectContaining({ code: 'JOB_STORE_INVALID' }));
  const again = new DatabaseSync(other);
  expect(again.prepare('SELECT a FROM t').get()).toEqual({ a: 7 });
  again.close();
  const text = join(dir, 'text');
  await writeFile(text, 'not a database, but long enough to have a header of one hundred bytes'.repeat(4));
  expect(() => openSqliteVersionStore(text)).toThrow(expect.objectContaining({ code: 'JOB_STORE_INVALID' }));
});

test('a store of a newer program is refused', async () => {
  const path = nextPath();
  await openSqliteVersionStore(path).close();
  const db = new DatabaseSync(path);
  db.exec(`PRAGMA user_version = ${migrations.length + 1}`);
  db.close();
  expect(() => openSqliteVersionStore(path)).toThrow('newer version');
});
