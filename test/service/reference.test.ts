import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { hasBrowser, openBrowser, openWatched } from '../page/browser.ts';
import { createFixture, type Fixture, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let fixture: Fixture;
let service: Running;
let browser: Browser | undefined;
beforeAll(async () => {
  fixture = await createFixture();
  service = await fixture.start({ start: null });
  if (hasBrowser) browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
  await fixture?.remove();
});

const paths = ['', '/reference.js', '/reference.css', '/swagger-ui.js', '/swagger-ui.css'].map(
  (path) => `/docs${path}`,
);

test('the page and its files come from the service without a key, under a policy that lets nothing else in', async () => {
  for (const path of paths) {
    const reply = await fetch(service.url + path);
    expect(reply.status, path).toBe(200);
    const policy = reply.headers.get('content-security-policy')!.split('; ');
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'"]),
    );
    expect(policy.join()).not.toMatch(/unsafe|https?:|\*/);
    const again = await fetch(service.url + path, {
      headers: { 'if-none-match': reply.headers.get('etag')! },
    });
    expect([again.status, await again.text()]).toEqual([304, '']);
  }
  const html = await (await fetch(`${service.url}/docs/`)).text();
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=|https?:/);
});

test('files come packed, and plain to whoever takes no other', async () => {
  const plain = await (
    await fetch(`${service.url}/docs/swagger-ui.js`, { headers: { 'accept-encoding': 'identity' } })
  ).text();
  const packed = await fetch(`${service.url}/docs/swagger-ui.js`, { headers: { 'accept-encoding': 'gzip' } });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(await packed.text()).toBe(plain);
});

test.skipIf(!hasBrowser)(
  'a browser shows every operation, complains of nothing, asks nobody else, and tries one out',
  async () => {
    const { context, page, complaints } = await openWatched(browser!, service.url);
    await page.goto(`${service.url}/docs`);
    await page.locator('.opblock').first().waitFor();
    const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as {
      paths: Record<string, object>;
    };
    const numOperations = Object.values(document.paths).flatMap((item) => Object.keys(item)).length;
    expect(await page.locator('.opblock').count()).toBe(numOperations);

    await page.locator('.btn.authorize').click();
    await page.getByLabel('Value').or(page.locator('.auth-container input')).first().fill(service.key);
    await page.locator('.auth-container .btn.authorize').first().click();
    await page.locator('.btn-done').first().click();
    await page.getByText('/api/v1/recognition/subjects', { exact: true }).first().click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    // no model is deployed: the answer is the service's own refusal
    await page.locator('.live-responses-table .response-col_status').getByText('404').waitFor();
    expect(await page.locator('.live-responses-table').innerText()).toContain('DEPLOYMENT_NOT_FOUND');
    expect(complaints.filter((line) => !/status of 404/.test(line))).toEqual([]);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
    await context.close();
  },
);
