import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { storePaths } from './home.ts';
import { isSettled, type Version } from './model.ts';
import { JobService } from './service.ts';
import { supervisorOf } from './supervisor/lock.ts';
import { script } from './testing/with-jobs.ts';

/** A disk of 64 MiB, where this process may mount one: as root, as in CI. */
const disk = mkdtempSync(join(tmpdir(), 'small-disk-'));
const isMounted = (() => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
afterAll(async () => {
  while (supervisorOf(join(disk, 'home'))) await sleep(50);
  if (isMounted) execFileSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});

test.skipIf(!isMounted)(
  'a version that fills the disk is failed for that, others go on, and the store can be worked with',
  { timeout: 120_000 },
  async () => {
    Object.assign(process.env, {
      SEMBLANCE_JOB_SLOTS: '2',
      SEMBLANCE_JOB_IDLE_MS: '500',
      SEMBLANCE_JOB_GRACE_MS: '2000',
      SEMBLANCE_JOB_SAMPLE_MS: '200',
    });
    await using jobs = new JobService({ home: join(disk, 'home') });
    const until = async (version: Version, isIt: (now: Version) => boolean): Promise<Version> => {
      for (;;) {
        const now = (await jobs.store.get(version.id))!;
        if (isIt(now)) return now;
        await jobs.wakeIfActive();
        await sleep(50);
      }
    };
    // elsewhere, so that its own code takes no room here
    const run = { cwd: tmpdir(), isCodeInPlace: true };
    const innocent = await jobs.create(
      'innocent',
      script('while [ ! -e {outputs}/go ]; do sleep 0.1; done'),
      run,
    );
    await until(innocent, ({ step }) => step === 'work');
    while (!existsSync(storePaths(jobs.home).reserve)) await sleep(50);
    const filling = 'while :; do cat /dev/zero >> {outputs}/large; sleep 0.1; done';
    const full = await jobs.create('full', script(filling), run);
    const ended = await until(full, isSettled);
    expect(ended.state).toBe('failed');
    expect(ended.reason).toMatch(/^it filled the disk of .*home \(\d\d MiB of its own\)$/);
    expect((await jobs.store.get(innocent.id))!.state).toBe('running');
    // what waits says for what, and is stopped like any other
    const waiting = await jobs.create('waits', script('true'), run);
    await until(waiting, ({ reason }) => reason.startsWith('waits for room: the disk of'));
    await jobs.stop(waiting);
    await jobs.remove(ended);
    expect(statfsSync(disk).bavail * statfsSync(disk).bsize).toBeGreaterThan(32 << 20);
    const next = await jobs.create('next', script('true'), run);
    expect((await until(next, isSettled)).state).toBe('completed');
    await jobs.stop(innocent);
    expect((await until(innocent, isSettled)).state).toBe('stopped');
    // one supervisor did all of it, and left nothing half written
    const log = readFileSync(storePaths(jobs.home).supervisorLog, 'utf8');
    expect(log.match(/ begins/g)).toHaveLength(1);
    const left = readdirSync(jobs.home, { recursive: true, encoding: 'utf8' });
    expect(left.filter((name) => /(start|exit)\.\d+$|\.tmp|\.part/.test(name))).toEqual([]);
  },
);
