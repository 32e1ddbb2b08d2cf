// The page Review in a browser: mistakes are corrected by keyboard alone, and the next photo is decided otherwise.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildPage } from '../../scripts/packaging/build-page.ts';
import { recognize } from '../service/deploying.ts';
import { createFixture, type Fixture, photo, type Running } from '../service/fixtures.ts';
import { hasBrowser, openBrowser, signedIn } from './browser.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Where pictures of the page are left to be looked at: `REVIEW_SHOTS=DIR`. */
const shots = process.env.REVIEW_SHOTS;

async function shoot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

async function seriousOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  }>('axe.run()');
  return violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)}`);
}

describe.skipIf(!hasBrowser)('page Review', () => {
  let fixture: Fixture;
  let browser: Browser;
  beforeAll(async () => {
    await buildPage();
    fixture = await createFixture();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await fixture?.remove();
  });

  async function who(service: Running, name: string, shade = 2): Promise<string> {
    const { json } = await service.call('POST', recognize, await photo([name], shade));
    return json.result[0].subjects[0].subject;
  }
  /** A service that knows Ada and has seen strangers: as many groups. */
  async function seen(strangers: Record<string, number[]>): Promise<Running> {
    const service = await fixture.start({ keepUnknownDays: 7 });
    await service.call('POST', '/api/v1/recognition/faces?subject=ada', await photo(['ada']));
    for (const [name, shades] of Object.entries(strangers))
      for (const shade of shades) expect(await who(service, name, shade)).toBe('unknown');
    const total = Object.keys(strangers).length;
    const isKept = async () => expect((await service.call('GET', '/api/v1/review')).json.total).toBe(total);
    await vi.waitFor(isKept, { timeout: 60_000, interval: 50 });
    return service;
  }

  test('two mistakes are corrected by keyboard alone, and the decisions change', async () => {
    const service = await seen({ bob: [0, 6], eve: [0] });
    const { groups } = (await service.call('GET', '/api/v1/review')).json as {
      groups: { faces: unknown[]; suggestions: { subject: string }[] }[];
    };
    const near = groups.find(({ suggestions }) => suggestions.length > 0)!;
    const [alike, other] = near.faces.length === 2 ? ['bob', 'eve'] : ['eve', 'bob'];
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      path: '/review',
    });
    const { keyboard } = page;
    const suggestion = page.getByRole('button', { name: /^ada/ });
    await page.getByRole('heading', { name: 'Who is this?' }).waitFor();
    if (!(await suggestion.isVisible())) await keyboard.press('ArrowRight');
    await suggestion.waitFor();
    // it is not her, or is it
    await keyboard.press('n');
    await page.getByText('Remembered: not ada.').waitFor();
    await suggestion.waitFor({ state: 'detached' });
    await keyboard.press('z');
    await suggestion.waitFor();
    await page.getByText('Taken back.').waitFor();
    await keyboard.press('1');
    await page.getByText('Enrolled as ada.').waitFor();
    expect(await who(service, alike!)).toBe('ada');
    expect(await who(service, other!)).toBe('unknown');
    // somebody new
    await page.getByText('1 group of unknown faces').waitFor();
    await keyboard.press('e');
    await page.getByRole('dialog').waitFor();
    await keyboard.type('Grace');
    await keyboard.press('Enter');
    await page.getByText('Enrolled as Grace.').waitFor();
    await page.getByText('Nobody waits').waitFor();
    expect(await who(service, other!)).toBe('Grace');
    await keyboard.press('z');
    await page.getByRole('heading', { name: 'Who is this?' }).waitFor();
    expect(await who(service, other!)).toBe('unknown');
    expect(complaints).toEqual([]);
    await context.close();
    await service.stop();
  });

  test('groups are merged and parted by keyboard, and each has its address', async () => {
    const service = await seen({ bob: [0, 6], eve: [0] });
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      path: '/review',
    });
    const { keyboard } = page;
    await page.getByText('2 groups').waitFor();
    await keyboard.press('ArrowRight');
    await page.waitForURL(/\?group=\d+$/);
    await page.getByRole('button', { name: 'Group 2 of 2' }).and(page.locator('[aria-current]')).waitFor();
    await keyboard.press('ArrowLeft');
    await page.getByRole('button', { name: 'Group 1 of 2' }).and(page.locator('[aria-current]')).waitFor();
    await keyboard.press('m');
    await page.getByRole('heading', { name: 'Which group is the same person?' }).waitFor();
    await keyboard.press('1');
    await page.getByText('1 group of').waitFor();
    expect(await page.getByRole('img', { name: /^Unknown face/ }).count()).toBe(3);
    await keyboard.press('s');
    await page.getByRole('heading', { name: 'Whose faces are somebody else’s?' }).waitFor();
    await keyboard.press('1');
    await page.getByRole('button', { name: 'Take 1 face out' }).waitFor();
    await keyboard.press('Enter');
    await page.getByText('2 groups').waitFor();
    await keyboard.press('z');
    await page.getByText('1 group of').waitFor();
    await keyboard.press('z');
    await page.getByText('2 groups').waitFor();
    await keyboard.press('d');
    await page.getByText('1 group of').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
    await service.stop();
  });

  test.each([
    ['wide', 'light', 'en-US'],
    ['phone', 'dark', 'zh-CN'],
  ] as const)('nobody is kept out: %s, %s, %s', async (size, colorScheme, locale) => {
    const service = await seen({ bob: [0, 3, 5, 8, 10], eve: [0, 6] });
    const options = { size, colorScheme, locale, path: '/review', bypassCSP: true };
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, options);
    await page.locator('section[aria-busy=false] img').first().waitFor();
    const found = await seriousOf(page);
    await shoot(page, `review-${size}-${colorScheme}`);
    for (const [key, name] of [
      ['s', 'split'],
      ['Escape', ''],
      ['m', 'merge'],
      ['Escape', ''],
      ['e', 'new'],
    ]) {
      await page.keyboard.press(key!);
      if (name === 'new') await page.getByRole('dialog').waitFor();
      if (name) found.push(...(await seriousOf(page)));
      if (name) await shoot(page, `review-${name}-${size}-${colorScheme}`);
    }
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect([found, overflow <= 0, complaints]).toEqual([[], true, []]);
    await context.close();
    await service.stop();
  });

  test('where unknown faces are not kept, it is said how they are', async () => {
    const service = await fixture.start();
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      path: '/review',
    });
    await page.getByText('Unknown faces are not kept').waitFor();
    await page.getByText('semblance serve --keep-unknown 30').waitFor();
    await shoot(page, 'review-off');
    expect(complaints).toEqual([]);
    await context.close();
    await service.stop();
  });
});
