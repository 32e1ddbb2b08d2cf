import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { customTask, JobService } from '@semblance/jobs';
import type { Browser, Page } from 'playwright-core';
import { jobParts } from 'semblance';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildPage } from '../../scripts/packaging/build-page.ts';
import { createFixture, type Fixture, type Running } from '../service/fixtures.ts';
import { hasBrowser, openBrowser, signedIn } from './browser.ts';

// a supervisor, workers and a browser are started: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const HOSTILE = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let fixture: Fixture;
let service: Running;
let jobs: JobService;
let browser: Browser;
let shots = 0;

/** A command that reports a curve which falls to `end`, and waits at its middle for the file `go` where it is told to. */
const curve = (end: string, waits = false): string => `
  const { appendFileSync, existsSync, writeFileSync } = require('node:fs');
  console.log(${JSON.stringify(HOSTILE)});
  const tell = (step) => {
    const loss = ${end} + 2 / step + Number(process.argv[1]) / 100;
    appendFileSync(process.env.SEMBLANCE_METRICS, JSON.stringify({ step, loss, lr: 0.1, totalSteps: 20 }) + '\\n');
    console.log('step ' + step);
  };
  const finish = () => {
    for (let step = 11; step <= 20; step++) tell(step);
    writeFileSync(process.env.SEMBLANCE_OUTPUTS + '/model.txt', 'weights');
  };
  for (let step = 1; step <= 10; step++) tell(step);
  const wait = () => (!${waits} || existsSync(${JSON.stringify(join(fixture.root, 'go'))}) ? finish() : setTimeout(wait, 50));
  wait();`;

const make = (job: string, script: string, parameters: Record<string, string>, description = '') =>
  jobs.create(job, customTask([process.execPath, '-e', script, '{seed}', '{lr}'], parameters), {
    ...{ cwd: fixture.root, description },
  });

