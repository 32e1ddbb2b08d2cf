import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shardRange } from './shard-range.ts';
import { type RunResult, run } from './testing/run.ts';

describe('collectives of two ranks', () => {
  const dir = mkdtempSync(join(tmpdir(), 'collectives-'));
  let reports: RunResult['reports'];

  beforeAll(async () => {
    ({ reports } = await run(['--nproc', '2'], 'collectives', [join(dir, 'store')]));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  const both = (name: string) => reports.map((report) => report[name]);

  it('knows who it is', () => {
    expect(both('size')).toEqual([2, 2]);
    expect(both('local')).toEqual([0, 1]);
  });

  it('reduces every dtype', () => {
    const whole = { sum: [3, 30, 1], max: [2, 20, 1], min: [1, 10, 0] };
    const float = { ...whole, avg: [1.5, 15, 0.5] };
    for (const reductions of both('reductions'))
      expect(reductions).toEqual({
        float32: float,
        float64: float,
        bfloat16: float,
        float16: float,
        int64: whole,
        int32: whole,
        int16: whole,
        uint8: whole,
      });
    expect(both('bool')).toEqual([
      [1, 0, 1],
      [1, 0, 1],
    ]);
    expect(both('scalar')).toEqual([5, 5]);
    expect(both('nothing')).toEqual([
      [0, 3],
      [0, 3],
    ]);
  });

  it('reduces a view in its place', () => {
    expect(both('strided')).toEqual([
      [3, 1, 3, 1, 3, 1, 3, 1],
      [3, 2, 3, 2, 3, 2, 3, 2],
    ]);
  });

  it('reduces beside other work, several at once, with the event loop free', () => {
    for (const later of both('later'))
      expect(later).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [3 * n, 2 * n]));
    expect(both('laterStrided')).toEqual([
      [1.5, 1, 1.5, 1, 1.5, 1, 1.5, 1],
      [1.5, 2, 1.5, 2, 1.5, 2, 1.5, 2],
    ]);
    for (const message of both('intAvgLater'))
      expect(message).toMatch(/^TORCH_BAD_ARGUMENT: .*floats for avg/);
  });

  it('gathers and broadcasts', () => {
    for (const gathered of both('gathered'))
      expect(gathered).toEqual([
        [0, 7],
        [1, 7],
      ]);
    for (const gathered of both('gatheredBool')) expect(gathered).toEqual([[0], [1]]);
    for (const values of both('broadcast')) expect(values).toEqual([2, 20, 1]);
    for (const values of both('broadcastStrided')) expect(values).toEqual([1, 1, 1, 1]);
  });

  it('scatters rows, the remainder to the first rank', () => {
    expect(both('scattered')).toEqual([
      [100, 102, 104, 106, 108, 110],
      [112, 114, 116, 118],
    ]);
    expect(both('scatteredAvg')).toEqual([
      [50, 51, 52, 53, 54, 55],
      [56, 57, 58, 59],
    ]);
    expect(both('scatteredMax')[1]).toEqual([106, 107, 108, 109]);
    for (const values of both('whole')) expect(values).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  });

  it('sums the gradient of gathered rows over the ranks', () => {
    expect(both('gradient')).toEqual([
      [3, 3],
      [3, 3],
    ]);
  });

  it('names the rank that does not come to a barrier', () => {
    expect(reports[0].monitored).toMatch(/^DIST_TIMEOUT: .*[Rr]anks? 1/s);
  });

  it('refuses what cannot be', () => {
    for (const message of both('intAvg')) expect(message).toMatch(/^TORCH_BAD_ARGUMENT: .*floats for avg/);
    for (const message of both('badSource')) expect(message).toMatch(/^TORCH_BAD_ARGUMENT: .*rank below 2/);
    for (const message of both('twice')) expect(message).toMatch(/^DIST_ALREADY_INITIALIZED/);
    expect(reports[1].after).toMatch(/^DIST_NOT_INITIALIZED/);
    expect(reports[0].after).toMatch(/^DIST_PEER_LOST/);
  });
});

describe('shardRange', () => {
  it('covers all rows once, the remainder at the first ranks', () => {
    const shares = [0, 1, 2].map((rank) => shardRange(8, rank, 3));
    expect(shares).toEqual([
      { start: 0, count: 3 },
      { start: 3, count: 3 },
      { start: 6, count: 2 },
    ]);
    expect(shardRange(1, 1, 2)).toEqual({ start: 1, count: 0 });
  });
});
