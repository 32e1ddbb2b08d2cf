import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { pageFolder } from '../../packages/web/src/index.ts';
import { buildPage } from '../../scripts/packaging/build-page.ts';
import { createFixture, type Fixture, type Running } from '../service/fixtures.ts';
import { hasBrowser, openBrowser, openWatched, signedIn } from './browser.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Most bytes and requests of the first page that somebody sees, as they came over the wire. */
const MOST_BYTES = 300_000;
const MOST_REQUESTS = 15;

let fixture: Fixture;
let service: Running;
beforeAll(async () => {
  await buildPage();
  fixture = await createFixture();
  service = await fixture.start();
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

test('a browser is led to the page, whose every address is its own', async () => {
  const root = await fetch(service.url, { redirect: 'manual' });
  expect([root.status, root.headers.get('location')]).toEqual([302, '/ui/']);
  for (const path of ['/ui', '/ui/', '/ui/people/Ada', '/ui/../ui/x']) {
    const reply = await fetch(service.url + path);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(reply.headers.get('cache-control')).toBe('no-cache');
    const policy = reply.headers.get('content-security-policy')!;
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "frame-ancestors 'none'",
    ])
      expect(policy.split('; ')).toContain(rule);
    expect(policy).not.toContain('unsafe');
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
  }
  const html = await (await fetch(`${service.url}/ui/`)).text();
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=|https?:/);
});

test('files are kept for ever under their hash, and come compressed; what is not there is not the page', async () => {
  const html = await (await fetch(`${service.url}/ui/`)).text();
  const [, script] = /src="(\/ui\/assets\/[^"]+\.js)"/.exec(html)!;
  for (const encoding of ['br', 'gzip', 'identity']) {
    const reply = await fetch(service.url + script, { headers: { 'accept-encoding': encoding } });
    expect(reply.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
    expect(reply.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(reply.headers.get('content-type')).toMatch(/^(text|application)\/javascript/);
    const text = await reply.text();
    expect(text.length).toBeGreaterThan(100_000);
    // React as it is used, not as it is developed with, though a test has built it
    expect(text).not.toContain('Each child in a list should have a unique');
  }
  for (const path of [
    '/ui/assets/none.js',
    '/ui/assets/../index.html.br',
    '/ui/assets/%2e%2e/sources.sha256',
  ]) {
    const reply = await fetch(service.url + path);
    expect(reply.headers.get('cache-control') ?? '').not.toContain('immutable');
    expect(await reply.text()).not.toMatch(/^[0-9a-f]{64}$/);
  }
});

test('a service whose page was not built says how it is', async () => {
  const without = await fixture.start({ page: null });
  try {
    const { status, json } = await without.call('GET', '/ui/people');
    expect([status, json.error, json.message]).toEqual([
      404,
      'PAGE_MISSING',
      'the page was not built: npm run build:web builds it',
    ]);
    expect((await without.call('GET', '/health/live')).status).toBe(200);
  } finally {
    await without.stop();
  }
  expect(pageFolder()).not.toBeNull();
});

describe.skipIf(!hasBrowser)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  test('the first page is small, comes from here alone, and nothing of it fails', async () => {
    const { page, complaints, requests, context } = await openWatched(browser, service.url);
    await page.goto(`${service.url}/`);
    await page.getByLabel('API key').waitFor();
    const inBytes = await requests();
    expect(inBytes.length).toBeLessThanOrEqual(MOST_REQUESTS);
    expect(inBytes.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBeLessThanOrEqual(MOST_BYTES);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a key is typed once, and is in no address, no storage and no cookie of a script', async () => {
    const { page, complaints, context, requests } = await openWatched(browser, service.url);
    await page.goto(`${service.url}/ui/people`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Paste a key').waitFor();
    await page.getByLabel('API key').fill(` ${service.key}\n`);
    await page.keyboard.press('Enter');
    // where one wanted to go
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
    const kept = await page.evaluate<string>(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])',
    );
    const secret = service.key.slice(17);
    expect(kept).not.toContain(secret);
    expect((await requests()).map(({ url }) => url).join('\n')).not.toContain(secret);
    expect(page.url()).toBe(`${service.url}/ui/people`);
    await page.reload();
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('API key').waitFor();
    await page.reload();
    await page.getByLabel('API key').waitFor();
    expect(complaints).toEqual([]);
    expect(service.lines.join('\n')).not.toContain(secret);
    await context.close();
  });

  test('a wrong key is told of with its code and what to do', async () => {
    const { page, context } = await openWatched(browser, service.url);
    await page.goto(`${service.url}/ui/`);
    await page.getByLabel('API key').fill('smb_wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('KEY_INVALID').waitFor();
    await alert.getByText('Check that the whole key was copied').waitFor();
    await context.close();
  });

  test('a session that ends meanwhile leads back to the sign-in, and from there to where one was', async () => {
    const { key, text } = await service.service.keys.create('read', 'guest');
    const { page, context } = await signedIn(browser, service.url, text, { path: '/people' });
    await service.service.keys.revoke(key.id);
    await page.getByRole('link', { name: 'Recognize' }).click();
    await page.reload();
    await page.getByLabel('API key').fill(service.key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Recognize', level: 1 }).waitFor();
    await context.close();
  });

  test('appearance and language are chosen, and kept', async () => {
    const { page, context, complaints } = await signedIn(browser, service.url, service.key);
    await page.getByRole('radio', { name: '中文' }).click();
    await page.getByRole('link', { name: '人员' }).waitFor();
    await page.getByRole('radio', { name: '深色' }).click();
    await page.reload();
    await page.getByRole('link', { name: '人员' }).waitFor();
    const html = page.locator('html');
    expect([await html.getAttribute('lang'), await html.getAttribute('data-theme')]).toEqual([
      'zh-CN',
      'dark',
    ]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('on a phone the pages are behind the menu', async () => {
    const { page, context, complaints } = await signedIn(browser, service.url, service.key, {
      size: 'phone',
    });
    await page.getByRole('button', { name: 'Menu' }).tap();
    await page.getByRole('dialog').getByRole('link', { name: 'People' }).tap();
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('an address that leads nowhere says so, with a way on', async () => {
    const { page, context } = await signedIn(browser, service.url, service.key, { path: '/nothing' });
    await page.getByText('There is no such page').waitFor();
    await page.getByRole('link', { name: 'To the first page' }).click();
    await page.getByRole('heading', { name: 'Recognize', level: 1 }).waitFor();
    await context.close();
  });
});
