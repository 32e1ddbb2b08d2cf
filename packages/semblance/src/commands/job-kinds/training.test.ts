import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodePng } from '@semblance/face/image';
import { type TaskRequest, type Version, versionPaths } from '@semblance/jobs';
import { checkpointSteps } from '@semblance/train/run-folder';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type TestJobs, testJobs } from '../../../../jobs/src/testing/with-jobs.ts';
import { jobParts } from './index.ts';
import { taskOfCommand } from './task-of-command.ts';

// each version starts the engine anew, which takes its time on a busy machine
vi.setConfig({ testTimeout: 240_000 });

let own: TestJobs;
let people: string;
let whole: Version;
const settings = ['epochs=4', 'batchSize=8', 'inputSize=32', 'checkpointSteps=2', 'threads=1', 'workers=0'];
const NUM_STEPS = 24;

/** Six people of eight crops: stripes of a width of their own, moved about. */
async function writePeople(dir: string): Promise<void> {
  for (let person = 0; person < 6; person++) {
    await mkdir(join(dir, `person-${person}`), { recursive: true });
    for (let photo = 0; photo < 8; photo++) {
      const data = new Uint8Array(32 * 32 * 3);
      for (let i = 0; i < data.length; i++) {
        const [x, y] = [Math.floor(i / 3) % 32, Math.floor(i / 96)];
        data[i] =
          128 + 80 * Math.sin((x * (person + 1) + y * (6 - person)) / 6 + photo) + ((i * 7919) % 41) - 20;
      }
      await writeFile(
        join(dir, `person-${person}`, `${photo}.png`),
        await encodePng({ data, width: 32, height: 32 }),
      );
    }
  }
}

const training = (...more: string[]) =>
  taskOfCommand(
    ['train', 'recognition', '--data', people, '--recipe', 'arcface-synthetic-small', ...more].concat(
      settings.flatMap((setting) => ['--set', setting]),
    ),
  );

beforeAll(async () => {
  own = await testJobs({ SEMBLANCE_JOB_SLOTS: '1' }, jobParts);
  people = join(own.dir, 'people');
  await writePeople(people);
  whole = await own.until(await own.jobs.create('faces', training()));
}, 120_000);
afterAll(() => own[Symbol.asyncDispose]());

/** A version that was interrupted in the midst of its training: a busy machine may be done with all of it before. */
async function interrupted(
  job: string,
  task: TaskRequest,
  interrupt: (made: Version) => unknown,
): Promise<Version> {
  for (;;) {
    const made = await own.jobs.create(job, task);
    const numSteps = async (): Promise<number> => (await own.jobs.curves(made)).loss?.length ?? 0;
    while ((await numSteps()) < 5) await sleep(20);
    await interrupt(made);
    const ended = await own.until(made);
    if (ended.state !== 'completed' && (await numSteps()) < NUM_STEPS) return ended;
  }
}

test('a training leaves its recipe, curves, metrics and model', async () => {
  expect(whole).toMatchObject({
    state: 'completed',
    parameters: { recipe: 'arcface-synthetic-small', batchSize: '8', 'lossOptions.margin': '0.2' },
    seeds: { seed: '1' },
    environment: { versions: { libtorch: expect.stringMatching(/^\d/) } },
    data: [{ name: 'data', numFiles: 48 }],
    metrics: { loss: { value: expect.any(Number) }, accuracy: { value: expect.any(Number) } },
  });
  expect(whole.artifacts.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['model/manifest.json', 'model/model.onnx', 'model/model.safetensors']),
  );
  const { loss } = await own.jobs.curves(whole);
  expect(loss!.map(([step]) => step)).toEqual(Array.from({ length: NUM_STEPS }, (_, i) => i + 1));
});

test('one that was killed goes on from its checkpoint and takes the very same losses', async () => {
  const lost = await interrupted('faces', training(), own.kill);
  expect(lost).toMatchObject({ state: 'lost', exitCode: null });
  expect((await own.jobs.hint(lost))!.fix).toContain('jobs resume');
  await own.jobs.resume(lost);
  const resumed = await own.until(lost, 'completed');
  expect(resumed.attempt).toBe(2);
  const losses = async (version: Version) => (await own.jobs.curves(version)).loss;
  expect(await losses(resumed)).toEqual(await losses(whole));
  expect(resumed.artifacts.find(({ path }) => path === 'model/model.safetensors')).toEqual(
    whole.artifacts.find(({ path }) => path === 'model/model.safetensors'),
  );
});

