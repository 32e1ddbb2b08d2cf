import type { nn, Tensor } from '@semblance/torch';
import type { BatchOf, MakerConfig } from '../data/makers.ts';
import type { Order } from '../data/orders.ts';
import type { Shares } from '../shares.ts';

export interface BatchLoss {
  /** Scalar with gradient. */
  loss: Tensor;
  /** Scalars to be reported beside the loss. */
  metrics: Readonly<Record<string, Tensor>>;
}

/** What one kind of training brings to the loop that all share. */
export interface TrainingTask<K extends MakerConfig['kind'] = MakerConfig['kind']> {
  /** Networks by name; all of them are trained and checkpointed. */
  modules: Readonly<Record<string, nn.Module>>;
  /** The one that is deployed: its gradient norm is limited, and parts of it may be frozen. */
  network: nn.Module;
  /** The part of it that learns more slowly where a recipe says so. */
  backbone: nn.Module;
  maker: Extract<MakerConfig, { kind: K }>;
  numImages: number;
  /** How an epoch's images follow each other, where the task has its own way. */
  order?: Order;
  /** Fingerprint of the training data. */
  dataFingerprint: string;
  /** Hash of the classes' names in their order, where there are classes. */
  peopleHash?: string;
  /**
   * Loss of a batch; called within a scope.
   *
   * @param progress part of the training that is done, 0 to 1
   * @param shares of the ranks that have a share of the batch each; the batch is the whole one without
   */
  lossOf(batch: BatchOf[K], progress: number, shares?: Shares): BatchLoss;
  /**
   * Measures on held-out data; the first metric, larger being better, decides which checkpoint is best.
   *
   * @param onLeftOut is told of each photo that cannot be used: the others count
   * @returns null where none can be used
   */
  evaluate?(onLeftOut: (what: string) => void): Promise<Record<string, number> | null>;
}
