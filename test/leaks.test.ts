// What training leaves behind: nothing. Each case is a process of its own, whose memory nobody else uses.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

async function runScript<T>(name: string, ...args: string[]): Promise<T> {
  const path = fileURLToPath(new URL(`./leaks/${name}.ts`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', path, ...args]);
  return JSON.parse(stdout) as T;
}

interface Counts {
  tensors: number;
  bytes: number;
  peakBytes: number;
}

describe.skipIf(process.platform !== 'linux')('memory', { timeout: 600_000 }, () => {
  test('stays what it is over 1,000 training steps', async () => {
    const marks = await runScript<(Counts & { step: number; residentBytes: number })[]>(
      'training-steps',
      '1000',
    );
    expect(marks.map(({ step }) => step)).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
    // Until then JavaScript compiles what runs often.
    const [, , first, ...later] = marks;
    for (const { tensors, bytes, peakBytes, residentBytes } of later) {
      expect({ tensors, bytes, peakBytes }).toEqual({
        tensors: first!.tensors,
        bytes: first!.bytes,
        peakBytes: first!.peakBytes,
      });
      expect(Math.abs(residentBytes / first!.residentBytes - 1)).toBeLessThan(0.02);
    }
  });

  test('of forgotten tensors comes back with the garbage collector', async () => {
    const { before, during, after } = await runScript<Record<string, Counts>>('forgotten-tensors');
    expect(during!.tensors - before!.tensors).toBe(200);
    expect(during!.bytes - before!.bytes).toBe(200 * 1024 * 1024);
    expect(after).toMatchObject({ tensors: before!.tensors, bytes: before!.bytes });
  });

  test('of forgotten tensors makes the garbage collector run by itself', async () => {
    const { peakBytes } = await runScript<Counts>('pressure');
    expect(peakBytes).toBeLessThan(2e9);
  });
});
