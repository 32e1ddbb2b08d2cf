import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KeyFile } from '../keys/key-file.ts';
import { RevisionFile } from './revision-file.ts';

let dir: string;
let path: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'state-files-'));
  path = join(dir, 'state.json');
});
afterAll(() => rm(dir, { recursive: true }));
const write = (value: unknown) => writeFile(path, JSON.stringify(value));

const key = {
  id: '0123456789ab',
  role: 'read',
  label: '',
  sha256: 'a'.repeat(64),
  createdAt: '2026-01-01T00:00:00.000Z',
  revokedAt: null,
};

test('a file of keys is read as it was written, and refused where a key is damaged', async () => {
  await write({ format: 'semblance-keys/1', keys: [key] });
  expect((await KeyFile.open(path)).all()).toEqual([key]);
  await write({ format: 'semblance-keys/1', keys: [{ ...key, role: 'root' }] });
  await expect(KeyFile.open(path)).rejects.toMatchObject({
    code: 'DATA_CORRUPT',
    message: expect.stringContaining('one of read, enrol, admin for keys[0].role but received "root"'),
  });
});

test('deployments of an earlier version have an origin, and damaged ones are refused', async () => {
  const entry = { name: 'start', weight: 100, detector: 'd', recognizer: 'r', gallery: 'g' };
  const revision = {
    id: 'D0001',
    createdAt: '2026-01-01T00:00:00.000Z',
    state: 'active',
    reason: null,
    before: null,
    entries: [entry],
  };
  await write({ format: 'semblance-deployments/1', start: null, revisions: [revision] });
  const file = await RevisionFile.open(path);
  expect(file.active).toEqual({ ...revision, entries: [{ ...entry, origin: 'g' }] });
  await write({ format: 'semblance-deployments/1', start: null, revisions: [{ ...revision, entries: 1 }] });
  await expect(RevisionFile.open(path)).rejects.toMatchObject({
    code: 'DATA_CORRUPT',
    message: expect.stringContaining('for revisions[0].entries but received 1'),
  });
});