test('one that is stopped has a checkpoint of the step it was at, and loses none', async () => {
  // its own checkpoints would be far apart
  const task = training();
  task.parameters.checkpointSteps = '1000';
  const stop = (made: Version) => own.jobs.stop(made).catch(() => {}); // it has ended meanwhile
  const stopped = await interrupted('rare', task, stop);
  expect(stopped).toMatchObject({ state: 'stopped', reason: 'stopped on request' });
  const run = join(versionPaths(own.jobs.home, stopped).outputs, 'model');
  const done = (await own.jobs.curves(stopped)).loss!.at(-1)![0];
  expect(checkpointSteps(run)).toEqual([0, done]);
  expect(done).toBeLessThan(NUM_STEPS);
  const wholeLoss = (await own.jobs.curves(whole)).loss;
  // another version goes on from it as it would itself, and leaves it as it is
  const next = await own.until(await own.jobs.modify(stopped, { isResumed: true }), 'completed');
  expect(next).toMatchObject({ attempt: 1, parentId: stopped.id });
  expect((await own.jobs.curves(next)).loss).toEqual(wholeLoss);
  expect(checkpointSteps(run)).toEqual([0, done]);
  const plain = await own.jobs.create('plain', taskOfCommand(['true']));
  await expect(own.jobs.modify(plain, { isResumed: true })).rejects.toMatchObject({
    code: 'USAGE_INVALID_VALUE',
  });
  await own.jobs.resume(stopped);
  const resumed = await own.until(stopped, 'completed');
  expect((await own.jobs.curves(resumed)).loss).toEqual(wholeLoss);
});

test.each([1, 2])(
  'a training that is begun by hand, of %i processes, obeys SIGTERM in the same way',
  async (nproc) => {
    const [node, ...main] = jobParts.program as [string, ...string[]];
    const words = ['train', 'recognition', '--data', people, '--recipe', 'arcface-synthetic-small'];
    const set = [...settings, 'checkpointSteps=1000'].flatMap((setting) => ['--set', setting]);
    for (let round = 1; ; round++) {
      const out = join(own.dir, `by-hand-${nproc}-${round}`);
      const args = [...main, ...words, '--out', out, '--nproc', String(nproc), ...set];
      const child = spawn(node, args, { stdio: ['ignore', 'ignore', 'pipe'] });
      const said = text(child.stderr);
      const metrics = join(out, 'metrics.jsonl');
      const steps = (): number =>
        existsSync(metrics) ? readFileSync(metrics, 'utf8').split('\n').length - 1 : 0;
      while (steps() < 3) await sleep(20);
      child.kill('SIGTERM');
      child.kill('SIGTERM'); // as from a launcher and from its group
      await once(child, 'close');
      // a busy machine may be done with all of it before
      if (steps() === NUM_STEPS) continue;
      expect(await said).toMatch(
        /error TRAIN_STOPPED: training was stopped after \d+ of 24 steps; it can be resumed/,
      );
      expect(checkpointSteps(out)).toEqual([0, steps()]);
      return;
    }
  },
);

describe('a version made from another', () => {
  test('is refused where that has no weights but those it began with', async () => {
    const made = await own.jobs.create('begun', training());
    await own.jobs.stop(made);
    const stopped = await own.until(made);
    // as it is written before the first step
    const dir = join(versionPaths(own.jobs.home, stopped).outputs, 'model', 'checkpoints');
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'step-00000000.safetensors'), '');
    await expect(own.jobs.modify(stopped, { isContinued: true })).rejects.toMatchObject({
      code: 'CHECKPOINT_NOT_FOUND',
      message: expect.stringContaining('left no weights that it has trained'),
    });
    expect(await own.jobs.list({ job: 'begun' })).toHaveLength(1);
  });

  test('records its parent and starts from the weights that it reached', async () => {
    const changes = { parameters: { lr: '0.0001', epochs: '1' }, isContinued: true };
    const next = await own.until(await own.jobs.modify(whole, changes), 'completed');
    expect(next.parentId).toBe(whole.id);
    const { parameters } = own.jobs.compare([whole, next]);
    expect(parameters.filter(({ differs }) => differs)).toEqual([
      { name: 'epochs', values: ['4', '1'], differs: true },
      { name: 'lr', values: ['0.004', '0.0001'], differs: true },
    ]);
    expect(next.data.map(({ name }) => name).sort()).toEqual(['data', 'init']);
  });

  test('is refused with a value that the recipe does not take', async () => {
    const changes = { parameters: { batchSize: 'many' } };
    const before = await own.jobs.list();
    await expect(own.jobs.modify(whole, changes)).rejects.toMatchObject({ code: 'RECIPE_INVALID_VALUE' });
    expect(await own.jobs.list()).toHaveLength(before.length);
  });
});
