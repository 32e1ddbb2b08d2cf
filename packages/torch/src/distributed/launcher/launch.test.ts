import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isAlive, run, start } from '../testing/run.ts';

const dir = mkdtempSync(join(tmpdir(), 'launch-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe('torch-run', () => {
  it('starts ranks, passes on their output and keeps it', async () => {
    const { stdout } = await run(['--nproc', '2', '--log-dir', dir], 'plain', ['end']);
    expect(stdout.split('\n').sort()).toEqual([
      '',
      '[rank 0] rank 0 of 2, attempt 0',
      '[rank 1] rank 1 of 2, attempt 0',
    ]);
    expect(readFileSync(join(dir, 'rank-1.log'), 'utf8')).toBe('rank 1 of 2, attempt 0\n');
  });

  it('ends all ranks and what they started when one fails, and says which', async () => {
    const running = start(['--nproc', '2', '--grace-ms', '100'], 'plain', ['throw']);
    const [child] = await running.seen(/pid (\d+)/, 1);
    const { code, stderr } = await running.ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^torch-run: rank 1 \(pid \d+\) ended with exit code 1: RangeError: out of luck; stopped rank 0$/m,
    );
    expect(isAlive(Number(child))).toBe(false);
  });

  it('starts the group again, and gives the exit code of the rank in the end', async () => {
    const flags = ['--nproc', '2', '--grace-ms', '100', '--max-restarts', '1'];
    const { code, stdout, stderr } = await start(flags, 'plain', ['exit']).ended;
    expect(code).toBe(7);
    expect(stdout).toContain('rank 1 of 2, attempt 1');
    expect(stderr).toMatch(/rank 1 .* exit code 7.*; restart 1 of 1$/m);
    expect(stderr.match(/^torch-run: .*rank 1 .* exit code 7/gm)).toHaveLength(2);
  });

  it('ends its ranks when it is told to end', async () => {
    const running = start(['--nproc', '2'], 'plain', ['wait']);
    const pids = await running.seen(/pid (\d+)/, 2);
    process.kill(running.pid, 'SIGTERM');
    const { code, stderr } = await running.ended;
    expect(code).toBe(128 + 15);
    expect(stderr).toContain('torch-run: ended by SIGTERM');
    expect(pids.map(Number).filter(isAlive)).toEqual([]);
  });

  it('refuses wrong usage', async () => {
    const { code, stderr } = await start(['--nproc', 'many'], 'plain').ended;
    expect(code).toBe(2);
    expect(stderr).toContain('"many"');
  });
});

// Some start torch in four processes: on a busy machine that takes its time.
describe('ranks that compute together', { timeout: 240_000 }, () => {
  it('end with an error that names the one killed by kill -9', async () => {
    const running = start(['--nproc', '2'], 'forever');
    await running.seen(/pid (\d+)/, 2);
    const pid = Number((await running.seen(/\[rank 1\] pid (\d+)/, 1))[0]);
    process.kill(pid, 'SIGKILL');
    const { code, stderr } = await running.ended;
    expect(code).toBe(128 + 9);
    expect(stderr).toMatch(new RegExp(`^torch-run: rank 1 \\(pid ${pid}\\) was killed by SIGKILL`, 'm'));
    expect(isAlive(pid)).toBe(false);
  });

  it('die with a launcher that is killed by kill -9', async () => {
    const running = start(['--nproc', '2'], 'forever');
    const pids = await running.seen(/pid (\d+)/, 2);
    process.kill(running.pid, 'SIGKILL');
    await running.ended;
    while (pids.map(Number).some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(pids).toHaveLength(2);
  });

  it('finish from the last checkpoint after a restart as if nothing had happened', async () => {
    const smooth = join(dir, 'smooth');
    const broken = join(dir, 'broken');
    for (const path of [smooth, broken]) mkdirSync(path);
    const { reports: expected } = await run(['--nproc', '2'], 'toy-training', [smooth]);
    const flags = ['--nproc', '2', '--max-restarts', '1'];
    const { reports, stderr } = await run(flags, 'toy-training', [broken, 'killed']);
    expect(stderr).toMatch(/rank 1 .* was killed by SIGKILL.*; restart 1 of 1$/m);
    expect(reports.map(({ resumedAt }) => resumedAt)).toEqual([4, 4]);
    expect(reports.map(({ weights }) => weights)).toEqual(expected.map(({ weights }) => weights));
  });
});
