import type { Module } from '../nn/module.ts';
import { BatchNorm, type BatchNormOptions } from '../nn/norm.ts';
import { Tensor } from '../tensor.ts';
import { defaultGroup, type ProcessGroup } from './group.ts';
import { dist, guarded } from './native.ts';

/**
 * Lets every batch norm of a module take its statistics over all ranks' batches while training, so that small
 * batches on many ranks behave as one large one. Names, state and evaluation stay as they are.
 *
 * Peng et al., "MegDet" (2018).
 */
export function syncBatchNorm<M extends Module>(module: M, group: ProcessGroup = defaultGroup()): M {
  for (const [, one] of module.namedModules())
    if (one instanceof BatchNorm)
      one.synchronise = group.size > 1 ? (norm, x) => normalise(norm, x, group) : null;
  return module;
}

/** Batch norm of [N, C, …] by channel over the batches of all ranks. */
export class SyncBatchNorm extends BatchNorm {
  constructor(numFeatures: number, options: BatchNormOptions & { group?: ProcessGroup } = {}) {
    super(numFeatures, options);
    syncBatchNorm(this, options.group);
  }
}

function normalise(norm: BatchNorm, x: Tensor, group: ProcessGroup): Tensor {
  return Tensor.wrap(
    guarded(() =>
      dist.syncBatchNorm(
        group.handle,
        Tensor.handleOf(x),
        norm.weight && Tensor.handleOf(norm.weight.value),
        norm.bias && Tensor.handleOf(norm.bias.value),
        Tensor.handleOf(norm.running_mean.value),
        Tensor.handleOf(norm.running_var.value),
        norm.momentum,
        norm.eps,
      ),
    ),
  );
}
