import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Executor, GroupSpec, WorkerGroup, WorkerSight } from './executor.ts';

/** What takes a moment here may take long on a busy machine. */
export const PATIENCE = { timeout: 50_000, interval: 20 };

/**
 * What every executor must do: one suite, run for each. `numAlive` counts living processes of a mark.
 *
 * @param isContained whether what a worker has started ends with it, as in a container
 * @param killedCode what a worker ends with that was killed by SIGKILL
 */
export function describeExecutor(
  name: string,
  make: () => Promise<Executor>,
  numAlive: (mark: string) => number,
  { isContained = false, killedCode = 137 } = {},
): void {
  describe(`executor ${name}`, () => {
    let executor: Executor;
    let dir: string;
    let group: WorkerGroup;
    let count = 0;
    beforeEach(async () => {
      executor = await make();
      dir = await mkdtemp(join(tmpdir(), 'executor-'));
      group = { mark: `suite-${process.pid}:${++count}`, dir: join(dir, 'group'), numWorkers: 1 };
    });
    /** A cluster that is slow to end something says so, and is asked again. */
    const endLeftovers = (): Promise<number> => vi.waitFor(() => executor.endLeftovers(group.mark), PATIENCE);
    /** Waits until so many processes of the group live: one that begins or ends is not seen at once. */
    const untilAlive = (count: number): Promise<void> =>
      vi.waitFor(() => expect(numAlive(group.mark)).toBe(count), PATIENCE);
    afterEach(async () => {
      await endLeftovers();
      await executor.close?.();
      await rm(dir, { recursive: true });
    });

    const specOf = (...scripts: string[]): GroupSpec => ({
      limits: { cpus: null, memoryBytes: null, nice: 0 },
      workers: scripts.map((script, i) => ({
        command: ['sh', '-c', script],
        env: { WORKER: String(i), PATH: process.env.PATH! },
        cwd: dir,
        stdout: join(dir, `out-${i}`),
        stderr: join(dir, `err-${i}`),
      })),
    });
    const until = (test: (sights: WorkerSight[]) => boolean): Promise<WorkerSight[]> =>
      vi.waitFor(async () => {
        const sights = await executor.look(group);
        if (!test(sights)) throw new Error(`waited in vain: ${JSON.stringify(sights)}`);
        return sights;
      }, PATIENCE);
    const hasEnded = (sights: WorkerSight[]): boolean =>
      sights.every(({ state }) => !['absent', 'waiting', 'running'].includes(state));
    const text = (file: string): string => readFileSync(join(dir, file), 'utf8');

    test('runs each worker with its own command, environment and files, and says how it ended', async () => {
      group = { ...group, numWorkers: 3 };
      expect(await executor.look(group)).toEqual([
        { state: 'absent' },
        { state: 'absent' },
        { state: 'absent' },
      ]);
      await executor.start(group, specOf('echo $WORKER; pwd', 'echo wrong >&2; exit 3', 'kill -9 $$'), {
        EXTRA: 'x',
      });
      const sights = await until(hasEnded);
      expect(sights.map((sight) => sight.state === 'ended' && sight.code)).toEqual([0, 3, killedCode]);
      expect(text('out-0')).toBe(`0\n${dir}\n`);
      expect(text('err-1')).toMatch(/^wrong\n/);
      await untilAlive(0);
    });

    test('gives what is kept nowhere on top of the environment', async () => {
      await executor.start(group, specOf('echo $EXTRA $WORKER'), { EXTRA: 'hidden' });
      await until(hasEnded);
      expect(text('out-0')).toBe('hidden 0\n');
    });

    test('keeps ONNX Runtime silent, whatever the command is', async () => {
      await executor.start(group, specOf('echo $ORT_DISABLE_TELEMETRY'));
      await until(hasEnded);
      expect(text('out-0')).toBe('1\n');
    });

    test('a group that is started again, by whomever, runs once', async () => {
      const spec = specOf('echo ran >> ran; while [ ! -e go ]; do sleep 0.05; done');
      const other = await make();
      await Promise.all([executor.start(group, spec), other.start(group, spec), executor.start(group, spec)]);
      await until(([sight]) => sight!.state === 'running');
      await other.start(group, specOf('echo another >> ran'));
      await until(() => existsSync(join(dir, 'ran')));
      writeFileSync(join(dir, 'go'), '');
      await until(hasEnded);
      await executor.start(group, spec);
      await sleep(200);
      expect(text('ran')).toBe('ran\n');
      await other.close?.();
    });

    test('an end reaches everything that a worker has started, and lets it say goodbye', async () => {
      const script = `trap 'echo bye; exit 5' TERM; (setsid sleep 600 &) ; sleep 600 & echo up; wait`;
      await executor.start(group, specOf(script));
      await until(() => existsSync(join(dir, 'out-0')) && text('out-0') === 'up\n');
      await executor.end(group, false);
      const [sight] = await until(hasEnded);
      expect(sight).toMatchObject({ state: 'ended', code: 5 });
      expect(text('out-0')).toBe('up\nbye\n');
      await untilAlive(0);
    });

    test('what does not listen is killed', async () => {
      await executor.start(group, specOf(`trap '' TERM; echo up; while :; do sleep 0.1; done`));
      await until(() => existsSync(join(dir, 'out-0')) && text('out-0') === 'up\n');
      await executor.end(group, false);
      await sleep(300);
      expect((await executor.look(group))[0]!.state).toBe('running');
      await executor.end(group, true);
      const [sight] = await until(hasEnded);
      expect(['gone', 'ended']).toContain(sight!.state);
      await untilAlive(0);
    });

    test('a group that was ended before it began never begins', async () => {
      await executor.end(group, false);
      expect(await executor.look(group)).toEqual([{ state: 'barred' }]);
      await executor.start(group, specOf('echo ran >> ran'));
      await sleep(300);
      expect(existsSync(join(dir, 'ran'))).toBe(false);
    });

    const numLeft = isContained ? 0 : 2;
    test(`kills what outlives its worker, and says how many: ${numLeft}`, async () => {
      await executor.start(group, specOf('setsid sleep 600 & setsid sleep 600 & exit 0'));
      await until(hasEnded);
      await untilAlive(numLeft);
      expect(await endLeftovers()).toBe(numLeft);
      await untilAlive(0);
      expect(await endLeftovers()).toBe(0);
    });

    test('a command that is not there ends with 127', async () => {
      const spec = specOf('');
      await executor.start(group, {
        ...spec,
        workers: [{ ...spec.workers[0]!, command: ['no-such-program'] }],
      });
      expect(await until(hasEnded)).toMatchObject([{ state: 'ended', code: 127 }]);
    });
  });
}
