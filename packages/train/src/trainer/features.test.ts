import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualSeed, ops, type Tensor } from '@semblance/torch';
import { loadSafetensors } from '@semblance/torch/safetensors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TrainingRecipe } from '../recipes/training.ts';
import { writeToyPeople } from '../testing/toy-people.ts';
import { type ToyNetwork, toyRecipe, toyTask } from '../testing/toy-task.ts';
import { readMetrics } from './metrics-log.ts';
import type { TrainingEvent } from './progress.ts';
import { type RunOptions, runTraining } from './run.ts';

let folder: string;
let data: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'features-'));
  data = join(folder, 'data');
  await writeToyPeople(data, 4, 8, 16);
});
afterAll(() => rm(folder, { recursive: true }));

interface Run {
  change?: (loss: Tensor, network: ToyNetwork) => Tensor;
  evaluate?: () => Promise<Record<string, number>>;
  options?: Partial<RunOptions>;
}

/** A run of 16 steps, with what became of the weights. */
async function run(name: string, recipe: Partial<TrainingRecipe>, { change, evaluate, options }: Run = {}) {
  manualSeed(1);
  const task = await toyTask(data, change);
  const events: TrainingEvent[] = [];
  const result = await runTraining(
    { ...task, ...(evaluate && { evaluate }) },
    { ...toyRecipe, ...recipe },
    {
      out: join(folder, name),
      onProgress: (event) => events.push(event),
      ...options,
    },
  );
  return { result, events, weights: [...(task.network.body.weight.value.toArray() as Float32Array)] };
}
const linesOf = (name: string) => readMetrics(join(folder, name, 'metrics.jsonl'));
const lossesOf = (name: string) => linesOf(name).flatMap(({ loss }) => (loss === undefined ? [] : [loss]));
const messages = (events: TrainingEvent[]) =>
  events.flatMap((event) => (event.kind === 'message' ? [event.text] : []));

test('an average of the weights is deployed, leaves training alone and is resumed exactly', async () => {
  const plain = await run('plain', {});
  const averaged = await run('averaged', { ema: 0.9 });
  expect(lossesOf('averaged')).toEqual(lossesOf('plain'));
  expect(averaged.weights).not.toEqual(plain.weights);

  const controller = new AbortController();
  const onProgress = (event: TrainingEvent) =>
    event.kind === 'step' && event.step === 7 && controller.abort();
  const stopped = run('stopped', { ema: 0.9 }, { options: { signal: controller.signal, onProgress } });
  await expect(stopped).rejects.toMatchObject({ code: 'TRAIN_STOPPED' });
  const resumed = await run('stopped', { ema: 0.9 }, { options: { resume: true } });
  expect(lossesOf('stopped')).toEqual(lossesOf('plain'));
  expect(resumed.weights).toEqual(averaged.weights);
});

test('the run ends when evaluations bring nothing better, and the best weights can be deployed', async () => {
  const scores = [0.2, 0.8, 0.5, 0.4, 0.9];
  const evaluate = async () => ({ valAp: scores.shift()! });
  const { result, events, weights } = await run(
    'early',
    { evalEpochs: 0.5, patience: 2, deploy: 'best' },
    { evaluate },
  );
  expect(result).toMatchObject({ steps: 8, evaluation: { valAp: 0.8 } });
  expect(messages(events)).toEqual(['2 evaluations brought nothing better: the run ends at step 8']);
  expect(lossesOf('early')).toEqual(lossesOf('plain').slice(0, 8));
  const { tensors, metadata } = loadSafetensors(join(folder, 'early/checkpoints/best.safetensors'));
  expect(JSON.parse(metadata.facts!).best).toEqual({ step: 4, value: 0.8, metrics: { valAp: 0.8 } });
  expect(weights).toEqual([...(tensors.get('network.body.weight')!.toArray() as Float32Array)]);

  // Asked to go on, a run that has ended this way stays as it is.
  const again = await run(
    'early',
    { evalEpochs: 0.5, patience: 2, deploy: 'best' },
    { evaluate, options: { resume: true } },
  );
  expect(again.result.steps).toBe(8);
  expect(again.weights).toEqual(weights);
});

test('weights that mean something already are evaluated first, and stay where training is no help', async () => {
  const scores = [0.7, 0.3, 0.2, 0.1, 0.6];
  const { result } = await run(
    'tuned',
    { evalEpochs: 1, deploy: 'best' },
    {
      evaluate: async () => ({ valAp: scores.shift()! }),
      options: { isInitialized: true },
    },
  );
  expect(result).toMatchObject({ steps: 16, evaluation: { valAp: 0.7 } });
  expect(linesOf('tuned')[0]).toEqual({ step: 0, evaluation: { valAp: 0.7 } });
});

