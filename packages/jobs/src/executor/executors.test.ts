import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { versionPaths } from '../home.ts';
import type { Version } from '../model.ts';
import { JobParts } from '../parts.ts';
import type { RunOptions } from '../request.ts';
import { jobParts } from '../testing/toy-parts.ts';
import { script, type TestJobs, testJobs } from '../testing/with-jobs.ts';

let own: TestJobs;
beforeAll(async () => {
  own = await testJobs({ SEMBLANCE_JOB_SLOTS: '1', SEMBLANCE_JOB_SLOTS_ELSEWHERE: '2' }, jobParts);
});
afterAll(() => own[Symbol.asyncDispose]());

const create = (text: string, run: RunOptions): Promise<Version> =>
  own.jobs.create('there', script(text), run);
const log = (version: Version, worker = 0): Promise<string> =>
  readFile(versionPaths(own.jobs.home, version).workerLog(worker), 'utf8');
const inShed = { name: 'shed', options: { image: 'toy:1' } };

test('an executor of one’s own runs the work, with GPUs that this machine has not', async () => {
  const made = await create(
    'printenv CUDA_VISIBLE_DEVICES HOME || echo neither; echo $LOCAL_RANK/$LOCAL_WORLD_SIZE at $MASTER_ADDR of $MA_NUM_HOSTS',
    {
      executor: inShed,
      resources: { workers: 2, gpus: 2 },
    },
  );
  expect(made.spec.executor).toEqual(inShed);
  expect(made.spec.env).toEqual({});
  const version = await own.until(made, 'completed');
  expect(version.gpus).toEqual([]);
  expect(await log(version, 1)).toContain('neither\n0/1 at shed-0 of 2\n');
  const again = await own.until(await own.jobs.modify(version, {}), 'completed');
  expect(again.spec.executor).toEqual(inShed);
});

test('commands of ours are the image’s in an image', async () => {
  const task = {
    task: 'count-letters',
    options: { text: own.dir },
    parameters: {},
    command: [],
    outputs: {},
  };
  const version = await own.until(await own.jobs.create('letters', task, { executor: inShed }), 'failed');
  expect(await log(version)).toContain('env: ');
});

test('what runs elsewhere takes no slot here, and only so many are given away at once', async () => {
  const wait = 'while [ ! -e {job}/go ]; do sleep 0.05; done';
  const made = [
    await create(wait, {}),
    await create(wait, { executor: 'shed' }),
    await create(wait, { executor: 'shed' }),
    await create(wait, { executor: 'shed' }),
  ];
  await own.until(made[2]!, 'running');
  const states = async () => Promise.all(made.map(async ({ id }) => (await own.jobs.store.get(id))!.state));
  expect(await states()).toEqual(['running', 'running', 'running', 'pending']);
  for (const version of made) await own.jobs.stop(version);
  for (const version of made) await own.until(version, 'stopped');
});

test('one that cannot be opened fails its version, and says why', async () => {
  const made = await create('true', {
    executor: { name: 'shed', options: { trouble: 'the door is locked' } },
  });
  expect(await own.until(made, 'failed')).toMatchObject({
    reason: 'it cannot be started: the door is locked',
  });
});

test('what an executor does not take is refused before anything is queued', async () => {
  const before = (await own.jobs.list({ job: 'there' })).length;
  await expect(create('true', { executor: 'sched' })).rejects.toMatchObject({
    code: 'EXECUTOR_UNKNOWN',
    message: expect.stringMatching(
      /^there is no executor 'sched'; there are shed, local, .*\. Did you mean shed\?$/,
    ),
  });
  await expect(
    create('true', { executor: { name: 'local', options: { image: 'toy:1' } } }),
  ).rejects.toMatchObject({ message: "executor local takes no option 'image'; it takes none" });
  await expect(create('true', { executor: 'shed', resources: { gpus: 1 } })).rejects.toMatchObject({
    code: 'USAGE_MISSING_ARGUMENT',
  });
  expect(await own.jobs.list({ job: 'there' })).toHaveLength(before);
  expect((await create('true', { executor: 'local' })).spec.executor).toBeUndefined();
});

test('an executor of the same name takes the place of ours', () => {
  const [shed] = jobParts.executors;
  const parts = new JobParts({ executors: [{ ...shed!, name: 'local' }] });
  expect(parts.isElsewhere({ executor: { name: 'local', options: {} } })).toBe(true);
});
