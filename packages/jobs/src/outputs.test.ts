import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { versionPaths } from './home.ts';
import { customTask } from './kinds/custom.ts';
import { gridCandidates } from './sweep/candidates.ts';
import { jobParts } from './testing/toy-parts.ts';
import { script, type TestJobs, testJobs } from './testing/with-jobs.ts';

let own: TestJobs;
beforeAll(async () => {
  own = await testJobs({}, jobParts);
});
afterAll(() => own[Symbol.asyncDispose]());

const task = script('mkdir {outputs}/result; echo $SEMBLANCE_JOB > {outputs}/result/$SEMBLANCE_ATTEMPT');

test('two versions do not share the place of an output, unless one goes on with the other’s', async () => {
  const fixed = { result: join(own.dir, 'fixed') };
  const first = await own.until(await own.jobs.create('fixed', task, { outputs: fixed }), 'completed');
  const refused = { code: 'USAGE_INVALID_VALUE', message: expect.stringContaining('write {version} into') };
  await expect(own.jobs.create('fixed', task, { outputs: fixed })).rejects.toMatchObject(refused);
  await expect(own.jobs.create('other', task, { outputs: { x: `${fixed.result}/` } })).rejects.toThrow(
    'which is that of fixed/V0001',
  );
  await expect(own.jobs.modify(first, {})).rejects.toMatchObject(refused);
  const plan = { candidates: gridCandidates({ lr: '1,2' }), halving: null };
  const swept = own.jobs.sweep('swept', task, plan, { outputs: { result: join(own.dir, 'swept') } });
  await expect(swept).rejects.toMatchObject(refused);
  expect(await own.jobs.list()).toHaveLength(1);
  const next = await own.jobs.create('fixed', task, { outputs: fixed, predownload: true });
  expect((await own.until(next)).state).toBe('completed');
  const apart = { result: join(own.dir, 'apart', '{version}') };
  for (let i = 0; i < 2; i++) await own.jobs.create('apart', task, { outputs: apart });
});

test('an output that was never written is no delivery; of work that failed what there is arrives', async () => {
  const outputs = (name: string) => ({
    result: join(own.dir, name, 'result'),
    rest: join(own.dir, name, 'rest'),
  });
  const text = 'mkdir {outputs}/rest; echo x > {outputs}/rest/x';
  const made = await own.until(await own.jobs.create('unwritten', script(text), { outputs: outputs('a') }));
  expect(made).toMatchObject({ state: 'failed', exitCode: 0 });
  expect(made.reason).toContain('output result was never written: the work left only rest/x');
  expect(existsSync(join(own.dir, 'a', 'result'))).toBe(false);
  const failing = script(`${text}; exit 3`);
  const failed = await own.until(await own.jobs.create('unwritten', failing, { outputs: outputs('b') }));
  expect(failed).toMatchObject({ state: 'failed', reason: 'worker 0 ended with exit code 3', exitCode: 3 });
  expect(existsSync(join(own.dir, 'b', 'rest', 'x'))).toBe(true);
});

test('a version is not deleted from under one that reads its outputs', async () => {
  const parent = await own.until(await own.jobs.create('parent', script('echo abc > {outputs}/letter.txt')));
  const text = versionPaths(own.jobs.home, parent).outputs;
  const reading = { ...customTask([]), task: 'count-letters', options: { text, times: '1' } };
  const child = await own.jobs.create('child', reading);
  await own.jobs.stop(child);
  const stopped = await own.until(child);
  await expect(own.jobs.remove(parent)).rejects.toMatchObject({
    code: 'VERSION_WRONG_STATE',
    message: expect.stringContaining('child/V0001 (stopped) reads its outputs'),
  });
  expect(existsSync(text)).toBe(true);
  await own.jobs.resume(stopped);
  expect((await own.until(stopped, 'completed')).metrics.letters).toEqual({ value: 3 });
  await own.jobs.remove(parent);
  const other = await own.until(await own.jobs.create('parent', script('echo abc > {outputs}/letter.txt')));
  const input = { data: versionPaths(own.jobs.home, other).outputs };
  const waiting = await own.jobs.create('child', script('sleep 600'), { inputs: input });
  await expect(own.jobs.remove(other)).rejects.toMatchObject({ code: 'VERSION_WRONG_STATE' });
  await own.jobs.remove(other, { isForced: true });
  await own.jobs.stop(waiting);
});

test('a run on other data at the same place says so: other than its parent’s, and than its own before', async () => {
  const data = join(own.dir, 'data');
  await mkdir(data);
  await writeFile(join(data, 'a'), 'one');
  const reading = script('cat {inputs.data}/a; [ $SEMBLANCE_ATTEMPT = 2 ]');
  const first = await own.until(await own.jobs.create('reads', reading, { inputs: { data } }));
  expect(first.data[0]).not.toHaveProperty('differsFrom');
  const same = await own.until(await own.jobs.modify(first, {}));
  expect(same.data[0]).not.toHaveProperty('differsFrom');
  await writeFile(join(data, 'a'), 'two');
  const child = await own.until(await own.jobs.modify(first, {}));
  expect(child.data).toMatchObject([{ name: 'data', differsFrom: 'reads/V0001' }]);
  const log = await own.jobs.logPage(child, { lines: 100 });
  expect(log.lines.map(({ text }) => text).join('\n')).toContain(
    '[prepare] WARNING: input data is not what reads/V0001 read at file://',
  );
  await own.jobs.resume(first);
  expect((await own.until(first, 'completed')).data[0]!.differsFrom).toBe('the attempt before');
  const elsewhere = join(own.dir, 'elsewhere');
  await mkdir(elsewhere);
  await writeFile(join(elsewhere, 'a'), 'three');
  const other = await own.until(await own.jobs.create('reads', reading, { inputs: { data: elsewhere } }));
  expect(other.data[0]).not.toHaveProperty('differsFrom');
});
