import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePng } from '@semblance/face/image';
import { createIdentity, renderPortrait } from '@semblance/synthetic';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { record } from '../testing/recorder.ts';

let dir: string;

/** A folder per person of rendered faces. */
async function writePeople(name: string, first: number, counts: readonly number[]): Promise<string> {
  for (const [i, count] of counts.entries()) {
    const folder = join(dir, name, `person-${first + i}`);
    await mkdir(folder, { recursive: true });
    for (let n = 0; n < count; n++) {
      const { image } = renderPortrait(createIdentity(first + i), { size: 48, seed: n });
      await writeFile(join(folder, `${n}.png`), await encodePng(image));
    }
  }
  return join(dir, name);
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ladder-'));
}, 60_000);
afterAll(() => rm(dir, { recursive: true }));

test('every loss is trained once and measured on other people', async () => {
  const data = await writePeople('known', 1, [8, 8, 8]);
  const others = await writePeople('others', 10, [4, 4, 4, 1, 1, 1, 1]);
  const out = join(dir, 'out');
  const settings = ['inputSize=32', 'epochs=1', 'batchSize=8', 'workers=0', 'threads=1', 'device=cpu'];
  const args = ['experiment', 'losses', '--data', data, '--test', others, '--out', out, '--min-photos', '4'];
  const all = [
    ...args,
    ...['--losses', 'softmax,arcface', '--jobs', '2', '--format', 'json'],
    ...settings.flatMap((setting) => ['--set', setting]),
  ];
  const first = await record(...all);
  expect(first).toMatchObject({ code: 0 });
  const rungs = JSON.parse(first.out.at(-1)!) as { loss: string; probes: number; directions: number }[];
  expect(rungs.map(({ loss, probes }) => [loss, probes])).toEqual([
    ['softmax', 9],
    ['arcface', 9],
  ]);
  for (const { directions } of rungs) expect(directions).toBeGreaterThan(0);
  expect(await readFile(join(out, 'table.md'), 'utf8')).toMatch(/\| arcface \| \d/);
  expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('TPIR over FPIR');

  // What is trained is not trained again, and gives the same numbers.
  const manifest = await readFile(join(out, 'arcface/manifest.json'), 'utf8');
  const again = await record(...all);
  expect(again.out.at(-1)).toBe(first.out.at(-1));
  expect(await readFile(join(out, 'arcface/manifest.json'), 'utf8')).toBe(manifest);
}, 180_000);

test('a run that fails says why, in its own code', async () => {
  const data = await writePeople('few', 20, [2, 2]);
  const out = join(dir, 'failed');
  const args = ['experiment', 'losses', '--data', data, '--test', data, '--out', out, '--losses', 'softmax'];
  const { code, err } = await record(...args, '--set', 'inputSize=33');
  expect(code).toBe(2);
  expect(err.at(-1)).toMatch(/^error RECIPE_INVALID_VALUE: the run of softmax: .*failed\/softmax\.log\)$/);
}, 60_000);

test('a loss that is not there is refused', async () => {
  const args = ['experiment', 'losses', '--data', dir, '--test', dir, '--out', dir, '--losses', 'hinge'];
  const { code, err } = await record(...args);
  expect(code).toBe(2);
  expect(err.join('\n')).toContain('USAGE_INVALID_VALUE');
});
