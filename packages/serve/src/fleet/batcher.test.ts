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

  test('while there are several owners batches are short, and those of the owner with little work come first', async () => {
    const batches: string[][] = [];
    const releases: (() => void)[] = [];
    const batcher = new Batcher<string, string>(
      async (items) => {
        batches.push(items);
        await new Promise<void>((resolve) => releases.push(resolve));
        return items;
      },
      { maxBatch: 16, maxWaitMs: 0 },
    );
    const until = async (n: number) => {
      while (releases.length < n) await new Promise((resolve) => setTimeout(resolve, 1));
    };
    const first = batcher.submit('a0', { owner: 'eve' });
    await until(1);
    await new Promise((resolve) => setTimeout(resolve, 30)); // an item takes more than a slice
    releases[0]!();
    await first;
    const many = ['a1', 'a2', 'a3'].map((item) => batcher.submit(item, { owner: 'eve' }));
    await until(2);
    expect(batches[1]).toEqual(['a1', 'a2', 'a3']);
    const waiting = ['a4', 'a5'].map((item) => batcher.submit(item, { owner: 'eve' }));
    const light = batcher.submit('b0', { owner: 'ada' });
    for (let n = 2; n <= 5; n++) {
      releases[n - 1]!();
      if (n < 5) await until(n + 1);
    }
    await Promise.all([...many, ...waiting, light]);
    expect(batches.slice(2)).toEqual([['b0'], ['a4'], ['a5']]);
  });
});
