import type { Tensor } from '@semblance/torch';

/**
 * What a loss asks of the other ranks while each computes its share of a batch. Sums over a batch (positives of a
 * detector, photos of a class, pairs of photos) are then those of the whole batch, on any number of ranks.
 *
 * Every rank asks the same, in the same order.
 */
export interface Shares {
  /** Ranks that share the batch equally. */
  readonly numRanks: number;
  /** The mean over all ranks of each number. */
  mean(values: readonly number[]): number[];
  /**
   * The rows of all ranks one below the other, in the order of the batch. Their gradient goes back to the rank they
   * are of, summed over the ranks, of which the trainer takes the mean: a loss of all rows is to be computed by all.
   */
  gather(rows: Tensor): Tensor;
}

/** One process has the whole batch. */
export const wholeBatch: Shares = { numRanks: 1, mean: (values) => [...values], gather: (rows) => rows };
