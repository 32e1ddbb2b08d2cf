import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Finished, script } from './run-script.ts';

// renders, trains twice, enrols and looks people up, in processes of their own
vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

let out: string;
let first: Finished;

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'semblance-demo-'));
  first = await script('semblance', 'demo', '--quick', '--out', out, '--format', 'json');
});
afterAll(() => rm(out, { recursive: true, force: true }));

test('goes from nothing to a report, every step by a command that it names', async () => {
  expect(first).toMatchObject({ code: 0 });
  for (const command of ['train detection', 'train recognition', 'gallery build'])
    expect(first.stderr).toContain(`$ semblance ${command}`);
  const { detection, identification } = JSON.parse(first.stdout);
  expect(detection).toMatchObject({ photos: 6, recall: expect.any(Number), ap: expect.any(Number) });
  expect(identification).toMatchObject({ strangers: 4, rank1: expect.any(Number), tpir: expect.any(Number) });

  const report = await readFile(join(out, 'report.html'), 'utf8');
  const photos = [...report.matchAll(/<img src="([^"]+)"/g)].map(([, path]) => path!);
  expect(photos.length).toBeGreaterThan(6);
  const written = await readdir(join(out, 'photos'));
  expect(photos.map((path) => path.replace('photos/', '')).sort()).toEqual(written.sort());
  expect(report).not.toMatch(/NaN|undefined/);
});

test('keeps what is there', async () => {
  const again = await script('semblance', 'demo', '--quick', '--out', out, '--format', 'json');
  expect(again.stderr).not.toContain('semblance train');
  const { seconds: _, ...measured } = JSON.parse(again.stdout);
  const { seconds: __, ...before } = JSON.parse(first.stdout);
  expect(measured).toEqual(before);
});