test('a loss that is not finite sends the run back with a lower rate, says why, and it ends well', async () => {
  let calls = 0;
  // The sixth step fails, and does so when its forward pass is looked into; then the fault is gone.
  const change = (loss: Tensor) => {
    calls++;
    return calls === 6 || calls === 7 ? ops.log(loss.neg()) : loss;
  };
  const { result, events } = await run('recovered', { recoveryFactor: 0.1 }, { change });
  expect(result.steps).toBe(16);
  expect(messages(events)).toEqual([
    expect.stringMatching(
      /^the loss became NaN at step 6: aten::log gave the first such value \(.*network.top.*\); .* back to step 4 with lr × 0.1$/,
    ),
  ]);
  const lines = linesOf('recovered');
  expect(lines.filter(({ loss }) => loss !== undefined).map(({ step }) => step)).toEqual(
    Array.from({ length: 16 }, (_, i) => i + 1),
  );
  expect(lines.find(({ recovery }) => recovery)).toMatchObject({ step: 4, recovery: { lrFactor: 0.1 } });
  const plain = linesOf('plain');
  const lr = (of: typeof lines, step: number) =>
    of.find((line) => line.step === step && line.lr)!.lr as number;
  expect(lr(lines, 4)).toBe(lr(plain, 4));
  expect(lr(lines, 5)).toBeCloseTo(0.1 * lr(plain, 5), 12);
  expect(lossesOf('recovered').slice(0, 5)).toEqual(lossesOf('plain').slice(0, 5));
});

test('a run that went back is resumed exactly, with its lower rate', async () => {
  const failingAt = (...at: number[]) => {
    let calls = 0;
    return (loss: Tensor) => (at.includes(++calls) ? ops.log(loss.neg()) : loss);
  };
  const whole = await run('back', {}, { change: failingAt(6, 7) });
  const controller = new AbortController();
  const onProgress = (event: TrainingEvent) =>
    event.kind === 'step' && event.step === 9 && controller.abort();
  const stopped = run(
    'back-stopped',
    {},
    {
      change: failingAt(6, 7),
      options: { signal: controller.signal, onProgress },
    },
  );
  await expect(stopped).rejects.toMatchObject({ code: 'TRAIN_STOPPED' });
  const resumed = await run('back-stopped', {}, { options: { resume: true } });
  expect(lossesOf('back-stopped')).toEqual(lossesOf('back'));
  expect(resumed.weights).toEqual(whole.weights);
});

test('in float16 the loss is scaled, which changes nothing but steps that overflow; they are left out', async () => {
  const scaled = await run('scaled', { precision: 'float16', clipNorm: 1, ema: 0.9 });
  const plain = await run('unscaled', { clipNorm: 1, ema: 0.9 });
  // The scale is a power of two, and the toy network computes in float32 all the same.
  expect(lossesOf('scaled')).toEqual(lossesOf('unscaled'));
  expect(scaled.weights).toEqual(plain.weights);

  // A slope of 3e38 at the third step: finite, but not once it is scaled.
  const steepAt = (at: number) => {
    let calls = 0;
    return (loss: Tensor) => (++calls === at ? loss.add(loss.sub(loss.detach()).mul(3e38)) : loss);
  };
  const whole = await run('steep', { precision: 'float16', ema: 0.9 }, { change: steepAt(3) });
  expect(lossesOf('steep').slice(0, 3)).toEqual(lossesOf('plain').slice(0, 3));
  expect(lossesOf('steep').every(Number.isFinite)).toBe(true);
  const facts = JSON.parse(
    loadSafetensors(join(folder, 'steep/checkpoints/step-00000016.safetensors')).metadata.facts!,
  );
  expect(facts.gradScale).toEqual({ scale: 32768, growthTracker: 13 });
  expect(facts).toMatchObject({ optimizerStep: 15, averageUpdates: 15 });

  const controller = new AbortController();
  const onProgress = (event: TrainingEvent) =>
    event.kind === 'step' && event.step === 7 && controller.abort();
  const stopped = run(
    'steep-stopped',
    { precision: 'float16', ema: 0.9 },
    { change: steepAt(3), options: { signal: controller.signal, onProgress } },
  );
  await expect(stopped).rejects.toMatchObject({ code: 'TRAIN_STOPPED' });
  const resumed = await run(
    'steep-stopped',
    { precision: 'float16', ema: 0.9 },
    { options: { resume: true } },
  );
  expect(lossesOf('steep-stopped')).toEqual(lossesOf('steep'));
  expect(resumed.weights).toEqual(whole.weights);
});

test('gradients that overflow at every scale end the run with that cause', async () => {
  const change = (loss: Tensor) => loss.add(loss.sub(loss.detach()).mul(3e38).mul(3e38));
  const attempt = run('overflow', { precision: 'float16', recoveries: 0, epochs: 8 }, { change });
  await expect(attempt).rejects.toMatchObject({
    code: 'TRAIN_DIVERGED',
    message: expect.stringContaining('float16 overflows'),
  });
});

test('a fault that stays ends the run with its cause, and its last checkpoint is a good one', async () => {
  const attempt = run('lost', { lr: 1e30, recoveries: 1 }, {});
  await expect(attempt).rejects.toMatchObject({
    code: 'TRAIN_DIVERGED',
    message: expect.stringMatching(/network\.(body|norm|top)\.\w+/),
    details: { cause: expect.any(String) },
  });
  expect(linesOf('lost').filter(({ recovery }) => recovery)).toHaveLength(1);
  const { tensors } = loadSafetensors(join(folder, 'lost/checkpoints/step-00000000.safetensors'));
  for (const tensor of tensors.values()) {
    if (tensor.dtype.startsWith('float')) expect(ops.isfinite(tensor).all().item()).toBe(1);
  }
});
