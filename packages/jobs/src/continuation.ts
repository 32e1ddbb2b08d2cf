import { join } from 'node:path';
import type { Modification } from './derive.ts';
import { SemblanceError } from './error.ts';
import { versionPaths } from './home.ts';
import type { JobStore } from './make-version.ts';
import { fullName, type Version } from './model.ts';

/**
 * The option by which a new version starts from the weights that another one has reached.
 *
 * @throws USAGE_INVALID_VALUE for a task without weights, CHECKPOINT_NOT_FOUND
 */
export function continuation(
  { home, parts }: Pick<JobStore, 'home' | 'parts'>,
  parent: Version,
): Record<string, string> {
  const { continueBy, name } = parts.kind(parent.spec.task);
  if (!continueBy)
    throw new SemblanceError('USAGE_INVALID_VALUE', `a version of ${name} cannot be continued`);
  const { outputs } = versionPaths(home, parent);
  if (!continueBy.isPossible(outputs))
    throw new SemblanceError(
      'CHECKPOINT_NOT_FOUND',
      `${fullName(parent)} (${parent.state}) left no weights that it has trained, so there is nothing to continue from: leave --continue out to begin anew, or continue another version`,
    );
  return { [continueBy.option]: join(outputs, continueBy.path) };
}

/**
 * The outputs whose checkpoints a new version takes over, to go on exactly where another one stopped.
 *
 * @throws USAGE_INVALID_VALUE for a task without checkpoints, CHECKPOINT_NOT_FOUND
 */
export function resumption({ home, parts }: Pick<JobStore, 'home' | 'parts'>, parent: Version): string {
  const { resume, name } = parts.kind(parent.spec.task);
  if (!resume?.taken)
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `a version of ${name} leaves no checkpoints to resume from`,
    );
  const { outputs } = versionPaths(home, parent);
  if (!resume.hasProgress?.(outputs))
    throw new SemblanceError(
      'CHECKPOINT_NOT_FOUND',
      `${fullName(parent)} (${parent.state}) left no checkpoint of a step that could be resumed from`,
    );
  return outputs;
}

/**
 * Holds the changes of a version that continues another against what its weights fit.
 *
 * @throws USAGE_INVALID_VALUE for a change of what shapes the network
 */
export function checkFits(
  { parts }: Pick<JobStore, 'parts'>,
  parent: Version,
  { parameters = {}, options = {} }: Pick<Modification, 'parameters' | 'options'>,
): void {
  const shaping = parts.kind(parent.spec.task).continueBy?.shapedBy ?? [];
  for (const [name, value] of Object.entries({ ...options, ...parameters })) {
    const before = parent.parameters[name];
    const isShape = shaping.some((shape) => name === shape || name.startsWith(`${shape}.`));
    if (!isShape || value === before) continue;
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `the weights of ${fullName(parent)} are of a network with ${name} ${before ?? 'unset'} and do not fit one with ${value}: leave ${name} as it is, or leave --continue out to begin anew`,
    );
  }
}
