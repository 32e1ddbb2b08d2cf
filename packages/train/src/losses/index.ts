import { SemblanceError } from '../error.ts';
import { resolveOptions } from '../options/resolve.ts';
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

const spec = <O extends object>(entry: LossSpec<O>): LossSpec => entry as unknown as LossSpec;

/** Losses of recognition training by name, in the order they were found: adding one is a file and a line here. */
export const losses = {
  softmax: spec(softmax),
  triplet: spec(triplet),
  center: spec(center),
  'l-softmax': spec(lSoftmax),
  sphereface: spec(sphereface),
  normface: spec(normface),
  'am-softmax': spec(amSoftmax),
  cosface: spec(cosface),
  arcface: spec(arcface),
  combined: spec(combined),
  adaface: spec(adaface),
} satisfies Record<string, LossSpec>;

export type LossName = keyof typeof losses;
export const lossNames = Object.keys(losses) as LossName[];

/**
 * The head of a loss with freshly drawn class weights.
 *
 * @throws RECIPE_INVALID_VALUE for an unknown loss or a wrong option value, RECIPE_UNKNOWN_KEY for an option
 *   the loss does not have
 */
export function createHead(
  name: string,
  size: HeadSize,
  options: Readonly<Record<string, unknown>> = {},
): MarginHead {
  if (!Object.hasOwn(losses, name)) {
    const message = `Expected one of ${lossNames.join(', ')} for loss but received "${name}".`;
    throw new SemblanceError('RECIPE_INVALID_VALUE', message);
  }
  const { defaults, create } = losses[name as LossName];
  return create(size, resolveOptions(name, defaults, options));
}

export { ClassificationHead } from './classification-head.ts';
export { type HeadOutput, type HeadSize, type LossSpec, MarginHead } from './margin-head.ts';
