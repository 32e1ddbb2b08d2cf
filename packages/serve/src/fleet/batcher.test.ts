import { describe, expect, test } from 'vitest';
import { Batcher } from './batcher.ts';

describe('batcher', () => {
  test('items gather while a batch is in work, and keep their order', async () => {
    const batches: number[][] = [];
    let release = () => {};
    const batcher = new Batcher<number, number>(
      async (items) => {
        batches.push(items);
        if (batches.length === 1) await new Promise<void>((resolve) => (release = resolve));
        return items.map((item) => 10 * item);
      },
      { maxBatch: 3, maxWaitMs: 0 },
    );
    const first = batcher.submit(1);
    while (batches.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const later = [2, 3, 4, 5].map((item) => batcher.submit(item));
    release();
    expect(await Promise.all([first, ...later])).toEqual([10, 20, 30, 40, 50]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  test('a full batch does not wait', async () => {
    const batcher = new Batcher<number, number>(async (items) => items, { maxBatch: 2, maxWaitMs: 1e9 });
    expect(await Promise.all([batcher.submit(1), batcher.submit(2)])).toEqual([1, 2]);
  });

  test('a batch that fails fails each of its items, and the next one works', async () => {
    let isBroken = true;
    const batcher = new Batcher<number, number>(
      async (items) => {
        if (isBroken) throw new Error('broken');
        return items;
      },
      { maxWaitMs: 0 },
    );
    const failed = await Promise.allSettled([batcher.submit(1), batcher.submit(2)]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isBroken = false;
    expect(await batcher.submit(3)).toBe(3);
  });
});
