import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPage } from '../../scripts/packaging/build-page.ts';
import { createFixture, type Fixture, type Running } from '../service/fixtures.ts';
import { hasBrowser, openBrowser, signedIn } from './browser.ts';

describe.skipIf(!hasBrowser)('the loss laboratory in a browser', () => {
  let fixture: Fixture;
  let service: Running;
  let browser: Browser;
  beforeAll(async () => {
    await buildPage();
    fixture = await createFixture();
    service = await fixture.start();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    await fixture?.remove();
  });

  const rowOf = (page: Page, loss: string) =>
    page.getByRole('row').filter({ has: page.getByRole('button', { name: loss, exact: true }) });

  test('a chapter opens its loss, keys move the angle and the margin, and the address says all of it', async () => {
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      path: '/losses',
    });
    await page.getByRole('heading', { name: 'ArcFace', level: 2 }).waitFor();
    await page.getByRole('listitem').getByRole('button', { name: 'CosFace' }).click();
    await page.getByRole('heading', { name: 'CosFace', level: 2 }).waitFor();
    const angle = page.getByLabel('Angle θ');
    await angle.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    // 64·(cos 62° − 0.35)
    await rowOf(page, 'CosFace').getByText('7.6', { exact: true }).waitFor();
    await page.getByLabel('Margin m').fill('0.2');
    await page.getByLabel('People in the training set').fill('2');
    await page.getByRole('radio', { name: 'Pull' }).click();
    // acos(0.2 + ln 23 / 64)
    await rowOf(page, 'CosFace').getByText('76°', { exact: true }).waitFor();
    await page.getByText('--set lossOptions.margin=0.2').waitFor();
    await page.waitForURL('**/ui/losses?loss=cosface&angle=62&people=24&view=pull&m=0.2');
    // dragged in the picture, half way
    const chart = page.getByRole('img', { name: /CosFace at 62°/ });
    const { x, y, width } = (await chart.boundingBox())!;
    await page.mouse.move(x + width / 4, y + 100);
    await page.mouse.down();
    await page.mouse.move(x + 46 + (width - 66) / 2, y + 120);
    await page.mouse.up();
    await page.waitForURL(/[?&]angle=90&/);
    await page.reload();
    await page.getByRole('img', { name: /CosFace at 90°/ }).waitFor();
    await rowOf(page, 'AdaFace').getByRole('button').click();
    await page.waitForURL('**/ui/losses?loss=adaface&**');
    await page.getByRole('button', { name: 'Set it up' }).click();
    await page.getByRole('img', { name: /AdaFace at 113°: 1\.00/ }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('trainings are loaded when one comes to them, and moved through their steps', async () => {
    const { page, complaints, context, requests } = await signedIn(browser, service.url, service.key, {
      path: '/losses?moment=3',
      size: 'phone',
    });
    await page.getByRole('heading', { name: 'ArcFace', level: 2 }).waitFor();
    const names = async () => (await requests()).map(({ url }) => url).join('\n');
    expect(await names()).not.toMatch(/plane|sphere/);
    await page.locator('#features').scrollIntoViewIfNeeded();
    const step = page.getByLabel('Training step');
    await step.waitFor();
    expect(await step.getAttribute('aria-valuetext')).toBe('step 38');
    const picture = page.getByRole('figure').filter({ hasText: 'ArcFace: s = 30' });
    const drawn = () => picture.locator('path').first().getAttribute('d');
    const early = await drawn();
    await step.fill('24');
    await picture.getByText('99.8 % right · ±5° wide · 43° apart').waitFor();
    expect(await drawn()).not.toBe(early);
    await page.getByRole('radio', { name: 'Sphere' }).click();
    await picture.getByText('100.0 % right').waitFor();
    await expect.poll(names, { timeout: 20_000 }).toMatch(/sphere/);
    await page.waitForURL(/losses\?dimensions=3$/);
    const isMoving = page.waitForURL(/[?&]moment=\d/);
    await page.getByRole('button', { name: 'Play' }).click();
    await isMoving;
    const sizes = (await requests()).filter(({ url }) => /\/(plane|sphere)-/.test(url));
    expect(sizes.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBeLessThanOrEqual(300_000);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test.each([
    {
      size: 'wide',
      colorScheme: 'light',
      language: 'en',
      trainings: 'What becomes of faces',
      finding: 'Few people and many',
    },
    { size: 'phone', colorScheme: 'dark', language: 'zh', trainings: '特征的变化', finding: '人少与人多' },
  ] as const)(
    'everybody can use it: $size, $colorScheme, $language',
    async ({ language, trainings, finding, ...look }) => {
      const { page, complaints, context } = await signedIn(browser, service.url, service.key, look);
      await page.evaluate(`localStorage.setItem('language', '${language}')`);
      await page.goto(`${service.url}/ui/losses?loss=adaface&view=pull`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      for (const [part, name] of Object.entries({ features: trainings, ladder: finding })) {
        await page.locator(`#${part}`).scrollIntoViewIfNeeded();
        await page.getByRole('heading', { name }).waitFor();
      }
      // by the browser's own hand, since the policy of the page lets no other script in
      const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
      await page.evaluate(axe);
      const found = await page.evaluate<string[]>(
        `axe.run('#content').then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' ' + html)))`,
      );
      expect(found).toEqual([]);
      expect(
        await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'),
      ).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
      await context.close();
    },
  );
});
