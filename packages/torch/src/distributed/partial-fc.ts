// N rows of this rank, R rows of all ranks, D embedding, C classes of this rank, S of them sampled

import { empty, rand } from '../create.ts';
import { TorchError } from '../error.ts';
import { noGrad } from '../grad-mode.ts';
import * as initial from '../nn/init.ts';
import { Module, Parameter } from '../nn/module.ts';
import { ops } from '../ops.ts';
import { scope } from '../scope.ts';
import { Tensor } from '../tensor.ts';
import { allGather, gatherRows } from './collectives.ts';
import { defaultGroup, type ProcessGroup } from './group.ts';
import { dist, guarded } from './native.ts';
import { shardRange } from './shard-range.ts';
import { gatherShards, takeShard } from './shards.ts';

/**
 * Mean softmax cross entropy over classes that are split over the ranks: L = mean_n(log Σ_k e^{x_nk} − x_ny).
 *
 * Every rank has the same rows and gets the same loss; the sums run over the ranks (one all-reduce of the maximum,
 * one of the sums). d L / d x = (softmax(x) − [k = y]) / R on each rank's own columns.
 *
 * @param logits_RC this rank's columns
 * @param labels_R int64: the column, or −1 where the class is another rank's; each row has one rank that knows it
 * @throws TorchError TORCH_SHAPE_MISMATCH, and as collectives do
 */
export function shardedCrossEntropy(
  logits_RC: Tensor,
  labels_R: Tensor,
  group: ProcessGroup = defaultGroup(),
): Tensor {
  return Tensor.wrap(
    guarded(() =>
      dist.shardedCrossEntropy(group.handle, Tensor.handleOf(logits_RC), Tensor.handleOf(labels_R)),
    ),
  );
}

/** Cosines [R, S] to logits; a label is the row's own column, or −1 where its class is another rank's. */
export type Margin = (cos_RS: Tensor, labels_R: Tensor) => Tensor;

/**
 * A margin that changes only the cosine of each row's own class, scaled: logits = s·cos, with cos_y replaced by
 * `fn(cos_y)`. `fn` takes and returns [M, 1], the rows whose class is here.
 *
 * @example
 * ```ts
 * import { tensor } from '@semblance/torch';
 * import { targetMargin } from '@semblance/torch/distributed';
 *
 * const cosface = targetMargin(64, (cos) => cos.sub(0.4));
 * const labels = tensor([0], { dtype: 'int64' });
 * console.log(cosface(tensor([[0.9, 0.1]]), labels).shape); // [ 1, 2 ]
 * ```
 */
export function targetMargin(scale: number, fn: (cos_M1: Tensor) => Tensor): Margin {
  return (cos_RS, labels_R) => {
    const rows_M = ops.nonzero(labels_R.ge(0)).squeeze(1);
    if (rows_M.numel === 0) return cos_RS.mul(scale);
    const columns_M1 = labels_R.index_select(0, rows_M).unsqueeze(1);
    const own_MS = cos_RS.index_select(0, rows_M);
    const moved_MS = own_MS.scatter(1, columns_M1, fn(own_MS.gather(1, columns_M1)));
    return cos_RS.index_copy(0, rows_M, moved_MS).mul(scale);
  };
}

export interface PartialFCOptions {
  embeddingSize: number;
  numClasses: number;
  /** r: the share of its classes that each rank computes with in a step; 1 is the whole softmax. */
  sampleRate?: number;
  margin?: Margin;
  group?: ProcessGroup;
  /**
   * Multiplies the gradient of the embeddings by the number of ranks, which the mean that
   * DistributedDataParallel takes of the backbone's gradients then undoes. Default true.
   */
  isBackboneAveraged?: boolean;
}

/**
 * The class layer and softmax loss of a classifier too large for one rank: each rank holds the weights of its share
 * of the classes and computes their cosines with the embeddings of all ranks. With sampleRate r < 1 a step uses
 * only the classes that occur in its batch and random others, int(r·C) in all.
 *
 * An et al., "Killing Two Birds with One Stone: Efficient and Robust Training of Face Recognition CNNs by Partial
 * FC" (2022).
 *
 * @example
 * Not run here: it needs several ranks.
 *
 * ```ts
 * import { nn, randn, tensor } from '@semblance/torch';
 * import * as distributed from '@semblance/torch/distributed';
 * import { PartialFC, targetMargin } from '@semblance/torch/distributed';
 *
 * distributed.init();
 * const backbone = new nn.Linear(16, 512);
 * const margin = targetMargin(64, (cos) => cos.sub(0.4));
 * const head = new PartialFC({ embeddingSize: 512, numClasses: 1_000_000, sampleRate: 0.1, margin });
 * const labels = tensor([3, 7], { dtype: 'int64' });
 * head.forward(backbone.forward(randn([2, 16])), labels).backward();
 * ```
 */
