import { Tensor } from '../tensor.ts';
import { defaultGroup, type ProcessGroup } from './group.ts';
import { dist, guarded, guardedLater } from './native.ts';
import { shardRange } from './shard-range.ts';

// Every rank of the group calls the same collectives in the same order with tensors of the same shape and dtype.
// Each blocks until all have, but for those that give a promise; a rank that dies or does not come ends it with an error.

/** How ranks' tensors become one; `avg` is for floats. */
export type ReduceOp = 'sum' | 'avg' | 'max' | 'min';

/**
 * Reduces a tensor over the ranks, in place, and returns it.
 *
 * @throws TorchError DIST_TIMEOUT, DIST_PEER_LOST, DIST_NOT_INITIALIZED, TORCH_BAD_ARGUMENT
 */
export function allReduce(
  tensor: Tensor,
  op: ReduceOp = 'sum',
  group: ProcessGroup = defaultGroup(),
): Tensor {
  guarded(() => dist.allReduce(group.handle, Tensor.handleOf(tensor), op));
  return tensor;
}

/**
 * {@link allReduce} that goes on beside other work: it has begun when the call returns, several may be under way, and the
 * tensor is reduced when the promise resolves. It must be neither read nor written meanwhile.
 *
 * @returns the tensor
 * @throws TorchError as {@link allReduce}, by the promise
 */
export function allReduceAsync(
  tensor: Tensor,
  op: ReduceOp = 'sum',
  group: ProcessGroup = defaultGroup(),
): Promise<Tensor> {
  return guardedLater(async () => {
    await dist.allReduceAsync(group.handle, Tensor.handleOf(tensor), op);
    return tensor;
  });
}

/** Every rank's tensor, in the order of ranks; they share one memory. Throws as {@link allReduce}. */
export function allGather(tensor: Tensor, group: ProcessGroup = defaultGroup()): Tensor[] {
  using all = Tensor.wrap(guarded(() => dist.allGather(group.handle, Tensor.handleOf(tensor))));
  return all.unbind(0) as Tensor[];
}

/** Overwrites the tensor with rank `source`'s, in place, and returns it. Throws as {@link allReduce}. */
export function broadcast(tensor: Tensor, source = 0, group: ProcessGroup = defaultGroup()): Tensor {
  guarded(() => dist.broadcast(group.handle, Tensor.handleOf(tensor), source));
  return tensor;
}

/**
 * Reduces over the ranks and gives each its share of the rows: [N, …] → [count, …], shares as {@link shardRange}
 * makes them. Throws as {@link allReduce}.
 */
export function reduceScatter(
  tensor: Tensor,
  op: ReduceOp = 'sum',
  group: ProcessGroup = defaultGroup(),
): Tensor {
  const numRows = tensor.shape[0] ?? 0;
  const counts = Array.from({ length: group.size }, (_, rank) => shardRange(numRows, rank, group.size).count);
  return Tensor.wrap(guarded(() => dist.reduceScatter(group.handle, Tensor.handleOf(tensor), counts, op)));
}

/**
 * Waits until every rank has come here.
 *
 * @param options.timeoutMs with it, rank 0's error names the ranks that did not come
 * @throws TorchError DIST_TIMEOUT, DIST_PEER_LOST
 */
export function barrier(options: { timeoutMs?: number } = {}, group: ProcessGroup = defaultGroup()): void {
  const { timeoutMs } = options;
  guarded(() =>
    timeoutMs === undefined ? dist.barrier(group.handle) : dist.monitoredBarrier(group.handle, timeoutMs),
  );
}

/**
 * The ranks' rows one below the other, with gradient: [N, …] of each → [N·ranks, …]. The gradient of a rank's rows
 * is the sum over all ranks of what they have for them, times `gradientScale`. Throws as {@link allReduce}.
 */
export function gatherRows(x: Tensor, group: ProcessGroup = defaultGroup(), gradientScale = 1): Tensor {
  return Tensor.wrap(guarded(() => dist.gatherRows(group.handle, Tensor.handleOf(x), gradientScale)));
}
