import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { record } from '../testing/recorder.ts';
import { answerText, marginWins, meanRate, type ScalePoint } from './scale-facts.ts';
import { planScale } from './scale-plan.ts';
import { classAngles } from './spread.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'scale-'));
});
afterAll(() => rm(dir, { recursive: true }));

test('every number of people gets the same number of images, and some losses several seeds', () => {
  const { sets, runs } = planScale({
    identities: [100, 24],
    losses: ['softmax', 'triplet'],
    seeds: 2,
    seeded: ['softmax'],
    images: 2400,
  });
  expect(sets).toEqual([
    { identities: 24, photosPerPerson: 100 },
    { identities: 100, photosPerPerson: 24 },
  ]);
  expect(runs.map(({ name }) => name)).toEqual([
    ...['24/softmax-1', '24/softmax-2', '24/triplet-1'],
    ...['100/softmax-1', '100/softmax-2', '100/triplet-1'],
  ]);
  expect(() => planScale({ identities: [100], losses: [], seeds: 1, seeded: [], images: 199 })).toThrow(
    /at least 200/,
  );
});

test('several seeds widen the interval by their spread', () => {
  // σ_people = 0.1, σ_seeds² = 0.005, two seeds: 1.96·√(0.01 + 0.0025)
  const rate = (value: number) => ({ value, interval: [value - 0.196, value + 0.196] as [number, number] });
  const { value, interval } = meanRate([rate(0.45), rate(0.55)]);
  expect(value).toBeCloseTo(0.5, 9);
  expect(interval[1] - 0.5).toBeCloseTo(1.96 * Math.sqrt(0.0125), 6);
  expect(meanRate([rate(0.45)])).toEqual(rate(0.45));
});

test('a margin wins from the number of people on at which it stays above Softmax', () => {
  const point = (loss: string, identities: number, tpir: number) =>
    ({
      loss,
      identities,
      tpir: { value: tpir, interval: [tpir - 0.02, tpir + 0.02] },
    }) as unknown as ScalePoint;
  const points = [
    ...[point('softmax', 24, 0.3), point('softmax', 500, 0.5), point('softmax', 8000, 0.6)],
    ...[point('arcface', 24, 0.2), point('arcface', 500, 0.51), point('arcface', 8000, 0.7)],
    ...[point('cosface', 24, 0.4), point('cosface', 500, 0.6), point('cosface', 8000, 0.5)],
  ];
  expect(marginWins(points)).toEqual([
    { loss: 'arcface', identities: 500, by: expect.closeTo(0.01, 9), surely: false },
  ]);
  expect(answerText(points)).toBe(
    'arcface beats Softmax from 500 people on, there by 1.0 points of TPIR, within the intervals.',
  );
  expect(answerText(points.slice(0, 3))).toMatch(/Up to 8000 people no margin/);
});

test('angles within people and to the nearest other', () => {
  const at = (deg: number) =>
    Float32Array.of(Math.cos((deg * Math.PI) / 180), Math.sin((deg * Math.PI) / 180));
  const { within, between } = classAngles([[at(-10), at(10)], [at(60)], [at(90)]]);
  expect(within).toBeCloseTo(10, 3);
  expect(between).toBeCloseTo((60 + 30 + 30) / 3, 3);
});

test('a tiny ladder runs, and running it again changes nothing', async () => {
  const out = join(dir, 'out');
  const settings = [
    'backbone=r10',
    'backboneOptions.width=0.125',
    'batchSize=8',
    'workers=0',
    'threads=1',
    'device=cpu',
  ];
  const args = [
    ...['experiment', 'ladder', '--out', out, '--identities', '2,4', '--losses', 'softmax,arcface'],
    ...['--seeds', '1', '--images', '16', '--train-images', '16', '--size', '32', '--test-people', '10'],
    ...['--test-photos', '2', '--fpir', '0.5', '--jobs', '2', '--format', 'json'],
    ...settings.flatMap((setting) => ['--set', setting]),
  ];
  const first = await record(...args);
  expect(first).toMatchObject({ code: 0 });
  const { points } = JSON.parse(first.out.at(-1)!) as { points: ScalePoint[] };
  expect(points.map(({ identities, loss, photosPerPerson }) => [identities, loss, photosPerPerson])).toEqual([
    ...[
      [2, 'softmax', 8],
      [2, 'arcface', 8],
    ],
    ...[
      [4, 'softmax', 4],
      [4, 'arcface', 4],
    ],
  ]);
  for (const { directions, between } of points) expect(directions * between).toBeGreaterThan(0);
  expect(await readFile(join(out, 'tpir.svg'), 'utf8')).toContain('<svg');
  expect(await readFile(join(out, 'table.md'), 'utf8')).toMatch(/\| 4 \| 4 \| arcface \|/);
  const trained = (await stat(join(out, '4/arcface-1/manifest.json'))).mtimeMs;
  const again = await record(...args);
  expect(again.out.at(-1)).toBe(first.out.at(-1));
  expect((await stat(join(out, '4/arcface-1/manifest.json'))).mtimeMs).toBe(trained);
}, 600_000);
