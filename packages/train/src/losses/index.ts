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

/** Losses of recognition training by name, in the order they were found: adding one is a file and a line here. */
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
export const lossNames = Object.keys(losses) as LossName[];

/** The loss of that name, or the one of your own. @throws RECIPE_INVALID_VALUE for an unknown name */
export const lossOf = (loss: string | LossSpec): LossSpec => partOf<LossSpec>(losses, loss, 'loss');

/**
 * The head of a loss with freshly drawn class weights.
 *
 * @param loss a name of the table, or a loss of your own
 * @throws RECIPE_INVALID_VALUE for an unknown loss or a wrong option value, RECIPE_UNKNOWN_KEY for an option
 *   the loss does not have
 */
export function createHead(loss: string | LossSpec, size: HeadSize, options: GivenOptions = {}): MarginHead {
  const spec = lossOf(loss);
  return spec.create(size, resolveOptions(spec, options));
}

export { ClassificationHead } from './classification-head.ts';
export { CosineHead, type CosineOptions, cosineOptions, scaleOption } from './cosine-head.ts';
export { defineLoss, type HeadOutput, type HeadSize, type LossSpec, MarginHead } from './margin-head.ts';
