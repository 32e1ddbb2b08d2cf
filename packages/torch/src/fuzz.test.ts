// Every operator, called with whatever: a result or a TorchError, and never the end of the process.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { ones, ops, type TorchError, tensor } from './index.ts';

const script = fileURLToPath(new URL('./testing/fuzz-operators.ts', import.meta.url));
// What operators write (from_file) goes here.
const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Counts {
  operators: number;
  results: number;
  refusals: number;
  accepted: number;
  strangers: string[];
}

describe('every operator', () => {
  test('takes or refuses random arguments', { timeout: 600_000 }, () => {
    const progress = join(folder, 'progress');
    const seed = 1;
    const { status, signal, stdout, stderr } = spawnSync(
      process.execPath,
      [script, String(seed), '0', '4', progress],
      { cwd: folder, encoding: 'utf8' },
    );
    // Which operator it was, and how it ended.
    expect({
      last: readFileSync(progress, 'utf8').trim(),
      status,
      signal,
      stderr: stderr.slice(-2000),
    }).toEqual({
      last: 'done',
      status: 0,
      signal: null,
      stderr: expect.any(String),
    });
    const counts = JSON.parse(stdout.trim().split('\n').at(-1)!) as Counts;
    expect(counts.strangers).toEqual([]);
    expect(counts.operators).toBeGreaterThan(2500);
    // Not all of it is refused at the door.
    expect(counts.accepted).toBeGreaterThan(counts.operators / 4);
    expect(counts.results + counts.refusals).toBe(4 * counts.operators);
  });
});

describe('what ended the process once', () => {
  const code = (fn: () => unknown) => {
    try {
      fn();
    } catch (error) {
      return (error as TorchError).code;
    }
    return undefined;
  };

  test('is refused: lists of the wrong length where a schema says how many', () => {
    const x = ones([1, 1, 4, 4]);
    expect(code(() => ops.reflection_pad2d(x, []))).toBe('TORCH_BAD_ARGUMENT');
    expect(code(() => ops.max_unpool2d(x, tensor([0]).to('int64'), []))).toBe('TORCH_BAD_ARGUMENT');
    // One value stands for all, and an empty list for a default that is empty.
    expect(ops.reflection_pad2d(x, [1]).shape).toEqual([1, 1, 6, 6]);
    expect(ops.max_pool2d(x, [2, 2], []).shape).toEqual([1, 1, 2, 2]);
    expect(ops.sum(x, [0, 1, 2, 3]).item()).toBe(16);
  });

  test('is refused: arguments that a guard looks at', () => {
    const x = ones([1, 4, 2, 2]);
    expect(code(() => ops.native_channel_shuffle(x, 0))).toBe('TORCH_BAD_ARGUMENT');
    expect(ops.native_channel_shuffle(x, 2).shape).toEqual([1, 4, 2, 2]);
    expect(code(() => ops.align_tensors([]))).toBe('TORCH_BAD_ARGUMENT');
    expect(code(() => ops._local_scalar_dense(ones([0])))).toBe('TORCH_BAD_ARGUMENT');
    expect(ops._local_scalar_dense(ones([1]))).toBe(1);
  });
});
