import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isAlive } from '../executor/process-table.ts';
import { numProcesses, script, testJobs } from '../testing/with-jobs.ts';
import { supervisorOf } from './lock.ts';

test('where the folder of the jobs is removed, their processes and the supervisor end', async () => {
  const { dir, jobs, until } = await testJobs();
  const made = await jobs.create('gone', script('setsid sleep 600 & sleep 600'));
  await until(made, 'running');
  while (numProcesses(jobs.store.id) < 3) await sleep(20);
  const supervisor = supervisorOf(jobs.home)!;
  rmSync(dir, { recursive: true, maxRetries: 20, retryDelay: 100 });
  while (isAlive(supervisor)) await sleep(50);
  expect(numProcesses(jobs.store.id)).toBe(0);
  await jobs.close();
});
