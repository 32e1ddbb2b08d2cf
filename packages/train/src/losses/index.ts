import { SemblanceError } from '@semblance/face';
import { resolveOptions } from '../recipes/resolve.ts';
import { arcface } from './arcface.ts';
import type { HeadSize, LossSpec, MarginHead } from './margin-head.ts';
import { softmax } from './softmax.ts';

const spec = <O extends object>(entry: LossSpec<O>): LossSpec => entry as unknown as LossSpec;

/** Losses of recognition training by name: adding one is a file and a line here. */
export const losses = {
  softmax: spec(softmax),
  arcface: spec(arcface),
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

export { type HeadOutput, type HeadSize, type LossSpec, MarginHead } from './margin-head.ts';
