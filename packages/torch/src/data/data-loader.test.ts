import { describe, expect, expectTypeOf, it } from 'vitest';
import { arange, memory, randn, scope, type Tensor, type TorchError, tensor } from '../index.ts';
import { collate, DataLoader, type Dataset, randomSplit, Subset, TensorDataset } from './index.ts';
import openNumbers, { type NumbersData } from './testing/numbers.ts';

const failure = (code: string, message: RegExp) =>
  expect.objectContaining({ name: 'TorchError', code, message: expect.stringMatching(message) });

const place = new URL('./testing/numbers.ts', import.meta.url);
type Numbers = typeof import('./testing/numbers.ts');

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const labelsOf = async (loader: AsyncIterable<{ label: Tensor }>) =>
  (await all(loader)).map(({ label }) => label.tolist() as number[]);

describe('collate', () => {
  it('stacks tensors and numbers, and goes into tuples and objects', () => {
    const batch = collate([
      {
        x: tensor([1, 2]),
        pair: [1n, true] as [bigint, boolean],
        name: 'a',
        score: 0.5,
        raw: Int32Array.of(1),
      },
      {
        x: tensor([3, 4]),
        pair: [2n, false] as [bigint, boolean],
        name: 'b',
        score: 2,
        raw: Int32Array.of(2),
      },
    ]);
    expectTypeOf(batch).toEqualTypeOf<{
      x: Tensor;
      pair: [Tensor, Tensor];
      name: string[];
      score: Tensor;
      raw: Tensor;
    }>();
    expect([batch.x.tolist(), batch.score.tolist(), batch.raw.tolist(), batch.name]).toEqual([
      [[1, 2], [3, 4]], [0.5, 2], [[1], [2]], ['a', 'b'],
    ]); // biome-ignore format: a matrix
    expect(batch.pair.map((part) => part.dtype)).toEqual(['int64', 'bool']);
    expect([batch.score.dtype, batch.raw.dtype]).toEqual(['float32', 'int32']);
  });

  it('refuses what does not go together, and says where', () => {
    expect(() => collate([{ x: tensor([1]) }, { x: tensor([1, 2]) }])).toThrow(
      failure('TORCH_SHAPE_MISMATCH', /shapes \[1\] and \[2\]: bring them to one size.*\(at \.x\)$/),
    );
    expect(() => collate([[1], [1, 2]])).toThrow(failure('TORCH_SHAPE_MISMATCH', /lists of 1 and 2/));
    expect(() => collate([[new Date()]])).toThrow(
      failure('TORCH_BAD_ARGUMENT', /received Date.*\(at \[0\]\)/),
    );
    expect(() => collate([null])).toThrow(failure('TORCH_BAD_ARGUMENT', /received null/));
  });
});