export class PartialFC extends Module {
  /** This rank's class weights [C, D]. Not for DistributedDataParallel: each rank's are its own. */
  weight: Parameter;
  readonly numClasses: number;
  /** The first of this rank's classes. */
  readonly classStart: number;
  readonly numLocal: number;
  readonly numSampled: number;
  private readonly margin: Margin;
  private readonly group: ProcessGroup;
  private readonly embeddingScale: number;

  constructor(options: PartialFCOptions) {
    super();
    using _ = scope();
    const { embeddingSize, numClasses, sampleRate = 1, margin = (cos) => cos } = options;
    if (!(sampleRate > 0 && sampleRate <= 1))
      throw new TorchError(
        'TORCH_BAD_ARGUMENT',
        `Expected a number above 0 and up to 1 for sampleRate but received ${sampleRate}`,
      );
    this.group = options.group ?? defaultGroup();
    const { start, count } = shardRange(numClasses, this.group.rank, this.group.size);
    this.numClasses = numClasses;
    this.classStart = start;
    this.numLocal = count;
    this.numSampled = Math.trunc(sampleRate * count);
    this.margin = margin;
    this.embeddingScale = (options.isBackboneAveraged ?? true) ? this.group.size : 1;
    const weight = empty([count, embeddingSize]);
    initial.normal(weight, 0, 0.01);
    this.weight = new Parameter(weight);
  }

  /**
   * @param emb_ND this rank's embeddings, any length; all ranks give the same number of rows
   * @param labels_N int64, 0 … numClasses − 1
   * @returns the mean loss over the rows of all ranks, a scalar with gradient, the same on every rank
   * @throws TorchError TORCH_BAD_ARGUMENT for a label out of range; as collectives do
   */
  forward(emb_ND: Tensor, labels_N: Tensor): Tensor {
    const emb_RD = gatherRows(emb_ND, this.group, this.embeddingScale);
    const labels_R = noGrad(() => this.localLabels(labels_N));
    const chosen_S = this.numSampled < this.numLocal ? noGrad(() => this.sample(labels_R)) : null;
    const weight_SD = chosen_S ? this.weight.value.index_select(0, chosen_S) : this.weight.value;
    const columns_R = chosen_S ? noGrad(() => columnsAmong(chosen_S, labels_R)) : labels_R;
    const cos_RS = ops.linear(normalised(emb_RD), normalised(weight_SD)).clamp(-1, 1);
    return shardedCrossEntropy(this.margin(cos_RS, columns_R), columns_R, this.group);
  }

  /** The weights of all classes [numClasses, D] on every rank: what a checkpoint holds. */
  wholeWeight(): Tensor {
    return gatherShards(this.weight.value.detach(), this.numClasses, this.group);
  }

  /** Takes this rank's share of all classes' weights, from any number of ranks. */
  loadWholeWeight(whole_KD: Tensor): void {
    using _ = scope();
    if (whole_KD.shape[0] !== this.numClasses)
      throw new TorchError(
        'MODULE_STATE_MISMATCH',
        `Expected the weights of ${this.numClasses} classes but received [${whole_KD.shape}]`,
      );
    noGrad(() => this.weight.value.copy_(takeShard(whole_KD, this.group)));
  }

  /** All ranks' labels as indices into this rank's classes, −1 where the class is another's. */
  private localLabels(labels_N: Tensor): Tensor {
    const labels_R = ops.cat(allGather(labels_N, this.group));
    if (labels_R.min().item() < 0 || labels_R.max().item() >= this.numClasses)
      throw new TorchError(
        'TORCH_BAD_ARGUMENT',
        `Expected labels from 0 to ${this.numClasses - 1} but received ${labels_R.min().item()} … ${labels_R.max().item()}`,
      );
    const shifted = labels_R.sub(this.classStart);
    const isHere = shifted.ge(0).logical_and(shifted.lt(this.numLocal));
    return shifted.masked_fill(isHere.logical_not(), -1);
  }

  /** The classes of this step, sorted: those that occur, and random others up to numSampled. */
  private sample(labels_R: Tensor): Tensor {
    const positive = ops._unique(labels_R.masked_select(labels_R.ge(0)))[0] as Tensor;
    if (positive.numel >= this.numSampled) return positive.sort()[0] as Tensor;
    const order = rand([this.numLocal]).index_fill_(0, positive, 2);
    const chosen = order.topk(this.numSampled)[1] as Tensor;
    return chosen.sort()[0] as Tensor;
  }
}

/** Places of labels in the sorted list of chosen classes; −1 stays. */
function columnsAmong(chosen_S: Tensor, labels_R: Tensor): Tensor {
  return ops.searchsorted(chosen_S, labels_R).masked_fill(labels_R.lt(0), -1);
}

const normalised = (x: Tensor) => x.div(ops.linalg_vector_norm(x, 2, [1], true).clamp_min(1e-12));
