import { nn, type Tensor } from '@semblance/torch';
import { z } from 'zod';
import type { OptionsOf } from '../options/check.ts';
import { type Shares, wholeBatch } from '../shares.ts';

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
  /** The ranks that have a share of the batch each: the trainer sets it. */
  shares: Shares = wholeBatch;

  /**
   * @param emb_ND embeddings as the backbone gives them, not normalised; left unchanged
   * @param labels_N int64, 0 … K − 1
   */
  abstract override forward(emb_ND: Tensor, labels_N: Tensor): HeadOutput;

  /** The live vectors [K, D] that stand for the classes: weights, or centres where a loss keeps them. */
  abstract classVectors(): Tensor;
}

/** A loss: its options with their ranges and defaults, and how to make its head. */
export interface LossSpec<Name extends string = string, Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** What recipes, manifests and checkpoints call it. */
  readonly name: Name;
  /** The name people know it by. */
  readonly title: string;
  readonly options: z.ZodObject<Shape, z.core.$strict>;
  /** @param options checked, each with its default where none was given */
  create(size: HeadSize, options: OptionsOf<Shape>): MarginHead;
}

/**
 * Declares a loss, for the table or for `trainRecognition({ recipe: { …, loss } })`.
 *
 * @param spec.options a zod field with a default for each option; `describe` says what it is
 * @example
 * ```ts
 * import type { Tensor } from '@semblance/torch';
 * import { defineLoss } from '@semblance/train';
 * import { CosineHead, cosineOptions, scaleOption } from '@semblance/train/losses';
 *
 * // a softmax over cosines, without a margin
 * class CosineSoftmaxHead extends CosineHead {
 *   marginLogits(cos_NK: Tensor): Tensor {
 *     return this.scaled(cos_NK);
 *   }
 * }
 * const cosine = defineLoss({
 *   name: 'cosine',
 *   title: 'Cosine softmax',
 *   options: { scale: scaleOption(30), ...cosineOptions },
 *   create: (size, options) => new CosineSoftmaxHead(size, options),
 * });
 * console.log(cosine.options.parse({}).scale); // 30
 * ```
 */
export function defineLoss<const Name extends string, Shape extends z.ZodRawShape>({
  options,
  ...spec
}: Omit<LossSpec<Name, Shape>, 'options'> & { options: Shape }): LossSpec<Name, Shape> {
  return { ...spec, options: z.strictObject(options) };
}
