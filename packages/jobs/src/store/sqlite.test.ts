import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anySpec, anyVersion } from '../testing/any-version.ts';
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

test.each(migrations.slice(0, -1).map((_, i) => i + 1))(
  'a store of schema %i opens, with its versions as they were',
  async (schema) => {
    const path = nextPath();
    await mkdir(dirname(path), { recursive: true });
    const db = new DatabaseSync(path);
    for (const step of migrations.slice(0, schema)) db.exec(step);
    db.exec(`PRAGMA application_id = ${0x736d626a}; PRAGMA user_version = ${schema}`);
    db.exec(`INSERT INTO store VALUES ('id', 'old'); INSERT INTO jobs VALUES ('faces', 1, 2)`);
    db.prepare(
      `INSERT INTO versions (job, number, description, state, reason, retries_left, created_ms, spec, parameters, seeds, metrics)
        VALUES ('faces', 1, 'first', 'completed', 'done', 0, 7, ?, '{"lr":"0.1"}', '{}', '{"loss":{"value":2}}')`,
    ).run(JSON.stringify(anySpec));
    db.close();
    const store = openSqliteVersionStore(path);
    const [version] = await store.list({ job: 'faces' });
    expect(version).toMatchObject({
      number: 1,
      description: 'first',
      metrics: { loss: { value: 2 } },
      spec: anySpec,
    });
    expect(version).toMatchObject({ tags: [], note: '', isStarred: false, isPinned: false });
    expect(await store.setAlias(version!.id, 'production')).toBe(true);
    expect((await store.add(anyVersion('faces'))).number).toBe(2);
    await store.close();
  },
);
