import { availableParallelism } from 'node:os';
import { fromArray, nn, ops, scope, type Tensor } from '@semblance/torch';
import * as distributed from '@semblance/torch/distributed';
import type { Sampler } from '../data/sampler.ts';
import { SemblanceError } from '../error.ts';
import { type Shares, wholeBatch } from '../shares.ts';

/** The processes that train one model together, as the one that asks sees them. */
export interface Ranks {
  /** Rank 0: the one that reports, evaluates and writes files. */
  isFirst: boolean;
  /** The share of every batch that this rank computes. */
  share(sampler: Sampler, batchSize: number): Sampler;
  /** `forward` whose backward leaves the mean of all ranks' gradients in the parameters of `modules`. */
  parallel<A extends unknown[], R>(
    modules: readonly nn.Module[],
    forward: (...args: A) => R,
  ): (...args: A) => R;
  /** The mean over all ranks of each number, on every rank. */
  mean(values: readonly number[]): number[];
  /** What losses ask of the other ranks. */
  shares: Shares;
  /** Waits until all ranks are here. */
  barrier(): void;
  leave(): void;
}

/** One process on its own. */
export const alone: Ranks = {
  isFirst: true,
  share: (sampler) => sampler,
  parallel: (_, forward) => forward,
  mean: (values) => [...values],
  shares: wholeBatch,
  barrier() {},
  leave() {},
};

/** Cores that this process may take for itself: those of the machine, divided among its ranks here. */
export function ownCores(): number {
  const here = distributed.readEnvironment()?.localWorldSize ?? 1;
  return Math.max(1, Math.floor(availableParallelism() / here));
}

/**
 * Joins the ranks that a launcher started (`--nproc`, torch-run, torchrun, Slurm), or stays alone.
 *
 * Every rank computes an equal share of each batch of the recipe: the step is that of one process but for batch
 * norms, whose statistics are those of the share, and dropout, whose draws are.
 *
 * @throws TorchError DIST_BAD_ENVIRONMENT, DIST_RENDEZVOUS_FAILED, DIST_NO_BACKEND
 */
export function joinRanks(): Ranks {
  if ((distributed.readEnvironment()?.worldSize ?? 1) === 1) return alone;
  const { rank, size } = distributed.init();
  const mean = (values: readonly number[]): number[] => {
    using _ = scope();
    const means = fromArray(Float64Array.from(values));
    distributed.allReduce(means, 'avg');
    return Array.from(means.toArray() as Float64Array);
  };
  const gather = (rows: Tensor): Tensor =>
    rows.requiresGrad ? distributed.gatherRows(rows) : ops.cat(distributed.allGather(rows));
  return {
    isFirst: rank === 0,
    share: (sampler, batchSize) => rankShare(sampler, batchSize, rank, size),
    parallel(modules, forward) {
      const step = new distributed.DistributedDataParallel(new ParallelStep(modules, forward as never));
      return (...args) => step.forward(...args) as ReturnType<typeof forward>;
    },
    mean,
    shares: { numRanks: size, mean, gather },
    barrier: () => distributed.barrier(),
    leave: () => distributed.destroy(),
  };
}

/** Networks under one forward, so that one reducer sees the parameters of all. */
class ParallelStep extends nn.Module {
  networks: nn.ModuleList;
  private readonly run: (...args: unknown[]) => unknown;

  constructor(networks: readonly nn.Module[], run: (...args: unknown[]) => unknown) {
    super();
    this.networks = new nn.ModuleList([...networks]);
    this.run = run;
  }

  forward(...args: unknown[]): unknown {
    return this.run(...args);
  }
}

/** Joins the ranks for as long as `train` takes. */
export async function withRanks<R>(train: (ranks: Ranks) => Promise<R>): Promise<R> {
  const ranks = joinRanks();
  try {
    return await train(ranks);
  } finally {
    ranks.leave();
  }
}

/**
 * A sampler of one rank's equal share of each batch.
 *
 * @throws RECIPE_INVALID_VALUE where the batch cannot be divided equally
 */
export function rankShare(sampler: Sampler, batchSize: number, rank: number, size: number): Sampler {
  assertShareable(batchSize, size);
  const own = batchSize / size;
  return { ...sampler, batch: (step) => sampler.batch(step).slice(rank * own, (rank + 1) * own) };
}

/**
 * @param least images that a rank's share must have
 * @throws RECIPE_INVALID_VALUE where so many ranks cannot share a batch equally, or a share is too small
 */
export function assertShareable(batchSize: number, numRanks: number, least = 1): void {
  const isEqual = batchSize % numRanks === 0;
  if (isEqual && batchSize >= least * numRanks) return;
  const ranks = numRanks === 1 ? '' : ` for ${numRanks} ranks`;
  const message = isEqual
    ? `Expected a batchSize of at least ${least * numRanks}${ranks} but received ${batchSize}: the batch norm of the ` +
      'embeddings cannot take statistics of one image (freezeNorms=true keeps those of the weights).'
    : `Expected a batchSize that ${numRanks} ranks can share equally but received ${batchSize}.`;
  throw new SemblanceError('RECIPE_INVALID_VALUE', message, { details: { key: 'batchSize' } });
}
