import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keysPath } from '../../packages/serve/src/home.ts';
import { KeyFile } from '../../packages/serve/src/keys/key-file.ts';
import { createFixture, type Fixture, photo, pictureForm, type Running } from './fixtures.ts';

const url = '/api/v1/session';
const subjects = '/api/v1/recognition/subjects';

let fixture: Fixture;
let service: Running;
let keys: KeyFile;
beforeAll(async () => {
  fixture = await createFixture();
  const stateDir = join(fixture.root, 'state');
  service = await fixture.start({ stateDir });
  keys = await KeyFile.open(keysPath(stateDir));
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

interface SignedIn {
  cookie: string;
  csrfToken: string;
  id: string;
  setCookie: string;
}

/** A request as a browser sends it: no key, whatever else there is. */
async function ask(method: string, path: string, headers: Record<string, string> = {}, body?: unknown) {
  const isForm = body instanceof FormData;
  const reply = await fetch(service.url + path, {
    method,
    headers: { ...headers, ...(body && !isForm ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
  });
  const text = await reply.text();
  return { status: reply.status, headers: reply.headers, json: text === '' ? null : JSON.parse(text) };
}

async function signIn(role: 'read' | 'enrol' | 'admin', headers = {}): Promise<SignedIn> {
  const { key, text } = await keys.create(role, 'desk');
  const { status, headers: answered, json } = await ask('POST', url, headers, { key: text });
  expect([status, json]).toEqual([
    201,
    { key: key.id, label: 'desk', role, csrfToken: expect.any(String), expiresAt: expect.any(String) },
  ]);
  expect(JSON.stringify(json)).not.toContain(text);
  const setCookie = answered.get('set-cookie')!;
  return { id: key.id, csrfToken: json.csrfToken, setCookie, cookie: setCookie.split(';')[0]! };
}

test('a key becomes a cookie that no script reads and no other site sends, and holds neither the key nor its id', async () => {
  const { setCookie, id } = await signIn('read');
  expect(setCookie).toMatch(
    /^semblance_session=[\w-]{43}; Path=\/; Expires=[^;]+ GMT; HttpOnly; SameSite=Strict$/,
  );
  expect(setCookie).not.toContain(id);
  const hours = (Date.parse(/Expires=([^;]+)/.exec(setCookie)![1]!) - Date.now()) / 3600_000;
  expect(hours).toBeGreaterThan(11);
  expect(hours).toBeLessThanOrEqual(12);
  // a proxy that speaks TLS says so
  expect((await signIn('read', { 'x-forwarded-proto': 'https' })).setCookie).toContain('; Secure;');
});

test('the cookie stands for the key, and what it opens is what the role opens', async () => {
  const { cookie, csrfToken } = await signIn('read');
  expect((await ask('GET', subjects, { cookie })).status).toBe(200);
  expect((await ask('GET', url, { cookie })).json.session).toMatchObject({ role: 'read', csrfToken });
  const headers = { cookie, 'x-csrf-token': csrfToken };
  const form = pictureForm(await photo(['ada']));
  expect((await ask('POST', '/api/v1/recognition/recognize', headers, form)).status).toBe(200);
  const refused = await ask('POST', subjects, headers, { subject: 'ada' });
  expect([refused.status, refused.json.error]).toEqual([403, 'KEY_FORBIDDEN']);
  expect((await ask('GET', '/api/v1/deployments', { cookie })).json.error).toBe('KEY_FORBIDDEN');
});

test('what changes something needs the token of this very session, and a key in the header does not', async () => {
  const [own, other] = [await signIn('enrol'), await signIn('enrol')];
  const { cookie } = own;
  for (const token of [undefined, '', other.csrfToken]) {
    const headers = { cookie, ...(token === undefined ? {} : { 'x-csrf-token': token }) };
    const { status, json } = await ask('POST', subjects, headers, { subject: 'forged' });
    expect([status, json.error]).toEqual([403, 'SESSION_TOKEN']);
  }
  expect((await ask('DELETE', url, { cookie })).json.error).toBe('SESSION_TOKEN');
  expect((await ask('GET', subjects, { cookie })).json.subjects).toEqual([]);
  const headers = { cookie, 'x-csrf-token': own.csrfToken };
  expect((await ask('POST', subjects, headers, { subject: 'meant' })).status).toBe(201);
  // a program that has both is judged by the key
  const byKey = await ask('DELETE', `${subjects}/meant`, { cookie, 'x-api-key': service.key });
  expect(byKey.status).toBe(200);
});

test('a form of another site begins no session: only JSON does', async () => {
  const body = new URLSearchParams({ key: service.key });
  const reply = await fetch(service.url + url, { method: 'POST', body });
  expect([reply.status, reply.headers.get('set-cookie')]).toEqual([415, null]);
});

test('signing out ends it, wherever its cookie is', async () => {
  const { cookie, csrfToken } = await signIn('admin');
  const { status, headers } = await ask('DELETE', url, { cookie, 'x-csrf-token': csrfToken });
  expect([status, headers.get('set-cookie')]).toEqual([
    204,
    expect.stringMatching(/^semblance_session=; .*Expires=Thu, 01 Jan 1970/),
  ]);
  const after = await ask('GET', subjects, { cookie });
  expect([after.status, after.json.error]).toEqual([401, 'SESSION_ENDED']);
  expect((await ask('GET', url, { cookie })).json).toEqual({ session: null });
});

test('a key that is revoked ends its sessions with the next request, and no others', async () => {
  const [gone, stays] = [await signIn('admin'), await signIn('admin')];
  await keys.revoke(gone.id);
  const { status, json } = await ask('GET', subjects, { cookie: gone.cookie });
  expect([status, json.error]).toEqual([401, 'SESSION_ENDED']);
  expect((await ask('GET', url, { cookie: gone.cookie })).json).toEqual({ session: null });
  expect((await ask('GET', subjects, { cookie: stays.cookie })).status).toBe(200);
});

test('a session is over when its key has expired', async () => {
  const { text } = await keys.create('read', '', { expiresAt: new Date(Date.now() + 1500) });
  const { headers } = await ask('POST', url, {}, { key: text });
  const cookie = headers.get('set-cookie')!.split(';')[0]!;
  await expect
    .poll(async () => (await ask('GET', subjects, { cookie })).json.error, { timeout: 30_000 })
    .toBe('SESSION_ENDED');
});

test('a wrong key begins nothing, and a wrong cookie is nobody’s', async () => {
  const { status, json, headers } = await ask('POST', url, {}, { key: 'smb_0' });
  expect([status, json.error, headers.get('set-cookie')]).toEqual([401, 'KEY_INVALID', null]);
  expect((await ask('GET', subjects, { cookie: 'semblance_session=x' })).json.error).toBe('SESSION_ENDED');
  expect((await ask('GET', subjects, { cookie: 'other=x' })).json.error).toBe('KEY_MISSING');
});
