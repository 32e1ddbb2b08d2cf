// Collections: groups of people of one service who know nothing of each other, and what is known of people beside faces.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { backUp, restore } from '../../packages/serve/src/backup/index.ts';
import { createFixture, type Fixture, type Reply, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const base = '/api/v2/collections';
let fixture: Fixture;
let service: Running;
let stateDir: string;
let readKey: string;
let enrolKey: string;
beforeAll(async () => {
  fixture = await createFixture();
  stateDir = join(fixture.root, 'state');
  service = await fixture.start({ stateDir });
  const { keys } = service.service;
  readKey = (await keys.create('read', 'reads')).text;
  enrolKey = (await keys.create('enrol', 'enrols')).text;
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

const call = (method: string, path: string, body?: unknown, key?: string): Promise<Reply> =>
  service.call(method, base + path, body, key === undefined ? {} : { 'x-api-key': key });
const said = ({ status, json }: Reply) => [status, json.error ?? null];

describe('collections', () => {
  test('are made, listed with the deployed one first, set, and deleted with everybody', async () => {
    expect((await call('GET', '')).json.collections.map(({ name }: { name: string }) => name)).toEqual([
      'default',
    ]);
    const settings = {
      ...{ description: 'Everybody with a key.', threshold: 0.8, margin: 0.01, retention_days: 30 },
      ...{ capacity: { subjects: 2 }, detection: { min_face: 8 }, score: { mean_of_top: 2 } },
    };
    const made = await call('POST', '', { name: 'front-door', ...settings });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      ...{ name: 'front-door', is_deployed: true, subjects: 0, samples: 0, min_quality: null, ...settings },
      threshold_basis: 'given',
    });
    expect((await call('GET', '/front-door')).json).toEqual(made.json);
    expect((await call('GET', '')).json.collections).toHaveLength(2);
    const change = { threshold: null, margin: null, capacity: { samples: 5 }, min_quality: 0.1 };
    const { json: changed } = await call('PATCH', '/front-door', change);
    expect(changed).toMatchObject({ ...settings, ...change, threshold: expect.any(Number) });
    expect(changed.threshold_basis).not.toBe('given');
    await call('POST', '/front-door/subjects', { subject: 'Zephyrine', metadata: { note: 'Quill' } });
    expect((await call('DELETE', '/front-door')).json).toEqual({ name: 'front-door' });
    expect(said(await call('GET', '/front-door'))).toEqual([404, 'GALLERY_NOT_FOUND']);
    const left = readdirSync(stateDir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const { parentPath, name } of left)
      expect(readFileSync(join(parentPath, name)).includes('Zephyrine'), name).toBe(false);
  });

  test('refuse names, settings, keys and collections that are none', async () => {
    await call('POST', '', { name: 'taken' });
    for (const [method, path, body, status, code] of [
      ['POST', '', { name: 'taken' }, 409, 'GALLERY_EXISTS'],
      ['POST', '', { name: 'default' }, 409, 'GALLERY_EXISTS'],
      ['POST', '', { name: '../up' }, 400, 'REQUEST_INVALID'],
      ['POST', '', { name: 'Large' }, 400, 'REQUEST_INVALID'],
      ['POST', '', { name: 'x', capacity: { subjects: 0 } }, 400, 'DATA_INVALID'],
      ['POST', '', { name: 'x', threshold: 2 }, 400, 'REQUEST_INVALID'],
      ['PATCH', '/taken', { score: { mean_of_top: 0 } }, 400, 'DATA_INVALID'],
      ['PATCH', '/nowhere', {}, 404, 'GALLERY_NOT_FOUND'],
      ['DELETE', '/default', undefined, 400, 'REQUEST_INVALID'],
      ['DELETE', '/nowhere', undefined, 404, 'GALLERY_NOT_FOUND'],
      ['GET', '/nowhere/subjects', undefined, 404, 'GALLERY_NOT_FOUND'],
      ['GET', `/${encodeURIComponent('../../keys.json')}`, undefined, 404, 'GALLERY_NOT_FOUND'],
    ] as const)
      expect(said(await call(method, path, body)), `${method} ${path}`).toEqual([status, code]);
    for (const [method, path, body, key] of [
      ['POST', '', { name: 'x' }, enrolKey],
      ['PATCH', '/taken', {}, enrolKey],
      ['DELETE', '/taken', undefined, enrolKey],
      ['POST', '/taken/subjects', { subject: 'a' }, readKey],
      ['PATCH', '/taken/subjects/a', {}, readKey],
      ['DELETE', '/taken/subjects/a', undefined, readKey],
    ] as const)
      expect(said(await call(method, path, body, key)), `${method} ${path}`).toEqual([403, 'KEY_FORBIDDEN']);
    expect((await call('GET', '/taken', undefined, readKey)).status).toBe(200);
  });
});

describe('subjects', () => {
  beforeAll(async () => {
    for (const name of ['office', 'lab']) expect((await call('POST', '', { name })).status).toBe(201);
  });

  const profile = {
    external_id: 'E-1815',
    metadata: { floor: 3, tags: ['ü'] },
    consent: { basis: 'contract', given_at: '2026-11-29T00:00:00.000Z', by: 'HR' },
    expires_at: '2999-01-01T00:00:00.000Z',
  };

  test('are described, found, renamed and erased, each in their collection alone', async () => {
    const made = await call('POST', '/office/subjects', { subject: 'Ada', ...profile }, enrolKey);
    expect(made.status).toBe(201);
    expect(made.json).toEqual({ subject: 'Ada', ...profile, created_at: expect.any(String), samples: 0 });
    await call('POST', '/lab/subjects', { subject: 'Ada', external_id: 'E-1815' });
    await call('POST', '/office/subjects', { subject: 'Bob' });
    expect((await call('GET', '/office/subjects', undefined, readKey)).json).toEqual({
      subjects: [made.json, expect.objectContaining({ subject: 'Bob', external_id: null, consent: null })],
      total: 2,
    });
    expect((await call('GET', '/office/subjects?search=bO&size=1')).json.total).toBe(1);
    expect((await call('GET', '/office/subjects?external_id=E-1815')).json.subjects).toEqual([made.json]);
    expect((await call('GET', '/office/subjects?external_id=E-1')).json.total).toBe(0);
    const change = { subject: 'Ada L', metadata: null, expires_at: null };
    const { json: changed } = await call('PATCH', '/office/subjects/Ada', change, enrolKey);
    expect(changed).toEqual({ ...made.json, ...change });
    expect((await call('GET', `/office/subjects/${encodeURIComponent('Ada L')}`)).json).toEqual(changed);
    const gone = await call('DELETE', `/office/subjects/${encodeURIComponent('Ada L')}`, undefined, enrolKey);
    expect(gone.json).toEqual({ subject: 'Ada L', samples: 0 });
    expect((await call('GET', '/lab/subjects/Ada')).json.external_id).toBe('E-1815');
  });

  test('refuse what is taken, too large, or nobody', async () => {
    await call('POST', '/lab/subjects', { subject: 'Eve', external_id: 'E-7' });
    for (const [method, path, body, status, code] of [
      ['POST', '/lab/subjects', { subject: 'Eve' }, 409, 'GALLERY_SUBJECT_EXISTS'],
      ['POST', '/lab/subjects', { subject: 'New', external_id: 'E-7' }, 409, 'GALLERY_SUBJECT_EXISTS'],
      ['POST', '/lab/subjects', { subject: 'New', metadata: { a: 'x'.repeat(17_000) } }, 400, 'DATA_INVALID'],
      ['POST', '/lab/subjects', { subject: 'New', expires_at: 'soon' }, 400, 'DATA_INVALID'],
      ['POST', '/lab/subjects', { subject: 'unknown' }, 400, 'REQUEST_INVALID'],
      ['PATCH', '/lab/subjects/Ada', { subject: 'Eve' }, 409, 'GALLERY_SUBJECT_EXISTS'],
      ['PATCH', '/lab/subjects/Ada', { external_id: 'E-7' }, 409, 'GALLERY_SUBJECT_EXISTS'],
      ['PATCH', '/lab/subjects/Nobody', {}, 404, 'GALLERY_SUBJECT_NOT_FOUND'],
      ['GET', '/lab/subjects/Nobody', undefined, 404, 'GALLERY_SUBJECT_NOT_FOUND'],
      ['DELETE', '/lab/subjects/Nobody', undefined, 404, 'GALLERY_SUBJECT_NOT_FOUND'],
    ] as const)
      expect(said(await call(method, path, body)), `${method} ${path}`).toEqual([status, code]);
    await call('PATCH', '/lab', { capacity: { subjects: 2 } });
    expect(said(await call('POST', '/lab/subjects', { subject: 'New' }))).toEqual([409, 'GALLERY_FULL']);
  });

  test('whose time is up are erased by the service, with a line in the audit', async () => {
    await call('POST', '', { name: 'visitors', retention_days: 1 });
    const past = '2020-01-01T00:00:00.000Z';
    for (const [subject, expires_at] of [
      ['own', past],
      ['later', null],
    ] as const)
      await call('POST', '/visitors/subjects', { subject, expires_at });
    await call('POST', '/default/subjects', { subject: 'old guest', expires_at: past });
    await call('POST', '/default/subjects', { subject: 'stays' });
    expect(await service.service.expiry.sweep()).toBe(2);
    const names = async (collection: string) =>
      (await call('GET', `/${collection}/subjects`)).json.subjects.map(
        ({ subject }: { subject: string }) => subject,
      );
    expect([await names('visitors'), await names('default')]).toEqual([['later'], ['stays']]);
    const later = (await call('GET', '/visitors/subjects/later')).json;
    expect(Date.parse(later.expires_at) - Date.parse(later.created_at)).toBe(86_400_000);
    const lines = readFileSync(join(stateDir, 'audit.jsonl'), 'utf8').trim().split('\n');
    const expired = lines.map((line) => JSON.parse(line)).filter(({ action }) => action === 'expire');
    expect(expired.filter(({ outcome }) => outcome === 'done').map(({ by, target }) => [by, target])).toEqual(
      [
        ['the service', undefined],
        ['the service', 'visitors'],
      ],
    );
  });
});

test('collections are as they were after a restart, and in a backup of the service', async () => {
  const before = (await call('GET', '')).json;
  const out = join(fixture.root, 'backup');
  await backUp({ stateDir, out });
  await service.stop();
  service = await fixture.start({ stateDir }).then((started) => ({ ...started, key: service.key }));
  const again = await service.service.collections.names();
  expect(['default', ...again]).toEqual(before.collections.map(({ name }: { name: string }) => name));
  const restored = join(fixture.root, 'restored');
  await restore({ backup: out, stateDir: restored });
  expect(existsSync(join(restored, 'collections', 'lab', 'gallery.db'))).toBe(true);
});
