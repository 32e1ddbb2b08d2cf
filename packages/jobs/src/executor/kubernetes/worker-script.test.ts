import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workerScript } from './worker-script.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'worker-script-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** How a worker's script ends that is told to end `afterMs` its command has begun. */
async function codeOf(command: string, run: number, afterMs: number): Promise<number | null> {
  const log = join(dir, 'log');
  const worker = { command: ['sh', '-c', command], env: {}, cwd: dir, stdout: log, stderr: log };
  const group = { mark: 'm:1', dir: join(dir, String(run)), numWorkers: 1 };
  const script = workerScript(group, {
    workers: [worker],
    limits: { cpus: null, memoryBytes: null, nice: 0 },
  });
  const [program, ...args] = script.command as [string, ...string[]];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  await sleep(afterMs);
  child.kill('SIGTERM');
  return (await ended)[0];
}

test('a command that is told to end says how it ended, at whatever moment the signal comes', async () => {
  const codes: (number | null)[] = [];
  for (let round = 0; round < 5; round++) {
    const runs = Array.from({ length: 12 }, (_, i) =>
      codeOf("trap 'kill -9 $!; exit 5' TERM; sleep 600 & echo up; wait", 100 * round + i, i % 4),
    );
    codes.push(...(await Promise.all(runs)));
  }
  expect(codes).toEqual(codes.map(() => 5));
});

test('one that ends by itself while it is told to has its own code, and one that does not listen is ended', async () => {
  // the signal comes about when the command ends
  const own = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      codeOf("trap '' TERM; echo up; sleep 0.05; exit 7", 1000 + i, 45 + i),
    ),
  );
  expect(own).toEqual(own.map(() => 7));
  expect(await codeOf('echo up; exec sleep 600', 2000, 5)).toBe(143);
});
