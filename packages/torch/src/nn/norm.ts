import { ones, zeros } from '../create.ts';
import { callOp, findOp } from '../dispatch.ts';
import { scope } from '../scope.ts';
import type { Tensor } from '../tensor.ts';
import { checkBatchStatistics, group_norm, layer_norm } from './functional/norm.ts';
import { Buffer, Module, Parameter } from './module.ts';

export interface BatchNormOptions {
  eps?: number;
  momentum?: number;
  affine?: boolean;
}

/** y = γ·(x − mean) / √(var + eps) + β by channel (Ioffe and Szegedy 2015). */
export class BatchNorm extends Module {
  weight: Parameter | null;
  bias: Parameter | null;
  running_mean: Buffer;
  running_var: Buffer;
  num_batches_tracked: Buffer;
  readonly eps: number;
  readonly momentum: number;
  /** Takes the operator's place while training, where statistics go beyond this process's batch. */
  synchronise: ((norm: BatchNorm, x: Tensor) => Tensor) | null = null;
  private readonly op = findOp('aten::batch_norm');

  constructor(numFeatures: number, options: BatchNormOptions = {}) {
    super();
    using _ = scope();
    this.eps = options.eps ?? 1e-5;
    this.momentum = options.momentum ?? 0.1;
    const affine = options.affine ?? true;
    this.weight = affine ? new Parameter(ones([numFeatures])) : null;
    this.bias = affine ? new Parameter(zeros([numFeatures])) : null;
    this.running_mean = new Buffer(zeros([numFeatures]));
    this.running_var = new Buffer(ones([numFeatures]));
    this.num_batches_tracked = new Buffer(zeros([], { dtype: 'int64' }));
  }

  /** @throws TorchError TORCH_SHAPE_MISMATCH in training for a batch with one value in each channel */
  forward(x: Tensor): Tensor {
    if (this.training && !this.synchronise) checkBatchStatistics(x);
    if (this.training) this.num_batches_tracked.value.add_(1);
    if (this.training && this.synchronise) return this.synchronise(this, x);
    return callOp(this.op, [
      x,
      this.weight?.value ?? null,
      this.bias?.value ?? null,
      this.running_mean.value,
      this.running_var.value,
      this.training,
      this.momentum,
      this.eps,
      true,
    ]) as Tensor;
  }
}

/** Batch norm of [N, C, H, W] by channel. */
export class BatchNorm2d extends BatchNorm {}

/** Batch norm of [N, D] by feature. */
export class BatchNorm1d extends BatchNorm {}

export interface LayerNormOptions {
  eps?: number;
  /** Whether γ and β are learned; without them they are 1 and 0. */
  elementwiseAffine?: boolean;
  bias?: boolean;
}

/** y = γ·(x − mean) / √(var + eps) + β over the last dimensions of each example (Ba et al. 2016). */
export class LayerNorm extends Module {
  weight: Parameter | null;
  bias: Parameter | null;
  readonly normalizedShape: readonly number[];
  readonly eps: number;

  constructor(normalizedShape: number | readonly number[], options: LayerNormOptions = {}) {
    super();
    using _ = scope();
    const { eps = 1e-5, elementwiseAffine = true, bias = true } = options;
    this.normalizedShape = [normalizedShape].flat();
    this.eps = eps;
    this.weight = elementwiseAffine ? new Parameter(ones(this.normalizedShape)) : null;
    this.bias = elementwiseAffine && bias ? new Parameter(zeros(this.normalizedShape)) : null;
  }

  forward(x: Tensor): Tensor {
    const { weight, bias, eps } = this;
    return layer_norm(x, this.normalizedShape, {
      weight: weight?.value ?? null,
      bias: bias?.value ?? null,
      eps,
    });
  }
}

/**
 * y = γ·(x − mean) / √(var + eps) + β, mean and variance over each of `numGroups` groups of channels of an example:
 * [N, C, …] → [N, C, …] (Wu and He 2018). γ and β are by channel.
 */
export class GroupNorm extends Module {
  weight: Parameter | null;
  bias: Parameter | null;
  readonly numGroups: number;
  readonly eps: number;

  constructor(numGroups: number, numChannels: number, options: { eps?: number; affine?: boolean } = {}) {
    super();
    using _ = scope();
    const { eps = 1e-5, affine = true } = options;
    this.numGroups = numGroups;
    this.eps = eps;
    this.weight = affine ? new Parameter(ones([numChannels])) : null;
    this.bias = affine ? new Parameter(zeros([numChannels])) : null;
  }

  forward(x: Tensor): Tensor {
    const { weight, bias, eps } = this;
    return group_norm(x, this.numGroups, { weight: weight?.value ?? null, bias: bias?.value ?? null, eps });
  }
}
