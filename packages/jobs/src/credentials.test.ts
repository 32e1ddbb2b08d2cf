import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storePaths, versionPaths } from './home.ts';
import { supervisorOf } from './supervisor/lock.ts';
import { script, type TestJobs, testJobs } from './testing/with-jobs.ts';

let own: TestJobs;
beforeAll(async () => {
  own = await testJobs();
});
afterAll(() => own[Symbol.asyncDispose]());

const logOf = async (version: Parameters<TestJobs['until']>[0]): Promise<string> =>
  (await own.jobs.logPage(version, { lines: 1000 })).lines.map(({ text }) => text).join('\n');

test('nothing of the environment that is a credential reaches a version or its log', async () => {
  while (supervisorOf(own.jobs.home)) await sleep(50); // the next one gets this environment
  process.env.AWS_SECRET_ACCESS_KEY = 'very-secret-value';
  process.env.MY_API_TOKEN = 'another-secret';
  process.env.AWS_ENDPOINT_URL_S3 = 'http://127.0.0.1:9'; // nobody answers there
  try {
    const made = await own.jobs.create('secrets', script('env; cat $SEMBLANCE_INPUTS/../version.json'), {
      inputs: { data: 's3://very-secret-value/nowhere' },
    });
    const version = await own.until(made);
    const { dir } = versionPaths(own.jobs.home, version);
    const text = await logOf(version);
    expect(version.state).toBe('failed');
    expect(text).not.toContain('very-secret-value');
    expect(version.reason).not.toContain('very-secret-value');
    const ran = await own.until(await own.jobs.create('secrets', script('env')), 'completed');
    expect(await logOf(ran)).toContain('SEMBLANCE_JOB=secrets/V0002');
    expect(await logOf(ran)).not.toMatch(/secret-value|another-secret/);
    expect(readFileSync(join(dir, 'version.json'), 'utf8')).not.toContain('another-secret');
    expect(JSON.stringify(ran)).not.toMatch(/very-secret|another-secret/);
  } finally {
    delete process.env.AWS_SECRET_ACCESS_KEY;
    delete process.env.MY_API_TOKEN;
    delete process.env.AWS_ENDPOINT_URL_S3;
  }
  const credential = { code: 'JOB_CREDENTIAL' };
  const refused = (task: ReturnType<typeof script>, run: Parameters<typeof own.jobs.create>[2] = {}) =>
    expect(own.jobs.create('s', task, run)).rejects.toMatchObject(credential);
  await refused(script('x'), { env: { HF_TOKEN: 'x' } });
  const token = `ghp_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}`;
  await refused({ ...script(''), command: ['fetch', '--token', token] });
  await refused({ ...script(''), command: ['fetch', '--password=hunter2'] });
  await refused(script(`psql postgres://user:${'password'}@host/db`));
  await refused(script('x', { key: `AKIA${'QWERTYUIOPASDFGH'}` }));
  await refused(script('x'), { description: `with ${token}` });
  await own.jobs.create('s', script('true', { tokenizer: 'bpe', numTokens: '512', pad_token: '<pad>' }));
});

test('a living supervisor is handed the credentials of whoever gives it work, and what runs goes on', async () => {
  const withCredentials = async <T>(values: Record<string, string>, action: () => Promise<T>): Promise<T> => {
    Object.assign(process.env, values);
    try {
      return await action();
    } finally {
      for (const name of Object.keys(values)) delete process.env[name];
    }
  };
  const busy = await own.jobs.create('busy', script('sleep 600'));
  await own.until(busy, 'running');
  const first = supervisorOf(own.jobs.home)!;
  const seen = (pid: number): string => readFileSync(`/proc/${pid}/environ`, 'utf8');
  expect(seen(first.pid)).not.toContain('AWS_ACCESS_KEY_ID');
  const key = { AWS_ACCESS_KEY_ID: 'later', AWS_SECRET_ACCESS_KEY: 'later-secret' };
  await withCredentials(key, () => own.jobs.create('later', script('true')));
  const isHandedOver = (): boolean => {
    const living = supervisorOf(own.jobs.home);
    return living !== null && seen(living.pid).includes('AWS_SECRET_ACCESS_KEY=later-secret');
  };
  while (!isHandedOver()) await sleep(50);
  const second = supervisorOf(own.jobs.home)!;
  expect((await own.jobs.store.get(busy.id))!.state).toBe('running');
  // one without any, and one with the same, leave it in peace
  await own.jobs.create('later', script('true'));
  await withCredentials(key, () => own.jobs.create('later', script('true')));
  await sleep(500);
  expect(supervisorOf(own.jobs.home)!.pid).toBe(second.pid);
  expect(readFileSync(storePaths(own.jobs.home).supervisor, 'utf8')).not.toContain('later');
  await own.jobs.stop(busy);
  expect((await own.until(busy)).state).toBe('stopped');
});
