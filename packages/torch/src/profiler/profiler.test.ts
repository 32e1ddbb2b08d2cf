import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nn, ones, ops, randn, scope } from '../index.ts';
import { sumByOperator, type TimedEvent } from './events.ts';
import { profile } from './index.ts';

describe('profile', () => {
  test('counts calls and new memory by operator', () => {
    using _ = scope();
    const x = ones([256, 4]);
    const { operators, result, wallMs, table } = profile(() => {
      let y = x;
      for (let i = 0; i < 3; i++) y = y.mul(2);
      y.add_(1);
      return y.view([4, 256]).sum().item();
    });
    expect(result).toBe(9 * 1024);
    const row = (name: string) => operators.find((operator) => operator.name === name)!;
    expect(row('aten::mul.Tensor') ?? row('aten::mul.Scalar')).toMatchObject({ calls: 3, bytes: 3 * 4096 });
    expect(operators.filter(({ name }) => name.startsWith('aten::add_'))).toMatchObject([
      { calls: 1, bytes: 0 },
    ]);
    expect(row('aten::view')).toMatchObject({ calls: 1, bytes: 0 });
    const sum = operators.reduce((total, { selfMs }) => total + selfMs, 0);
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThanOrEqual(wallMs);
    expect(table(1).split('\n')).toHaveLength(2);
  });

  test('sees the gradient nodes of a backward pass', () => {
    using _ = scope();
    const conv = new nn.Conv2d(3, 4, 3);
    const x = randn([2, 3, 8, 8]);
    const { operators } = profile(() => conv.forward(x).square().sum().backward());
    const gradients = operators.filter(({ kind }) => kind === 'gradient').map(({ name }) => name);
    expect(gradients).toEqual(expect.arrayContaining(['ConvolutionBackward0', 'SumBackward0']));
    expect(operators.find(({ name }) => name === 'ConvolutionBackward0')!.calls).toBe(1);
    conv.dispose();
  });

  test('writes a trace that Chrome reads', () => {
    using _ = scope();
    const dir = mkdtempSync(join(tmpdir(), 'profile-'));
    const path = join(dir, 'trace.json');
    const w = randn([8, 8]);
    w.requiresGrad = true;
    profile(() => ops.relu(w.matmul(w)).sum().backward(), { trace: path });
    const { traceEvents } = JSON.parse(readFileSync(path, 'utf8')) as {
      traceEvents: { name: string; ph: string; ts: number; dur: number; cat: string; args: object }[];
    };
    rmSync(dir, { recursive: true });
    expect(traceEvents.every(({ ph, ts, dur }) => ph === 'X' && ts >= 0 && dur >= 0)).toBe(true);
    expect(traceEvents.map(({ ts }) => ts)).toEqual(
      [...traceEvents.map(({ ts }) => ts)].sort((a, b) => a - b),
    );
    expect(traceEvents[0]).toMatchObject({
      name: 'aten::matmul',
      cat: 'operator',
      args: { inputs: ['float32[8,8]', 'float32[8,8]'], bytes: 256 },
    });
    expect(traceEvents.some(({ name, cat }) => cat === 'gradient' && name === 'ReluBackward0')).toBe(true);
  });

  test('goes on after an operator that throws, and ends with what it began', () => {
    using _ = scope();
    const x = ones([2, 3]);
    const { operators } = profile(() => {
      expect(() => x.matmul(x)).toThrow();
      return x.add(x);
    });
    expect(operators.map(({ calls }) => calls)).toEqual([1]);
    expect(() =>
      profile(() => {
        throw new Error('mine');
      }),
    ).toThrow('mine');
    expect(() => profile(async () => {})).toThrow('synchronous');
    expect(profile(() => 5).operators).toEqual([]);
    expect(() => profile(() => profile(() => 5))).toThrow('already');
  });
});

describe('sumByOperator', () => {
  const event = (name: string, startNs: number, endNs: number): TimedEvent => ({
    ...{ name, startNs, endNs },
    ...{ kind: 'operator', bytes: 1, inputs: [] },
  });

  test('takes what runs inside from what runs around it', () => {
    const rows = sumByOperator([
      event('inner', 2e6, 5e6),
      event('innermost', 3e6, 4e6),
      event('outer', 0, 10e6),
      event('inner', 6e6, 7e6),
    ]);
    expect(rows).toMatchObject([
      { name: 'outer', calls: 1, selfMs: 6, totalMs: 10 },
      { name: 'inner', calls: 2, selfMs: 3, totalMs: 4, bytes: 2 },
      { name: 'innermost', calls: 1, selfMs: 1, totalMs: 1 },
    ]);
  });
});
