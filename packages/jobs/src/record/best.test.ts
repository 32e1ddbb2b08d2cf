import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isLowerBetter, mergeMetrics, runMetrics } from './best.ts';
import { readCurves } from './metrics.ts';
import { runProgress } from './run-progress.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'best-'));
});
afterAll(() => rm(dir, { recursive: true }));

test.each([
  ['loss', true],
  ['val_loss', true],
  ['evalError', true],
  ['fnmrAtFmr.0.001', true],
  ['eer', true],
  ['fnir@0.01', true],
  ['tarAtFar.0.001', false],
  ['rank1', false],
  ['valAp', false],
  ['closeness', false],
  ['lr', null],
  ['imagesPerSecond', null],
  ['epoch', null],
])('whether a lower %s is better: %s', (name, isLower) => {
  expect(isLowerBetter(name)).toBe(isLower);
});

test('each figure of a run has its newest value, and the best with its step', async () => {
  const lines = [
    { step: 1, epoch: 1, loss: 3, lr: 0.1 },
    { step: 1, evaluation: { rank1: 0.8 } },
    { step: 2, epoch: 1, loss: 1, lr: 0.2 },
    { step: 2, evaluation: { rank1: 0.9 } },
    { step: 3, epoch: 2, loss: 2, lr: 0.1 },
    { step: 3, evaluation: { rank1: 0.9 } },
    { step: 4, epoch: 2, loss: 1.5, lr: 0.05, totalSteps: 8, etaSeconds: 4 },
    { step: 4, evaluation: { rank1: 0.7 } },
  ];
  await writeFile(join(dir, 'run.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const metrics = await runMetrics({ metricsLog: 'run.jsonl' }, dir);
  expect(metrics).toEqual({
    step: { value: 4 },
    epoch: { value: 2 },
    lr: { value: 0.05 },
    loss: { value: 1.5, best: { value: 1, step: 2 } },
    rank1: { value: 0.7, best: { value: 0.9, step: 2 } },
  });
  // the figures of a report at the end leave the best of the run
  expect(
    mergeMetrics(metrics, { rank1: { value: 0.7, interval: [0.6, 0.8] }, ap: { value: 1 } }),
  ).toMatchObject({
    rank1: { value: 0.7, interval: [0.6, 0.8], best: { value: 0.9, step: 2 } },
    ap: { value: 1 },
    lr: { value: 0.05 },
  });
  // how far it is, is no figure
  expect(Object.keys(await readCurves(join(dir, 'run.jsonl'))).sort()).toEqual([
    'epoch',
    'loss',
    'lr',
    'rank1',
  ]);
});

test('how far a run is and how long it takes is what its newest line says', async () => {
  const running = { state: 'running', startedMs: 1000, attempt: 1 } as const;
  const progress = async (text: string, changes = {}) => {
    await writeFile(join(dir, 'far.jsonl'), text);
    return runProgress({ metricsLog: 'far.jsonl' }, dir, { ...running, ...changes }, 11_000);
  };
  const told = '{"step":2,"totalSteps":8,"etaSeconds":30}\n{"step":2,"evaluation":{"a":1}}\n{"step":3,"tot';
  expect(await progress(told)).toEqual({ step: 2, totalSteps: 8, share: 0.25, etaMs: 30_000 });
  // one that does not say how long: a quarter took ten seconds
  expect(await progress('{"step":2,"totalSteps":8}\n')).toMatchObject({ share: 0.25, etaMs: 30_000 });
  expect(await progress('{"step":2,"totalSteps":8}\n', { attempt: 2 })).toMatchObject({
    share: 0.25,
    etaMs: null,
  });
  expect(await progress('{"step":9,"totalSteps":8}\n')).toMatchObject({ share: 1, etaMs: 0 });
  expect(await progress('{"step":2}\n')).toBeNull();
  expect(await progress('{"step":2,"totalSteps":0}\n')).toBeNull();
  expect(await progress(told, { state: 'completed' })).toBeNull();
  expect(await runProgress({ metricsLog: null }, dir, running)).toBeNull();
  expect(await runProgress({ metricsLog: 'none.jsonl' }, dir, running)).toBeNull();
});