describe.skipIf(!hasBrowser)('trainings in a browser', () => {
  beforeAll(async () => {
    await buildPage();
    fixture = await createFixture();
    jobs = new JobService({ home: join(fixture.root, 'jobs'), parts: jobParts });
    service = await fixture.start({ jobs });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    await fixture?.remove();
  });

  /** What axe finds, and whether a text became a script. */
  async function requireSound(page: Page): Promise<void> {
    if (process.env.PAGE_SHOTS)
      await page.screenshot({ path: `${process.env.PAGE_SHOTS}/training-${++shots}.png`, fullPage: true });
    // into a world of its own, where the policy of the page does not hold it
    await page.evaluate(axe);
    const found = await page.evaluate<string[]>(
      'axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map((one) => one.id + " " + one.nodes[0].html + one.nodes[0].failureSummary))',
    );
    expect(found).toEqual([]);
    expect(await page.evaluate('window.hurt')).toBeUndefined();
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
  }

  test('an empty list says the command that fills it', async () => {
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      path: '/training',
    });
    await page.getByText('-- train recognition --data people/').waitFor();
    await requireSound(page);
    await page.goto(`${service.url}/ui/compare`);
    await page.getByText('semblance jobs compare').waitFor();
    await requireSound(page);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('whoever may only recognise sees neither page, and is refused by their routes', async () => {
    const { text } = await service.service.keys.create('read', 'guest');
    const { page, context } = await signedIn(browser, service.url, text, { path: '/training' });
    await page.getByText('There is no such page').waitFor();
    expect(await page.getByRole('link', { name: 'Compare' }).count()).toBe(0);
    const refused = await page.evaluate<number>(
      'fetch("/v1/default/training-jobs").then(({ status }) => status)',
    );
    expect(refused).toBe(403);
    await context.close();
  });

  test('a version is followed live, marked, modified, compared and deleted', async () => {
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      path: '/training',
    });
    // told of without being asked for
    await make('faces', curve('1', true), { seed: '1', lr: '0.1' }, HOSTILE);
    const row = page.getByRole('listitem').filter({ hasText: 'V0001' });
    await row.getByText('running').waitFor();
    await row.getByRole('progressbar').waitFor();
    await row.getByRole('link', { name: 'V0001' }).click();
    await page.getByRole('heading', { name: 'V0001', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/ui/training/faces/V0001');
    const log = page.getByRole('log');
    await log.getByText('step 10').waitFor();
    await log.getByText(HOSTILE).waitFor();
    await page.getByRole('img', { name: 'loss over steps, 1 curve' }).locator('canvas').waitFor();
    await page.getByText('step 10 of 20').waitFor();
    await writeFile(join(fixture.root, 'go'), '');
    await log.getByText('step 20').waitFor();
    await page.getByRole('link', { name: 'model.txt' }).waitFor();
    await page.getByRole('region', { name: 'Figures' }).getByText('1.1100').first().waitFor();

    await page.getByRole('button', { name: 'Star', exact: true }).click();
    await page.getByRole('button', { name: 'Take the star away' }).waitFor();
    await page.getByLabel('Tag', { exact: true }).fill('paper');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove the tag paper' }).waitFor();
    await page.getByRole('textbox', { name: 'Note' }).fill(HOSTILE);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
    await requireSound(page);

    await page.getByRole('button', { name: 'Modify' }).click();
    await page.getByLabel('lr').fill('a b');
    await page.getByRole('button', { name: 'Create version' }).click();
    await page.getByRole('alert').getByText('REQUEST_INVALID').waitFor();
    await page.getByLabel('lr').fill('0.2');
    await page.getByText('1 parameter changed').waitFor();
    await requireSound(page);
    await page.getByRole('button', { name: 'Create version' }).click();
    await page.getByRole('heading', { name: 'V0002', level: 1 }).waitFor();
    await page.getByRole('region', { name: 'Parameters' }).getByText('0.2').waitFor();
    await page.getByText('completed').waitFor();

    await page.getByRole('button', { name: 'Compare with its origin' }).click();
    await page.getByRole('button', { name: 'Make faces/V0001 the baseline', pressed: true }).waitFor();
    await page.getByRole('row', { name: /^lr 0\.1 0\.2/ }).waitFor();
    expect(await page.getByRole('rowheader', { name: 'seed' }).count()).toBe(0);
    await page.getByRole('img', { name: 'loss over steps, 2 curves' }).locator('canvas').waitFor();
    await page.getByRole('button', { name: 'Make faces/V0002 the baseline' }).click();
    await page.getByRole('button', { name: 'Make faces/V0002 the baseline', pressed: true }).waitFor();
    expect(page.url()).toContain('baseline=faces%2FV0002');
    await requireSound(page);

    await page.goto(`${service.url}/ui/training/faces/V0002`);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('link', { name: 'V0001' }).waitFor();
    expect(await page.getByRole('link', { name: 'V0002' }).count()).toBe(0);
    // the browser itself tells of the value that was refused
    expect(complaints.filter((text) => !text.includes('400 (Bad Request)'))).toEqual([]);
    await context.close();
  });

  test('a version that fails says why; seeds are one curve; both on a phone, dark and in 中文', async () => {
    const failing = await make('broken', 'console.error("no such data"); process.exit(3)', {
      ...{ seed: '1', lr: '0.1' },
    });
    const seeds = await Promise.all(
      ['1', '2', '3'].map((seed) => make('seeds', curve('1'), { seed, lr: '0.1' })),
    );
    for (const version of [failing, ...seeds]) for await (const _ of jobs.follow(version));
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      ...{ path: '/training/broken/V0001', size: 'phone', colorScheme: 'dark' },
    });
    await page.getByText('failed', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('attempt 2', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page.getByRole('log').getByText('no such data').waitFor();
    await requireSound(page);
    await page.goto(`${service.url}/ui/compare?versions=seeds`);
    await page.getByText('mean of 3 seeds').waitFor();
    await page.getByRole('img', { name: 'loss over steps, 1 curve' }).locator('canvas').waitFor();
    await requireSound(page);
    await page.evaluate('localStorage.setItem("language", "zh")');
    await page.goto(`${service.url}/ui/training?state=failed`);
    await page.getByRole('listitem').filter({ hasText: '失败' }).waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: '已完成' }).count()).toBe(0);
    await requireSound(page);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a sweep has its rungs, its best, and ends at once with all its versions', async () => {
    const task = customTask([process.execPath, '-e', 'setTimeout(() => {}, 1e9)', '{lr}'], { lr: '1' });
    const plan = { candidates: [{ lr: '0.1' }, { lr: '0.2' }], halving: null };
    await jobs.sweep('tuned', task, plan, { cwd: fixture.root });
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      path: '/training?text=tuned',
    });
    await page.getByRole('link', { name: 'Sweeps' }).click();
    const sweep = page.getByRole('region', { name: /^tuned sweep/ });
    await sweep.getByRole('row', { name: /0 \/ 2 V0001 V0002/ }).waitFor();
    await requireSound(page);
    await sweep.getByRole('button', { name: 'Stop all' }).click();
    await sweep.getByText('stopped', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a thousand versions of a hundred parameters are scrolled through by the few that are seen', async () => {
    const first = await make('many', 'process.exit(0)', { seed: '1', lr: '0.1' });
    for await (const _ of jobs.follow(first)); // until it has ended
    const { spec, creator, seeds } = (await jobs.store.get(first.id))!;
    const parameters = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`option${i}`, `${i}`]));
    let parentId: number | null = first.id;
    for (let i = 1; i < 1000; i++) {
      const { id }: { id: number } = await jobs.store.add({
        ...{ job: 'many', description: `try ${i}`, sweep: null, spec, creator: creator!, seeds },
        ...{ parentId, parameters: { ...parameters, lr: `${i}` } },
      });
      parentId = i % 7 === 6 ? null : id;
      const loss = 2 - i / 1000;
      const metrics = { loss: { value: loss, best: { value: loss, step: 10 } } };
      await jobs.store.transition(id, {
        ...{
          from: 'creating',
          to: 'stopped',
          reason: 'enough',
          changes: { metrics, isStarred: i % 50 === 0 },
        },
      });
    }
    const { page, complaints, context } = await signedIn(browser, service.url, service.key, {
      path: '/training?text=many',
    });
    await page.getByRole('listitem').filter({ hasText: 'V1000' }).waitFor();
    await requireSound(page);
    const seen = (): Promise<number> => page.locator('li[aria-posinset]').count();
    expect(await seen()).toBeLessThan(100);
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await page.getByRole('listitem').filter({ hasText: 'V0001' }).waitFor();
    expect(await seen()).toBeLessThan(100);
    await page.getByLabel('Find').fill('many lr=777');
    await page.getByText('1 of 1,000 versions').waitFor();
    await page.getByLabel('Find').fill('many');
    await page.getByLabel('Order').selectOption('best first');
    await page.locator('li[aria-posinset="2"]').getByText('V1000').waitFor();
    expect(new URL(page.url()).search).toBe('?text=many&sort=best');
    await page.getByRole('button', { name: 'Starred' }).click();
    await page.getByText('19 of 1,000 versions').waitFor();
    for (const number of ['V0951', 'V0901']) await page.getByLabel(`Choose many/${number}`).check();
    await page.getByRole('link', { name: 'Compare 2' }).click();
    await page.getByRole('row', { name: /^lr 950 900/ }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
