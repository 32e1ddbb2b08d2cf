import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { describeExecutor } from './executor-suite.ts';
import { underLimits } from './limits.ts';
import { localExecutor, MARK } from './local.ts';
import { isAlive, ownIdentity, processesMarked, readProcess } from './process-table.ts';

const numAlive = (mark: string): number => processesMarked((value) => value === mark, MARK).length;

describeExecutor('local', async () => localExecutor(), numAlive);

test('a worker that is killed with its launcher is gone, and its children are found', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'gone-'));
  const executor = localExecutor();
  const group = { mark: `gone-${process.pid}:1`, dir: join(dir, 'group'), numWorkers: 1 };
  const log = join(dir, 'log');
  await executor.start(group, {
    limits: { cpus: null, memoryBytes: null, nice: 0 },
    workers: [{ command: ['sh', '-c', 'touch up; sleep 600'], env: {}, cwd: dir, stdout: log, stderr: log }],
  });
  while (!existsSync(join(dir, 'up'))) await sleep(20);
  const [sight] = await executor.look(group);
  expect(sight).toMatchObject({ state: 'running' });
  process.kill((sight as { pid: number }).pid, 'SIGKILL');
  while ((await executor.look(group))[0]!.state === 'running') await sleep(20);
  expect(await executor.look(group)).toMatchObject([
    { state: 'gone', why: expect.stringContaining('launcher') },
  ]);
  expect(numAlive(group.mark)).toBeGreaterThan(0);
  await executor.endLeftovers(group.mark);
  while (numAlive(group.mark) > 0) await sleep(20);
  await rm(dir, { recursive: true });
});

test('a process is told from a later one of the same id', () => {
  const own = ownIdentity();
  expect(isAlive(own)).toBe(true);
  expect(isAlive({ ...own, startTicks: own.startTicks - 1 })).toBe(false);
  expect(isAlive({ ...own, bootId: 'another' })).toBe(false);
  expect(readProcess(own.pid)).toMatchObject({ pid: process.pid, parent: process.ppid });
  expect(readProcess(2 ** 22 + 1)).toBeNull();
});

test('limits stand before the command', () => {
  const command = underLimits(['program', '-n'], { cpus: null, memoryBytes: 2 ** 30, nice: 5 });
  expect(command).toEqual([
    'nice',
    '-n',
    '5',
    'prlimit',
    `--data=${3 * 2 ** 30}`,
    '--core=0',
    '--',
    'program',
    '-n',
  ]);
});
