import { nn, type Tensor } from '@semblance/torch';

// N batch, D embedding, K classes

export interface HeadSize {
  embeddingSize: number;
  numClasses: number;
}

export interface HeadOutput {
  /** The mean loss of the batch, a scalar with gradient. */
  loss: Tensor;
  /** Scores of the classes [N, K] without any margin, detached: what training accuracy is counted on. */
  logits_NK: Tensor;
  /** Column of each label in `logits_NK`. */
  labels_N: Tensor;
}

/**
 * The last stage of training a recognizer: embeddings and labels in, loss out. It is not part of the model.
 *
 * What a head learns beside its class weights (centres, running statistics, annealing steps) are buffers, so that
 * checkpoints carry them. They move in `train()` mode only.
 */
export abstract class MarginHead extends nn.Module {
  /** How much of the margin applies, 0 to 1: the trainer raises it over the recipe's `marginWarmup`. */
  marginFactor = 1;

  /**
   * @param emb_ND embeddings as the backbone gives them, not normalised; left unchanged
   * @param labels_N int64, 0 … K − 1
   */
  abstract override forward(emb_ND: Tensor, labels_N: Tensor): HeadOutput;

  /** The live vectors [K, D] that stand for the classes: weights, or centres where a loss keeps them. */
  abstract classVectors(): Tensor;
}

/** A loss as the table lists it: its options with their defaults, and how to make a head. */
export interface LossSpec<O extends object = object> {
  /** The name people know it by. */
  title: string;
  defaults: O;
  create(size: HeadSize, options: O): MarginHead;
}
