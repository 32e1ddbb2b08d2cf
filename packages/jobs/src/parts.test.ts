import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TaskRequest } from './kinds/custom.ts';
import { JobParts } from './parts.ts';
import { JobService } from './service.ts';
import { openLocation } from './storage/index.ts';
import { jobParts } from './testing/toy-parts.ts';
import { type TestJobs, testJobs } from './testing/with-jobs.ts';

let own: TestJobs;
beforeAll(async () => {
  own = await testJobs({}, jobParts);
  process.env.SEMBLANCE_TEST_BOXES = join(own.dir, 'boxes');
  await mkdir(join(own.dir, 'boxes/mine/in'), { recursive: true });
  await writeFile(join(own.dir, 'boxes/mine/in/letter.txt'), 'Dear A, b!\n');
});
afterAll(async () => {
  delete process.env.SEMBLANCE_TEST_BOXES;
  await own[Symbol.asyncDispose]();
});

const count = (options: Record<string, string>, outputs: Record<string, string> = {}): TaskRequest => ({
  task: 'count-letters',
  options,
  parameters: {},
  command: [],
  outputs,
});

test('a kind of task and a storage driver of one’s own work in every process that has to do with them', async () => {
  const made = await own.jobs.create(
    'letters',
    count({ text: 'box://mine/in', times: '2' }, { counted: 'box://mine/out/{version}' }),
  );
  const version = await own.until(made, 'completed');
  expect(version.metrics).toEqual({ letters: { value: 12 } });
  expect(version.data).toMatchObject([{ name: 'text', location: 'box://mine/in' }]);
  const result = await readFile(join(own.dir, 'boxes/mine/out/V0001/result.json'), 'utf8');
  expect(JSON.parse(result)).toEqual({ letters: 12 });
});

test('its own check refuses values before anything is queued', async () => {
  const attempt = own.jobs.create('letters', count({ text: own.dir, times: 'twice' }));
  await expect(attempt).rejects.toMatchObject({ code: 'USAGE_INVALID_VALUE' });
  expect(await own.jobs.list({ job: 'letters' })).toHaveLength(1);
});

test('who was not given a kind or a driver does not know it', async () => {
  await using others = new JobService({ home: join(own.dir, 'others') });
  await expect(others.create('letters', count({ text: own.dir }))).rejects.toMatchObject({
    code: 'TASK_UNKNOWN',
  });
  expect(() => new JobParts().kind('count-leters')).toThrow('there are custom');
  expect(() => jobParts.kind('count-leters')).toThrow('Did you mean count-letters?');
  await expect(openLocation('box://mine/in')).rejects.toMatchObject({ code: 'STORAGE_URL_INVALID' });
  const storage = await openLocation('box://mine/in', { drivers: jobParts.storage });
  expect(await storage.head('letter.txt')).toMatchObject({ sizeBytes: 11 });
  await storage.close();
});

test('a training that could not start is refused at once, whatever says so', async () => {
  const train = (parameters: Record<string, string>, workers = 1) =>
    own.jobs.create(
      'faces',
      { task: 'train-recognition', options: { data: own.dir }, parameters, command: [], outputs: {} },
      { resources: { workers } },
    );
  await expect(train({ 'lossOptions.margn': '0.4' })).rejects.toMatchObject({
    code: 'RECIPE_UNKNOWN_KEY',
    message: expect.stringContaining('Did you mean margin?'),
  });
  await expect(train({ inputSize: '50' })).rejects.toMatchObject({ code: 'RECIPE_INVALID_VALUE' });
  await expect(train({ batchSize: '9' }, 2)).rejects.toMatchObject({
    code: 'RECIPE_INVALID_VALUE',
    message: expect.stringContaining('2 ranks'),
  });
  expect((await own.jobs.jobs()).map(({ name }) => name)).not.toContain('faces');
});
