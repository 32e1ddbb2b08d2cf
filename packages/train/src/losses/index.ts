/**
 * Losses of recognition, and what they are made of.
 *
 * @module
 */

import { type GivenOptions, resolveOptions } from '../options/check.ts';
import { partOf, tableOf } from '../options/parts.ts';
import { adaface } from './adaface.ts';
import { arcface } from './arcface.ts';
import { center } from './center.ts';
import { combined } from './combined.ts';
import { amSoftmax, cosface } from './cosface.ts';
import { lSoftmax } from './l-softmax.ts';
import type { HeadSize, LossSpec, MarginHead } from './margin-head.ts';
import { normface } from './normface.ts';
import { softmax } from './softmax.ts';
import { sphereface } from './sphereface.ts';
import { triplet } from './triplet.ts';

/**
 * Losses of recognition training by name, in the order they were found: adding one is a file and a line here.
 *
 * @example
 * ```ts
 * import { losses } from '@semblance/train';
 *
 * console.log(losses.arcface.title, losses.arcface.options.parse({}).margin); // ArcFace 0.5
 * ```
 */
export const losses = tableOf(
  softmax,
  triplet,
  center,
  lSoftmax,
  sphereface,
  normface,
  amSoftmax,
  cosface,
  arcface,
  combined,
  adaface,
);

export type LossName = keyof typeof losses;
/**
 * The names of the table of losses, in the order they were found.
 *
 * @example
 * ```ts
 * import { lossNames } from '@semblance/train';
 *
 * console.log(lossNames.length, lossNames[0]); // 11 softmax
 * ```
 */
export const lossNames = Object.keys(losses) as LossName[];

/** The loss of that name, or the one of your own. @throws RECIPE_INVALID_VALUE for an unknown name */
export const lossOf = (loss: string | LossSpec): LossSpec => partOf<LossSpec>(losses, loss, 'loss');

/**
 * The head of a loss with freshly drawn class weights.
 *
 * @param loss a name of the table, or a loss of your own
 * @throws RECIPE_INVALID_VALUE for an unknown loss or a wrong option value, RECIPE_UNKNOWN_KEY for an option
 *   the loss does not have
 * @param size `embeddingSize` D and `numClasses` K
 * @returns a module that takes embeddings [N, D] and labels [N], int64 from 0 to K − 1, and gives the mean loss
 * @example
 * ```ts
 * import { randn, tensor } from '@semblance/torch';
 * import { createHead } from '@semblance/train';
 *
 * const head = createHead('arcface', { embeddingSize: 8, numClasses: 4 }, { margin: 0.5, scale: 64 });
 * const { loss, logits_NK } = head.forward(randn([2, 8]), tensor([0, 3], { dtype: 'int64' }));
 * console.log(loss.shape, logits_NK.shape); // [] [ 2, 4 ]
 * ```
 */
export function createHead(loss: string | LossSpec, size: HeadSize, options: GivenOptions = {}): MarginHead {
  const spec = lossOf(loss);
  return spec.create(size, resolveOptions(spec, options));
}

export { ClassificationHead } from './classification-head.ts';
export { CosineHead, type CosineOptions, cosineOptions, scaleOption } from './cosine-head.ts';
export { defineLoss, type HeadOutput, type HeadSize, type LossSpec, MarginHead } from './margin-head.ts';
