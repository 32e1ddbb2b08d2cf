import { noGrad } from '../grad-mode.ts';
import { ops } from '../ops.ts';
import { scope } from '../scope.ts';
import type { Tensor } from '../tensor.ts';
import { allGather } from './collectives.ts';
import { defaultGroup, type ProcessGroup } from './group.ts';
import { shardRange } from './shard-range.ts';

/** This rank's rows of a whole tensor [numRows, …], as memory of their own. */
export function takeShard(whole: Tensor, group: ProcessGroup = defaultGroup()): Tensor {
  using s = scope();
  const { start, count } = shardRange(whole.shape[0]!, group.rank, group.size);
  return s.keep(noGrad(() => whole.narrow(0, start, count).clone()));
}

/**
 * The whole tensor from all ranks' shares, on every rank: [count, …] → [numRows, …]. Together with
 * {@link takeShard} it makes checkpoints that do not depend on the number of ranks.
 */
export function gatherShards(shard: Tensor, numRows: number, group: ProcessGroup = defaultGroup()): Tensor {
  using s = scope();
  return s.keep(
    noGrad(() => {
      // Collectives take equal shapes: shares that are one row short are padded.
      const most = shardRange(numRows, 0, group.size).count;
      const [count = 0, ...rest] = shard.shape;
      const padded = count === most ? shard : ops.cat([shard, shard.new_zeros([most - count, ...rest])]);
      const all = allGather(padded, group).map((part, rank) =>
        part.narrow(0, 0, shardRange(numRows, rank, group.size).count),
      );
      return ops.cat(all);
    }),
  );
}
