import { Random } from '@semblance/core/random';
import { mixed, type Order } from './orders.ts';

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

/**
 * @param numSamples size of the set, at least 1
 * @param orderOfEpoch how the samples of an epoch follow each other
 */
export function createSampler(
  numSamples: number,
  batchSize: number,
  seed: number,
  orderOfEpoch: Order = mixed,
): Sampler {
  const batchesPerEpoch = Math.max(1, Math.floor(numSamples / batchSize));
  let shuffled: { epoch: number; order: Uint32Array } | undefined;

  const orderOf = (epoch: number) => {
    if (shuffled?.epoch !== epoch) {
      const base = orderOfEpoch(numSamples, Random.of(seed, 0x5a, epoch));
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
