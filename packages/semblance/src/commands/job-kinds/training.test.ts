import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodePng } from '@semblance/face/image';
import { fullName, type Version } from '@semblance/jobs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { killProcesses, type TestJobs, testJobs } from '../../../../jobs/src/testing/with-jobs.ts';
import { jobParts } from './index.ts';
import { taskOfCommand } from './task-of-command.ts';

// each version starts the engine anew, which takes its time on a busy machine
vi.setConfig({ testTimeout: 240_000 });

let own: TestJobs;
let people: string;
let whole: Version;
const settings = ['epochs=4', 'batchSize=8', 'inputSize=32', 'checkpointSteps=2', 'threads=1', 'workers=0'];

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
  expect(loss!.map(([step]) => step)).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
});

test('one that was killed goes on from its checkpoint and takes the very same losses', async () => {
  const made = await own.jobs.create('faces', training());
  // in the midst of it: some steps after a checkpoint, all before the end
  while ((await own.jobs.curves(made)).loss === undefined || (await own.jobs.curves(made)).loss!.length < 5) {
    await sleep(20);
  }
  killProcesses(made);
  const lost = await own.until(made);
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

describe('a version made from another', () => {
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
    await expect(own.jobs.modify(whole, changes)).rejects.toMatchObject({ code: 'RECIPE_INVALID_VALUE' });
    expect(fullName((await own.jobs.list({ newestFirst: true, limit: 1 }))[0]!)).toBe('faces/V0003');
  });
});
