import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parseReceipt } from '../../packages/face/src/gallery/index.ts';
import { buildPage } from '../../scripts/packaging/build-page.ts';
import { createFixture, type Fixture, photo, type Running } from '../service/fixtures.ts';
import { hasBrowser, openBrowser, signedIn } from './browser.ts';

vi.setConfig({ testTimeout: 300_000 });

/** A name that would run if it were taken for HTML. */
const HOSTILE = '50%2F <img src=x onerror="document.title=\'run\'"><script>document.title="run"</script>';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds that keeps people out, as rules with the elements they are broken by. */
async function seriousOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  }>('axe.run()');
  return violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)}`);
}

/** Photos as files, as a browser is given them. */
const picture = async (name: string, people: readonly string[], shade = 0) => ({
  name,
  mimeType: 'image/png',
  buffer: Buffer.from(await photo(people, shade)),
});
const files = (page: Page) => page.locator('input[type=file]').first();

describe.skipIf(!hasBrowser)('pages of faces', () => {
  let fixture: Fixture;
  let service: Running;
  let browser: Browser;
  beforeAll(async () => {
    await buildPage();
    fixture = await createFixture();
    // threads of the service have the environment of the process
    process.env.SEMBLANCE_GALLERY_KEY = Buffer.alloc(32, 5).toString('base64');
    process.env.SEMBLANCE_GALLERY_KEYS = join(fixture.root, 'keys');
    service = await fixture.start();
    browser = await openBrowser();
  });
  afterAll(async () => {
    delete process.env.SEMBLANCE_GALLERY_KEY;
    delete process.env.SEMBLANCE_GALLERY_KEYS;
    await browser?.close();
    await service?.stop();
    await fixture?.remove();
  });

  test('from nobody: photos are enrolled, each with its verdict, and the next photo has a name', async () => {
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      path: '/people',
    });
    await page.getByText('Nobody is enrolled yet').waitFor();
    await page.getByRole('button', { name: 'Enrol people' }).click();
    await files(page).setInputFiles([
      await picture('ada 1.png', ['ada']),
      await picture('bob_2.png', ['bob']),
      await picture('both.png', ['ada', 'eve']),
      { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture') },
    ]);
    expect(await page.getByLabel('Name for bob_2.png').inputValue()).toBe('bob');
    await page.getByRole('button', { name: 'Enrol 4 photos' }).click();
    await page.getByText('2 photos enrolled, 2 refused').waitFor();
    await page.getByText('TOO_MANY_FACES').waitFor();
    await page.getByText('IMAGE_').waitFor();
    await page.getByRole('link', { name: 'Recognize' }).click();
    await files(page).setInputFiles([await picture('party.png', ['ada', 'eve'], 4)]);
    const cards = page.getByRole('article');
    await cards
      .filter({ hasText: 'ada' })
      .getByRole('img', { name: /a face counts as known from 0\.90/ })
      .waitFor();
    await cards.filter({ hasText: 'Unknown' }).getByText('less alike than the threshold').waitFor();
    await cards.filter({ hasText: 'ada' }).getByText('enrolled').waitFor();
    await page.getByText('The same from a program').click();
    const code = await page.locator('pre').textContent();
    expect(code).toContain(`curl '${service.url}/api/v1/recognition/recognize?prediction_count=3'`);
    expect(code).toContain("-F 'file=@party.png'");
    expect(code).not.toContain(service.key.slice(17));
    // what was refused is an answer that was asked for
    expect(complaints.filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
    await context.close();
  });

  test('people are searched, sorted, renamed and erased, each state with its address', async () => {
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      path: '/people',
    });
    await page.getByRole('link', { name: /bob/ }).waitFor();
    await page.getByRole('searchbox').fill('AD');
    await page.getByRole('link', { name: /bob/ }).waitFor({ state: 'detached' });
    await page.getByRole('radio', { name: 'Newest' }).click();
    expect(page.url()).toMatch(/\/ui\/people\/?\?search=AD&sort=newest$/);
    await page.reload();
    expect(await page.getByRole('searchbox').inputValue()).toBe('AD');
    await page.getByRole('link', { name: /ada/ }).click();
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(HOSTILE);
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('heading', { name: HOSTILE, level: 1 }).waitFor();
    await page.goto(`${service.url}/ui/people`);
    await page.getByRole('link', { name: HOSTILE }).click();
    await page.getByRole('heading', { name: HOSTILE, level: 1 }).waitFor();
    expect([await page.title(), await page.locator('main script, main img[onerror]').count()]).toEqual([
      'People · Semblance',
      0,
    ]);
    await page.getByRole('button', { name: 'Erase', exact: true }).click();
    const question = page.getByRole('alertdialog');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Erase', exact: true }).click();
    await question.getByRole('button', { name: 'Erase' }).click();
    // the gallery is encrypted: that somebody was erased is proven
    const proven = page.getByRole('alertdialog', { name: `${HOSTILE} was erased` });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      proven.getByRole('link', { name: 'Download receipt' }).click(),
    ]);
    const receipt = parseReceipt(await readFile(await download.path(), 'utf8'));
    expect(JSON.stringify(receipt)).not.toContain('onerror');
    await proven.getByRole('button', { name: 'Close' }).click();
    await page.getByText('1 person').waitFor();
    expect((await service.call('GET', '/api/v1/recognition/subjects')).json.subjects).toEqual(['bob']);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('two names of one person are merged, photos of another split off, and the last of it undone', async () => {
    for (const [name, shade] of [
      ['bob', 9],
      ['robert', 0],
      ['robert', 5],
    ] as const)
      await service.call('POST', `/api/v1/recognition/faces?subject=${name}`, await photo(['bob'], shade));
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      path: '/people/named/robert',
    });
    await page.getByRole('button', { name: 'Merge' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('bob');
    await page.getByRole('dialog').getByRole('button', { name: 'Merge' }).click();
    await page.getByRole('heading', { name: 'bob', level: 1 }).waitFor();
    await page.getByText('4 photos').waitFor();
    await page.getByLabel('Choose photo 1').check();
    await page.getByRole('button', { name: 'Split off' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('bill');
    await page.getByRole('dialog').getByRole('button', { name: 'Split off' }).click();
    await page.getByRole('heading', { name: 'bill', level: 1 }).waitFor();
    await page.getByText('1 photo', { exact: true }).waitFor();
    await page.goto(`${service.url}/ui/people`);
    await page.getByText('Photos of bob became bill’s.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('robert was merged into bob.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: /robert/ }).waitFor();
    expect((await service.call('GET', '/api/v1/people')).json.people).toMatchObject([
      { subject: 'bob', faces: 2 },
      { subject: 'robert', faces: 2 },
    ]);
    await service.call('DELETE', '/api/v1/recognition/subjects/robert');
    const { json } = await service.call('GET', '/api/v1/recognition/faces?subject=bob');
    await service.call('DELETE', `/api/v1/recognition/faces/${json.faces.at(-1).image_id}`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a picture of the camera is recognised', async () => {
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      path: '/recognize',
    });
    await page.getByRole('button', { name: 'Camera' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Recognize' }).click();
    await page
      .getByText(/No face was found|Unknown|bob/)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('whoever may only read is shown nothing that changes something, and refused it', async () => {
    const { text } = await service.service.keys.create('read', 'kiosk');
    const { page, complaints, context } = await signedIn(browser, service.url, text, {
      path: '/people/named/bob',
    });
    await page.getByText('1 photo').waitFor();
    for (const name of ['Erase', 'Rename', 'Add photos', 'Erase photo'])
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    await page.goto(`${service.url}/ui/people/add`);
    await page.getByText('There is no such page').waitFor();
    const status = await page.evaluate<number>(`fetch('/api/v1/session')
      .then((answer) => answer.json())
      .then(({ session }) => fetch('/api/v1/recognition/subjects/bob', {
        method: 'DELETE', headers: { 'x-csrf-token': session.csrfToken } }))
      .then(({ status }) => status)`);
    expect(status).toBe(403);
    expect(complaints.filter((text) => !text.includes('403'))).toEqual([]);
    await context.close();
  });

  test.each([
    ['wide', 'light', 'en-US'],
    ['wide', 'dark', 'zh-CN'],
    ['phone', 'light', 'zh-CN'],
    ['phone', 'dark', 'en-US'],
  ] as const)('nobody is kept out: %s, %s, %s', async (size, colorScheme, locale) => {
    const options = { size, colorScheme, locale, path: '/recognize', bypassCSP: true };
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, options);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const found = await seriousOf(page);
    await files(page).setInputFiles([
      await picture('1.png', ['bob', 'eve']),
      await picture('2.png', ['bob']),
    ]);
    await page.getByRole('article').first().waitFor();
    found.push(...(await seriousOf(page)));
    for (const path of ['/people', '/people/named/bob', '/people/add']) {
      await page.goto(`${service.url}/ui${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      found.push(...(await seriousOf(page)));
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect([path, overflow <= 0]).toEqual([path, true]);
    }
    await page.goto(`${service.url}/ui/people/named/bob`);
    await page
      .getByRole('button')
      .filter({ has: page.locator('.lucide-trash-2') })
      .click();
    await page.getByRole('alertdialog').waitFor();
    found.push(...(await seriousOf(page)));
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a hundred thousand people are scrolled through and filtered by the few who are seen, and nobody waits for it', async () => {
    /** The longest that the page was busy at a time, ms; below 50 is nothing. */
    const longestOf = async (total: number): Promise<number> => {
      const { page, context } = await signedIn(browser, service.url, service.key, { path: '/recognize' });
      await page.route('**/api/v1/people?*', (route) => {
        const parameters = new URL(route.request().url()).searchParams;
        const [number, size] = [Number(parameters.get('page')), Number(parameters.get('size'))];
        const count = Math.min(size, total - number * size);
        const people = Array.from({ length: count }, (_, i) => ({
          ...{ subject: `person ${number * size + i}`, faces: 1, imageId: null },
        }));
        return route.fulfill({ json: { people, total } });
      });
      await page.getByRole('link', { name: 'People' }).click();
      await page.getByText(`${total.toLocaleString('en')} people`).waitFor();
      await page.evaluate(`window.longest = 0;
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
        }).observe({ type: 'longtask' })`);
      await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
      await page.getByText(`person ${total - 1}`, { exact: true }).waitFor();
      expect(await page.locator('main li').count()).toBeLessThan(200);
      await page.getByRole('searchbox').fill('person');
      await page.waitForURL(/search=person/);
      await page.getByText('person 0', { exact: true }).waitFor();
      const longest = await page.evaluate<number>('window.longest');
      await context.close();
      return longest;
    };
    const [few, many] = [await longestOf(5), await longestOf(100_000)];
    // 200 ms, or what a slower machine takes for next to nobody
    expect(many).toBeLessThanOrEqual(Math.max(200, 4 * few));
  });
});
