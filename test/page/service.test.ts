import { readFileSync } from 'node:fs';
import { appendFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { customTask, JobService } from '@semblance/jobs';
import type { Browser, Page } from 'playwright-core';
import { jobParts } from 'semblance';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { encodePng } from '../../packages/face/src/image/encode.ts';
import { createImage } from '../../packages/face/src/image/image.ts';
import { buildPage } from '../../scripts/packaging/build-page.ts';
import { createFixture, type Fixture, photo, type Running } from '../service/fixtures.ts';
import { hasBrowser, openBrowser, signedIn } from './browser.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const HOSTILE = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>';
/** The same as a file may be called. */
const HOSTILE_FILE = '<img src=x onerror=hurt=1>';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(!hasBrowser)('pages of whoever looks after the service', () => {
  let fixture: Fixture;
  let service: Running;
  let jobs: JobService;
  let browser: Browser;
  let stateDir: string;
  /** Of a key that may only recognise. */
  let reading: string;
  let shots = 0;
  beforeAll(async () => {
    await buildPage();
    fixture = await createFixture();
    jobs = new JobService({ home: join(fixture.root, 'jobs'), parts: jobParts });
    stateDir = join(fixture.root, 'state');
    const checks = async () => [
      { name: 'Node.js', state: 'ok' as const, detail: 'v24' },
      { name: HOSTILE, state: 'limited' as const, detail: 'little room', mend: 'df -h' },
    ];
    service = await fixture.start({ stateDir, jobs, checks });
    reading = (await service.service.keys.create('read', 'kiosk')).text;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    await fixture?.remove();
  });

  /** What axe finds that keeps people out, what sticks out, and whether a text became a script. */
  async function requireSound(page: Page): Promise<void> {
    await page.waitForLoadState('networkidle');
    if (process.env.PAGE_SHOTS)
      await page.screenshot({ path: `${process.env.PAGE_SHOTS}/service-${++shots}.png`, fullPage: true });
    await page.evaluate(axe);
    const { violations } = await page.evaluate<{
      violations: { id: string; impact: string; nodes: { html: string }[] }[];
    }>('axe.run({ exclude: [["[data-live-announcer]"]] })');
    const found = violations
      .filter(({ id, impact }) => ['serious', 'critical'].includes(impact) || id === 'region')
      .map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)}`);
    expect(found).toEqual([]);
    expect(
      await page.evaluate('[window.hurt, document.documentElement.scrollWidth - innerWidth > 0]'),
    ).toEqual([...[undefined, false]]);
  }

  test('versions are measured on pairs of one’s own, compared by error rates, and seen so before they are deployed', async () => {
    const folder = join(stateDir, 'data', 'crops');
    await mkdir(folder, { recursive: true });
    for (const [name, shade] of Object.entries({ a: 20, b: 25, c: 200, [HOSTILE_FILE]: 205 })) {
      const crop = createImage(112, 112, [shade, 90, 255 - shade]);
      await writeFile(join(folder, `${name}.png`), await encodePng(crop));
    }
    const lines = [
      ['a', 'b', 1],
      ['c', HOSTILE_FILE, 1],
      ['a', 'c', 0],
      ['b', HOSTILE_FILE, 0],
    ] as const;
    const list = lines.map(([first, second, same]) => `${first}.png,${second}.png,${same}\n`).join('');
    await writeFile(join(stateDir, 'data', 'pairs.csv'), list);
    const models = [fixture.recognizer, fixture.otherRecognizer];
    for (const model of models) {
      const made = await jobs.create('faces', customTask(['cp', '-r', model, '{outputs}/model']));
      for await (const _ of jobs.follow(made)); // until it has ended
    }
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      ...{ path: '/compare?versions=faces', bypassCSP: false },
    });
    await page.getByText('None of them was measured').waitFor();
    await page.getByRole('link', { name: 'Measure them' }).click();
    await page.getByRole('textbox', { name: 'Pairs' }).fill('pairs.csv');
    await page.getByRole('textbox', { name: 'Photos' }).fill('crops');
    await page.getByText('They are faces that were cut out').click();
    await page.getByRole('button', { name: 'Evaluate versions' }).click();
    await page.getByRole('row', { name: /^evaluations\/V0002 faces\/V000. pairs.csv/ }).waitFor();
    for (const name of ['V0001', 'V0002'])
      for await (const _ of jobs.follow(await jobs.find(`evaluations/${name}`)));
    await page.reload();
    await page.getByRole('row', { name: /V0001 .* completed accuracy 1/ }).waitFor();
    await page.getByRole('link', { name: 'evaluations/V0001' }).click();
    await page.getByRole('img', { name: /^ROC/ }).waitFor();
    await page.getByRole('row', { name: /^0\.1 0\.00 %/ }).waitFor();
    const pair = page.getByRole('region', { name: 'One person, judged least alike' });
    // pictures of data URLs are shown though the policy lets none be loaded
    await pair.locator('img').first().waitFor();
    await page.waitForFunction('document.querySelector("main figure img").naturalWidth > 0');
    expect(complaints).toEqual([]);
    await context.close();
    const options = { bypassCSP: true, path: '/evaluations/evaluations/V0001' };
    const other = await signedIn(browser, service.url, service.key, options);
    for (const path of ['evaluations/evaluations/V0001', 'evaluations', 'evaluations/new']) {
      await other.page.goto(`${service.url}/ui/${path}`);
      await other.page.getByRole('heading', { level: 1 }).waitFor();
      await requireSound(other.page);
    }
    await other.page.goto(`${service.url}/ui/compare?versions=faces`);
    await other.page.getByRole('region', { name: 'Error rates on pairs.csv' }).waitFor();
    await other.page.getByText('Worst misses of faces/V0001 on pairs.csv').click();
    await requireSound(other.page);
    await other.page.goto(`${service.url}/ui/training/faces/V0001`);
    await other.page.getByRole('button', { name: 'Deploy' }).click();
    await other.page.getByRole('region', { name: 'Error rates on pairs.csv' }).waitFor();
    await requireSound(other.page);
    expect(other.complaints).toEqual([]);
    await other.context.close();
  });

  test('a model is deployed as a canary, given more, promoted, and rolled back', async () => {
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      ...{ path: '/deploy', bypassCSP: true },
    });
    const other = join(fixture.root, 'candidate');
    await cp(fixture.otherRecognizer, other, { recursive: true });
    await page.getByRole('button', { name: 'Deploy a version' }).click();
    await page.getByRole('radio', { name: 'Model folders' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('candidate');
    await page.getByRole('textbox', { name: 'Recognizer' }).fill(other);
    await page.getByText('A canary').waitFor();
    await requireSound(page);
    await page.getByRole('button', { name: 'Deploy', exact: true }).click();
    const serves = page.getByRole('region', { name: 'Serves' });
    const entry = serves.getByRole('listitem').filter({ hasText: 'canary' });
    await entry.getByRole('heading', { name: 'candidate' }).waitFor();
    for (let i = 0; i < 10; i++)
      await service.call('POST', '/api/v1/recognition/recognize', await photo(['ada'], i));
    await entry.getByText('last request went well').waitFor();
    await requireSound(page);
    await entry.getByRole('button', { name: 'Change share' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('slider').fill('40');
    await dialog.getByText('60 %').waitFor();
    await dialog.getByRole('button', { name: 'Change share' }).click();
    await page.getByText(/^D0003 since/).waitFor();
    await entry.getByRole('button', { name: 'Promote' }).click();
    await dialog.getByRole('heading', { name: 'Give all requests to candidate?' }).waitFor();
    await requireSound(page);
    await dialog.getByRole('button', { name: 'Promote' }).click();
    await page.getByText(/^D0004 since/).waitFor();
    expect(service.service.deployments.fleet.entries).toMatchObject([{ name: 'candidate', weight: 100 }]);
    await page.getByRole('button', { name: 'Roll back' }).click();
    const question = page.getByRole('alertdialog');
    await question.getByText('Roll back to D0003?').waitFor();
    expect(await question.textContent()).toMatch(/Now.*candidate 100 %.*Then.*start 60 %.*candidate 40 %/);
    await question.getByRole('button', { name: 'Roll back' }).click();
    await page.getByText(/^D0005 since/).waitFor();
    await page.getByRole('row', { name: /D0004 rolled back candidate 100 %/ }).waitFor();
    await page.getByRole('textbox', { name: 'Alias' }).fill('faces@production');
    await page.getByRole('button', { name: 'Follow' }).click();
    await page
      .getByRole('alert')
      .getByText(/(JOB|ALIAS)_NOT_FOUND/)
      .waitFor();
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
    await context.close();
  });

  test('a key is made, shown once and revoked; the audit tells of it, and of a line that was changed', async () => {
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      ...{ path: '/keys', bypassCSP: true, colorScheme: 'dark' },
    });
    await page.getByRole('button', { name: 'Create key' }).click();
    await page.getByRole('textbox', { name: 'What it is for' }).fill(HOSTILE);
    await page.getByLabel('Role').selectOption('enrol');
    await page.getByLabel('Expires').selectOption('in 30 days');
    await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click();
    const shown = page.getByRole('alertdialog');
    const text = (await shown.locator('pre').textContent())!;
    expect(service.service.keys.check(text)).toMatchObject({ role: 'enrol', label: HOSTILE });
    await requireSound(page);
    await shown.getByRole('button', { name: 'I have it' }).click();
    await requireSound(page);
    expect(await page.content()).not.toContain(text.slice(17));
    await page.getByRole('button', { name: `Revoke ${HOSTILE}` }).click();
    await shown.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('row', { name: /revoked/ }).waitFor();
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByText('The chain is whole').waitFor();
    await page.getByLabel('Change').selectOption('revoke key');
    await page
      .getByRole('row', { name: /deploy/ })
      .first()
      .waitFor({ state: 'detached' });
    expect(await page.getByRole('row').count()).toBe(3);
    await requireSound(page);
    await appendFile(join(stateDir, 'audit.jsonl'), `{"action":"${HOSTILE.replaceAll('"', "'")}"}\n`);
    await page.reload();
    await page.getByRole('alert').getByText('it is not as it was written').waitFor();
    await requireSound(page);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('the system is seen as it is, ready or not', async () => {
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      ...{ path: '/system', bypassCSP: true },
    });
    // the audit that the test before has changed
    await page.getByText('Takes no requests:').waitFor();
    await page.getByText('NOT_READY').waitFor();
    const times = page.getByRole('region', { name: 'Times by stage' });
    await times.getByRole('row', { name: /^wait to detect/ }).waitFor();
    await page.getByRole('region', { name: 'Recognizer' }).getByText('SHA-256').first().waitFor();
    await page.getByText('little room').waitFor();
    await requireSound(page);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('on a phone and in 中文; who may not is shown none of it', async () => {
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      ...{ path: '/deploy', bypassCSP: true, size: 'phone', locale: 'zh-CN', colorScheme: 'dark' },
    });
    for (const [path, heading] of [
      ['deploy', '部署'],
      ['deploy/new', '部署版本'],
      ['keys', '密钥'],
      ['audit', '审计'],
      ['system', '系统'],
    ]) {
      await page.goto(`${service.url}/ui/${path}`);
      await page.getByRole('heading', { name: heading!, level: 1 }).waitFor();
      await requireSound(page);
    }
    expect(complaints).toEqual([]);
    await context.close();
    // what a role does not open is not there
    const kiosk = await signedIn(browser, service.url, reading, { path: '/deploy' });
    await kiosk.page.getByText('There is no such page').waitFor();
    const links = await kiosk.page.getByRole('navigation').getByRole('link').allTextContents();
    expect(links).toEqual(expect.arrayContaining(['Semblance', 'Recognize', 'People']));
    for (const name of ['Deploy', 'Keys', 'Audit', 'System', 'Training', 'Compare', 'Evaluations'])
      expect(links).not.toContain(name);
    expect(kiosk.complaints).toEqual([]);
    await kiosk.context.close();
  });
});