describe('datasets', () => {
  it('of tensors give rows', async () => {
    const dataset = new TensorDataset(arange(12).view(4, 3), tensor([0n, 1n, 0n, 1n]));
    const [batch] = await all(new DataLoader(dataset, { batchSize: 3 }));
    expectTypeOf(batch!).toEqualTypeOf<[Tensor, Tensor]>();
    expect(batch!.map((part) => part.tolist())).toEqual([[[0, 1, 2], [3, 4, 5], [6, 7, 8]], [0, 1, 0]]); // biome-ignore format: a matrix
    expect(() => new TensorDataset(randn(3, 1), randn(4))).toThrow(
      failure('TORCH_SHAPE_MISMATCH', /\[3, 4\]/),
    );
  });

  it('are split without a sample in two parts', async () => {
    const whole = openNumbers({ length: 10 });
    const parts = randomSplit(whole, [0.7, 0.3], 5);
    const labels = await Promise.all(parts.map((part) => labelsOf(new DataLoader(part, { batchSize: 10 }))));
    expect(labels.map(([list]) => list!.length)).toEqual([7, 3]);
    expect(labels.flat(2).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(randomSplit(whole, [4, 6], 5).map(({ length }) => length)).toEqual([4, 6]);
    expect(() => randomSplit(whole, [4, 5])).toThrow(failure('TORCH_BAD_ARGUMENT', /sum up to 10.*\[4, 5\]/));
    expect(await labelsOf(new DataLoader(new Subset(whole, [8, 2]), { batchSize: 2 }))).toEqual([[8, 2]]);
  });

  it('may join samples in a way of their own', async () => {
    const ragged: Dataset<Tensor, number[]> = {
      length: 4,
      get: (i) => randn(i + 1),
      collate: (samples) => samples.map(({ numel }) => numel),
    };
    const loader = new DataLoader(new Subset(ragged, [0, 1, 3]), { batchSize: 2 });
    const batches = await all(loader);
    expectTypeOf(batches).toEqualTypeOf<number[][]>();
    expect(batches).toEqual([[1, 2], [4]]);
  });
});

describe('DataLoader', () => {
  it('cuts batches, with or without the rest', async () => {
    const dataset = openNumbers({ length: 5 });
    const loader = new DataLoader(dataset, { batchSize: 2 });
    expect([loader.length, loader.numSamples, await labelsOf(loader)]).toEqual([3, 5, [[0, 1], [2, 3], [4]]]);
    const whole = new DataLoader(dataset, { batchSize: 2, dropLast: true });
    expect([whole.length, await labelsOf(whole)]).toEqual([
      2,
      [
        [0, 1],
        [2, 3],
      ],
    ]);
    expect(new DataLoader(dataset).batchSize).toBe(1);
  });

  it('shuffles by seed and epoch, and a resumed run goes on in the same order', async () => {
    const open = (seed: number) =>
      new DataLoader(openNumbers({ length: 20 }), { batchSize: 20, shuffle: true, seed });
    const loader = open(1);
    const epochs = [await labelsOf(loader), await labelsOf(loader), await labelsOf(loader)];
    for (const epoch of epochs)
      expect(epoch.flat().toSorted((a, b) => a - b)).toEqual([...new Array(20).keys()]);
    expect(epochs[0]).not.toEqual(epochs[1]);
    const resumed = open(1);
    resumed.epoch = 2;
    expect(await labelsOf(resumed)).toEqual(epochs[2]);
    expect(await labelsOf(open(2))).not.toEqual(epochs[0]);
  });

  it.each([false, true])(
    'leaves no tensor behind but those of its batches (asynchronous: %s)',
    async (isAsync) => {
      const loader = new DataLoader(openNumbers({ length: 6, isAsync }), { batchSize: 3 });
      await all(loader); // learns whether get is asynchronous
      const before = memory().tensors;
      let seen = 0;
      {
        using _ = scope();
        for await (const batch of loader) {
          seen += batch.image.shape[0]!;
          expect(batch.place[0].tolist()).toEqual([1, 1, 1]);
          for (const part of [batch.image, batch.label, ...batch.place, batch.isOdd]) part.dispose();
        }
      }
      expect(seen).toBe(6);
      // Samples of an asynchronous get wait for the collector.
      if (!isAsync) expect(memory().tensors).toBe(before);
    },
  );

  it('says which sample failed, and keeps the cause', async () => {
    for (const isAsync of [false, true]) {
      const loader = new DataLoader(openNumbers({ length: 9, broken: 7, isAsync }), { batchSize: 3 });
      const error = await all(loader).catch((thrown: TorchError) => thrown);
      expect(error).toEqual(failure('DATASET_FAILED', /^sample 7 cannot be loaded: this number is broken$/));
      expect((error as TorchError).cause).toBeInstanceOf(RangeError);
    }
  });

  it('refuses what it cannot do', () => {
    const dataset = openNumbers({ length: 3 });
    expect(() => new DataLoader(dataset, { batchSize: 0 })).toThrow(
      failure('TORCH_BAD_ARGUMENT', /batchSize of 1 or more/),
    );
    expect(() => new DataLoader(dataset, { numWorkers: 2 } as object)).toThrow(
      failure('TORCH_BAD_ARGUMENT', /threads share no objects.*DataLoader\.inWorkers/),
    );
  });
});

describe('DataLoader.inWorkers', () => {
  const open = (data: NumbersData, options = {}) =>
    DataLoader.inWorkers<Numbers>(place, { data, batchSize: 4, numWorkers: 2, ...options });

  it('gives the batches that one thread gives, in the same order, from several threads', async () => {
    await using loader = await open({ length: 18, isAsync: true }, { shuffle: true, seed: 3 });
    const alone = new DataLoader(openNumbers({ length: 18 }), { batchSize: 4, shuffle: true, seed: 3 });
    expectTypeOf(loader).toEqualTypeOf<typeof alone>();
    for (let epoch = 0; epoch < 2; epoch++) {
      const [ours, theirs] = [await all(loader), await all(alone)];
      const plain = (batches: typeof ours) =>
        batches.map(({ image, label, name, isOdd, place: [at] }) => [
          [image, label, isOdd, at].map((t) => [t.dtype, t.shape, t.tolist()]),
          name,
        ]);
      expect(plain(ours)).toEqual(plain(theirs));
      const threads = new Set(ours.flatMap((batch) => batch.place[1].tolist() as number[]));
      expect(threads.size).toBe(2);
    }
  });

  it('stops early, and goes on with the next epoch', async () => {
    await using loader = await open({ length: 40 });
    for await (const batch of loader) {
      expect(batch.label.tolist()).toEqual([0, 1, 2, 3]);
      break;
    }
    expect((await labelsOf(loader)).length).toBe(10);
  });

  it('says what failed in a thread', async () => {
    await using loader = await open({ length: 9, broken: 6 });
    await expect(all(loader)).rejects.toEqual(
      failure('DATASET_FAILED', /^sample 6 cannot be loaded: this number is broken$/),
    );
    await expect(open({ length: 1, refuses: true })).rejects.toEqual(
      failure('DATASET_FAILED', /no numbers today/),
    );
    const nowhere = DataLoader.inWorkers<Numbers>(new URL('./nowhere.ts', import.meta.url), {
      data: { length: 1 },
    });
    await expect(nowhere).rejects.toEqual(failure('DATASET_FAILED', /nowhere\.ts/));
    const noDataset = DataLoader.inWorkers<Numbers>(new URL('./parts.ts', import.meta.url), {
      data: { length: 1 },
    });
    await expect(noDataset).rejects.toEqual(failure('DATASET_FAILED', /Expected a default export/));
    await expect(open({ length: 1 }, { numWorkers: 0 })).rejects.toEqual(
      failure('TORCH_BAD_ARGUMENT', /numWorkers of 1/),
    );
  });
});
