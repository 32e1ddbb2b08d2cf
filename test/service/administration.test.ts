import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { directiveOf } from '../../packages/serve/src/http/page-reports.ts';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

let fixture: Fixture;
let service: Running;
let stateDir: string;
beforeAll(async () => {
  fixture = await createFixture();
  stateDir = join(fixture.root, 'state');
  const checks = async () => [{ name: 'disk', state: 'limited' as const, detail: 'little', mend: 'df -h' }];
  service = await fixture.start({ stateDir, checks });
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

const audit = async (query = '') => (await service.call('GET', `/api/v1/audit${query}`)).json;

test('a key is made, shown once, used, and revoked; the audit says by whom', async () => {
  const expiresAt = new Date(Date.now() + 3600_000).toISOString();
  const made = await service.call('POST', '/api/v1/keys', { role: 'read', label: 'kiosk', expiresAt });
  expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
  const { key, text } = made.json;
  expect(key).toMatchObject({ role: 'read', label: 'kiosk', state: 'active', expiresAt, revokedAt: null });
  const asKiosk = { 'x-api-key': text };
  expect((await service.call('GET', '/api/v1/people', undefined, asKiosk)).status).toBe(200);
  const listed = await service.call('GET', '/api/v1/keys');
  expect(listed.json.keys[0]).toEqual(key);
  expect(listed.text).not.toContain(text.slice(17));
  expect(listed.text).not.toContain('sha256');
  const revoked = await service.call('DELETE', `/api/v1/keys/${key.id}`);
  expect(revoked.json).toMatchObject({ id: key.id, state: 'revoked' });
  expect((await service.call('GET', '/api/v1/people', undefined, asKiosk)).json.error).toBe('KEY_INVALID');
  const by = service.key.split('_')[1]!;
  const { entries } = await audit(`?by=${by}&outcome=done`);
  expect(entries.map(({ action, target }: Record<string, string>) => [action, target])).toEqual([
    ['revoke key', key.id],
    ['create key', key.id],
  ]);
});

test('what cannot be a key is refused, and one that is not there is not found', async () => {
  for (const body of [
    { role: 'root' },
    { role: 'read', expiresAt: '2001-01-01T00:00:00Z' },
    { role: 'read', expiresAt: 'soon' },
    { role: 'read', more: 1 },
  ])
    expect((await service.call('POST', '/api/v1/keys', body)).status).toBe(400);
  expect((await service.call('DELETE', '/api/v1/keys/none')).json.error).toBe('KEY_NOT_FOUND');
});

test('a key that is not an administrator’s is refused every route of theirs', async () => {
  const document = (await service.call('GET', '/openapi.json')).json;
  const { text } = await service.service.keys.create('enrol');
  const { text: reading } = await service.service.keys.create('read');
  type Operations = Record<string, { operationId: string; security: { key?: string[] }[] }>;
  const seen = [];
  for (const [path, operations] of Object.entries(document.paths as Record<string, Operations>)) {
    for (const [method, { operationId, security }] of Object.entries(operations)) {
      if (security[0]?.key?.[0] !== 'admin') continue;
      for (const key of [text, reading]) {
        const headers = { 'x-api-key': key };
        const request = { method: method.toUpperCase(), headers };
        const { status } = await fetch(service.url + path.replaceAll(/\{\w+\}/g, '1'), request);
        expect([operationId, status]).toEqual([operationId, 403]);
      }
      seen.push(operationId);
    }
  }
  expect(seen).toEqual(expect.arrayContaining(['createKey', 'listAudit', 'getSystem', 'createDeployment']));
  expect(seen.length).toBeGreaterThan(30);
});

test('the audit is looked through page by page, a person by a name that it does not hold', async () => {
  for (const name of ['Zelda', 'Bob'])
    await service.call('POST', '/api/v1/recognition/subjects', { subject: name });
  const all = await audit('?limit=1000');
  expect([all.flaw, all.lines, all.found]).toEqual([null, all.entries.length, all.entries.length]);
  const some = await audit('?limit=3');
  expect(some.entries).toEqual(all.entries.slice(0, 3));
  const next = await audit(`?limit=3&before=${some.entries[2].line}`);
  expect(next.entries).toEqual(all.entries.slice(3, 6));
  const ada = await audit('?subject=zelda');
  expect(ada.entries.map(({ action }: { action: string }) => action)).toEqual(['name', 'name']);
  expect(JSON.stringify(ada)).not.toMatch(/zelda/i);
  expect((await audit('?action=erase')).found).toBe(0);
  const path = join(stateDir, 'audit.jsonl');
  const text = await readFile(path, 'utf8');
  const lines = text.split('\n');
  await writeFile(path, [lines[0], ...lines.slice(2)].join('\n'));
  expect(await audit()).toMatchObject({ lines: 1, flaw: { line: 2, why: 'the line before it is missing' } });
  await writeFile(path, text);
});

test('the system tells of requests by stage, of memory and disks, and by which models it answers', async () => {
  for (let i = 0; i < 5; i++) {
    const { status } = await service.call('POST', '/api/v1/recognition/recognize', await photo(['ada']));
    expect(status).toBe(200);
  }
  const { json } = await service.call('GET', '/api/v1/system');
  expect(json).toMatchObject({ node: process.version, refusal: null });
  const detect = json.requests.stages.find(({ stage }: { stage: string }) => stage === 'detect');
  expect(detect.count).toBe(5);
  expect(detect.p95Ms).toBeGreaterThanOrEqual(detect.p50Ms);
  const counts = json.requests.routes.map(({ count }: { count: number }) => count);
  expect(counts).toEqual(counts.toSorted((a: number, b: number) => b - a));
  expect(counts.length).toBeGreaterThan(0);
  expect(json.memory.usedBytes).toBeGreaterThan(10_000_000);
  // the gallery lies on the disk of the state
  expect(json.disks.map(({ what }: { what: string }) => what)).toEqual(['state']);
  for (const { freeBytes, totalBytes } of json.disks) expect(totalBytes).toBeGreaterThanOrEqual(freeBytes);
  expect(json.models).toMatchObject([
    {
      task: 'detection',
      deployments: ['start'],
      license: null,
      sha256: expect.stringMatching(/^[\da-f]{64}$/),
    },
    { task: 'recognition', deployments: ['start'] },
  ]);
  expect(json.galleries).toMatchObject([{ subjects: 0, faces: 0, threshold: 0.9 }]);
  const checks = await service.call('GET', '/api/v1/system/checks');
  expect(checks.json.checks).toEqual([{ name: 'disk', state: 'limited', detail: 'little', mend: 'df -h' }]);
  const { entries } = (await service.call('GET', '/api/v1/deployments/health')).json;
  expect(entries).toMatchObject([{ name: 'start', requests_total: 5, faults_total: 0 }]);
});

test('reports of the page’s policy are one line, with nothing in it that a stranger wrote', async () => {
  const report = (directive: string) => ({
    'csp-report': { 'violated-directive': directive, 'blocked-uri': 'https://evil.example/<b>' },
  });
  expect(directiveOf(report("script-src 'self'"))).toBe('script-src');
  expect(directiveOf([{ body: { effectiveDirective: 'img-src' } }])).toBe('img-src');
  for (const other of [null, 7, [], {}, report('evil'), [{ body: 1 }]])
    expect(directiveOf(other)).toBe('another');
  const send = (body: string, type = 'application/csp-report') =>
    fetch(`${service.url}/ui/reports`, { method: 'POST', body, headers: { 'content-type': type } });
  const before = service.lines.length;
  const statuses = await Promise.all(
    [JSON.stringify(report('evil <script>')), '{', '[]', ''].map(async (body) => (await send(body)).status),
  );
  expect(statuses).toEqual([204, 204, 204, 204]);
  const said = service.lines.slice(before);
  expect(said).toEqual(['a browser refused what the policy of the page forbids: another']);
  expect((await send('x'.repeat(20_000))).status).toBe(413);
  expect((await send('{}', 'text/html')).status).toBe(415);
  // and its types are read nowhere else
  const body = JSON.stringify({ key: service.key });
  const headers = { 'content-type': 'application/csp-report' };
  expect((await fetch(`${service.url}/api/v1/session`, { method: 'POST', body, headers })).status).toBe(415);
});
