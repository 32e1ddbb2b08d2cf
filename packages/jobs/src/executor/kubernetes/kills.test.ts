import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mulberry32 } from '@semblance/core/random';
import { expect, onTestFinished, test, vi } from 'vitest';
import { versionPaths } from '../../home.ts';
import { isEnded } from '../../states.ts';
import { supervisorOf } from '../../supervisor/lock.ts';
import { script, testJobs } from '../../testing/with-jobs.ts';
import { ApiServer } from './testing/api-server.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const NUM_VERSIONS = 8;
const NUM_BLOWS = 40;

/**
 * Kills the supervisor, cuts the API server's connections, and makes it forget what was watched, at random: every version ends as its command does, ran once, has its log whole, and leaves nothing behind.
 */
test('whatever is killed and cut at random, each version runs once and ends as its command did', async () => {
  const cluster = await ApiServer.start();
  const dir = mkdtempSync(join(tmpdir(), 'kubernetes-kills-'));
  writeFileSync(join(dir, 'kubeconfig'), cluster.kubeconfig);
  const own = await testJobs({ KUBECONFIG: join(dir, 'kubeconfig') });
  onTestFinished(async () => {
    await own[Symbol.asyncDispose]();
    await cluster[Symbol.asyncDispose]();
    delete process.env.KUBECONFIG;
    rmSync(dir, { recursive: true });
  });
  const random = mulberry32(14);
  const made = [];
  for (let i = 0; i < NUM_VERSIONS; i++) {
    // every third one fails
    const text = `echo ran >> {outputs}/ran-$RANK; for i in 1 2 3 4 5 6; do echo $RANK line $i; sleep 0.${i + 2}; done; exit ${i % 3 === 2 ? i : 0}`;
    const executor = { name: 'kubernetes', options: { image: 'toy:1', claim: 'jobs' } };
    made.push(await own.jobs.create('far', script(text), { executor, resources: { workers: 1 + (i % 2) } }));
  }
  const blows = {
    kill() {
      const supervisor = supervisorOf(own.jobs.home);
      if (supervisor) process.kill(supervisor.pid, 'SIGKILL');
    },
    cut: () => cluster.cut(),
    forget() {
      cluster.store.compact();
      cluster.cut();
    },
  };
  const names = Object.keys(blows) as (keyof typeof blows)[];
  for (let i = 0; i < NUM_BLOWS; i++) {
    blows[names[Math.floor(random() * names.length)]!]();
    await own.jobs.wakeIfActive();
    await sleep(100 + 300 * random());
  }
  for (const [i, version] of made.entries()) {
    const ended = await own.until(version);
    expect(isEnded(ended.state)).toBe(true);
    const code = i % 3 === 2 ? i : 0;
    expect([ended.state, ended.exitCode], ended.reason).toEqual([code === 0 ? 'completed' : 'failed', code]);
    const { outputs, workerLog } = versionPaths(own.jobs.home, version);
    for (let worker = 0; worker < version.spec.resources.workers; worker++) {
      const ran = readFileSync(join(outputs, `ran-${worker}`), { encoding: 'utf8', flag: 'a+' });
      // of two workers that fail the second may be ended before it has begun, or has said all
      expect(code === 0 ? ['ran\n'] : ['ran\n', '']).toContain(ran);
      const lines = readFileSync(workerLog(worker), 'utf8').split('\n');
      const printed = lines.filter((line) => line.startsWith(`${worker} line`));
      const whole = [1, 2, 3, 4, 5, 6].map((i) => `${worker} line ${i}`);
      expect(printed).toEqual(code === 0 ? whole : whole.slice(0, printed.length));
    }
  }
  const left = () => ['Job', 'Pod', 'Secret', 'Service'].flatMap((kind) => cluster.store.list(kind));
  await vi.waitFor(() => expect(left().map(({ metadata }) => metadata.name)).toEqual([]), 60_000);
});
