import { createRng, permutation, type Rng } from './rng.ts';

/** Where a step stands in the data. */
export interface DataPosition {
  epoch: number;
  /** Index of the batch within its epoch. */
  batch: number;
}

/**
 * Shuffled epochs of full batches as a pure function of (seed, step): to resume is to ask for the next step.
 *
 * The last, incomplete batch of an epoch is dropped (BatchNorm dislikes small ones), but its samples are not
 * lost: every epoch is shuffled anew. A set smaller than one batch is repeated within the batch.
 */
export interface Sampler {
  readonly batchesPerEpoch: number;
  position(step: number): DataPosition;
  /** The sample indices of the batch that training step `step` (from 0) sees. */
  batch(step: number): Uint32Array;
}

/** Shards that are open at a time: samples are mixed within so many. */
const SHARDS_AT_A_TIME = 256;

/**
 * @param numSamples size of the set, at least 1
 * @param shardSize samples that lie together and are read together; 0 mixes all with all
 */
export function createSampler(numSamples: number, batchSize: number, seed: number, shardSize = 0): Sampler {
  const batchesPerEpoch = Math.max(1, Math.floor(numSamples / batchSize));
  let shuffled: { epoch: number; order: Uint32Array } | undefined;

  const orderOf = (epoch: number) => {
    if (shuffled?.epoch !== epoch) {
      const rng = createRng(seed, 0x5a, epoch);
      const base =
        shardSize === 0 ? permutation(numSamples, rng) : shardedPermutation(numSamples, shardSize, rng);
      const needed = batchesPerEpoch * batchSize;
      const order = new Uint32Array(needed);
      for (let i = 0; i < needed; i++) order[i] = base[i % numSamples]!;
      shuffled = { epoch, order };
    }
    return shuffled.order;
  };

  const position = (step: number): DataPosition => ({
    epoch: Math.floor(step / batchesPerEpoch),
    batch: step % batchesPerEpoch,
  });

  return {
    batchesPerEpoch,
    position,
    batch(step) {
      const { epoch, batch } = position(step);
      return orderOf(epoch).slice(batch * batchSize, (batch + 1) * batchSize);
    },
  };
}

/**
 * 0 … n − 1 mixed as a disk or a network share likes it: the shards (runs of `shardSize` samples) in an order drawn
 * anew, and the samples of each 256 shards mixed with each other. Reads stay within those shards until they are used up.
 */
export function shardedPermutation(n: number, shardSize: number, rng: Rng): Uint32Array {
  const shards = permutation(Math.ceil(n / shardSize), rng);
  const order = new Uint32Array(n);
  let at = 0;
  for (let first = 0; first < shards.length; first += SHARDS_AT_A_TIME) {
    const pool: number[] = [];
    for (const shard of shards.subarray(first, first + SHARDS_AT_A_TIME)) {
      for (let i = shard * shardSize; i < Math.min(n, (shard + 1) * shardSize); i++) pool.push(i);
    }
    for (const place of permutation(pool.length, rng)) order[at++] = pool[place]!;
  }
  return order;
}
