import { createHash } from 'node:crypto';
import { TorchError } from '../error.ts';
import { fromArray } from '../from-data.ts';
import { isGradEnabled } from '../grad-mode.ts';
import { Module, type Parameter } from '../nn/module.ts';
import { scope } from '../scope.ts';
import { Tensor } from '../tensor.ts';
import { allGather } from './collectives.ts';
import { defaultGroup, type ProcessGroup } from './group.ts';
import { type DistHandle, dist, guarded } from './native.ts';

const MIB = 2 ** 20;
/** Buffers and parameters travel in messages of up to this size, as in PyTorch. */
const BROADCAST_BYTES = 250 * MIB;

export interface DataParallelOptions {
  group?: ProcessGroup;
  /** Gradients are reduced in buckets of this size, the first in a smaller one to start early. */
  bucketBytes?: number;
  firstBucketBytes?: number;
  /** Whether rank 0's buffers (running statistics) overwrite the others' before each training step. */
  broadcastBuffers?: boolean;
  /** Set where some parameters take no part in some steps: each step then searches the graph for them. */
  findUnusedParameters?: boolean;
  /** Gradients live in the buckets themselves: saves one copy of them and the memory. */
  gradientAsBucketView?: boolean;
}

function* tensorsIn(value: unknown): Generator<Tensor> {
  if (value instanceof Tensor) yield value;
  else if (value instanceof Map || Array.isArray(value))
    for (const [, v] of value.entries()) yield* tensorsIn(v);
  else if (value !== null && typeof value === 'object')
    for (const v of Object.values(value)) yield* tensorsIn(v);
}

/** Throws on every rank where one's parameters are not rank 0's. */
function expectSameParameters(parameters: [string, Parameter][], group: ProcessGroup): void {
  using _ = scope();
  const hash = createHash('sha256');
  for (const [name, { value }] of parameters) hash.update(`${name} ${value.dtype} ${value.shape}\n`);
  const digests = allGather(fromArray(hash.digest()), group).map((digest) => String(digest.toArray()));
  const other = digests.findIndex((digest) => digest !== digests[0]);
  if (other >= 0)
    throw new TorchError(
      'DIST_MISMATCH',
      `Rank ${other}'s parameters differ from rank 0's in names, shapes or dtypes`,
    );
}

/**
 * Trains one module on the batches of all ranks: every rank runs its own batch, and backward leaves in each
 * parameter's `grad` the mean over the ranks. Reduction is c10d's own Reducer: gradients go out in buckets while
 * backward still computes the rest.
 *
 * The module's state becomes rank 0's when it is wrapped. As in PyTorch, each `forward` is followed by one backward
 * of its output, and parameters are moved (`to`) before wrapping, not after.
 *
 * Li et al., "PyTorch Distributed" (2020).
 *
 * @throws TorchError DIST_MISMATCH where ranks' parameters differ in name, shape or dtype
 */
export class DistributedDataParallel<M extends Module = Module> extends Module {
  readonly module: M;
  private readonly group: ProcessGroup;
  private readonly reducer: DistHandle;
  private readonly broadcastBuffers: boolean;
  private readonly findUnusedParameters: boolean;
  private isSyncing = true;

  constructor(module: M, options: DataParallelOptions = {}) {
    super();
    const { bucketBytes = 25 * MIB, firstBucketBytes = MIB, gradientAsBucketView = false } = options;
    this.module = module;
    this.group = options.group ?? defaultGroup();
    this.broadcastBuffers = options.broadcastBuffers ?? true;
    this.findUnusedParameters = options.findUnusedParameters ?? false;
    const trained = [...module.namedParameters()].filter(([, parameter]) => parameter.value.requiresGrad);
    expectSameParameters(trained, this.group);
    this.reducer = guarded(() =>
      dist.reducer(
        this.group.handle,
        trained.map(([, parameter]: [string, Parameter]) => Tensor.handleOf(parameter.value)),
        trained.map(([name]) => name),
        bucketBytes,
        firstBucketBytes,
        this.findUnusedParameters,
        gradientAsBucketView,
      ),
    );
    this.takeStateOfRank0([...module.stateDict().values()]);
  }

  forward(...inputs: Parameters<M['forward']>): ReturnType<M['forward']> {
    const isTraining = isGradEnabled() && this.isSyncing;
    if (isTraining) guarded(() => dist.reducerBeforeForward(this.reducer));
    if (isTraining && this.training && this.broadcastBuffers)
      this.takeStateOfRank0([...this.module.namedBuffers()].map(([, buffer]) => buffer.value));
    const output = this.module.forward(...inputs);
    if (isTraining) {
      const searched = this.findUnusedParameters ? [...tensorsIn(output)].map(Tensor.handleOf) : [];
      guarded(() => dist.reducerBeforeBackward(this.reducer, searched));
    }
    return output;
  }

  /** Runs forward and backward without reducing: gradients add up on each rank until a step outside reduces them. */
  noSync<T>(fn: () => T): T {
    const before = this.isSyncing;
    this.isSyncing = false;
    try {
      return fn();
    } finally {
      this.isSyncing = before;
    }
  }

  /** Frees the reducer and the module's tensors. */
  override dispose(): void {
    dist.distRelease(this.reducer);
    super.dispose();
  }

  private takeStateOfRank0(tensors: Tensor[]): void {
    if (tensors.length === 0 || this.group.size === 1) return;
    guarded(() =>
      dist.broadcastCoalesced(this.group.handle, tensors.map(Tensor.handleOf), BROADCAST_BYTES, 0),
    );
  }
}
