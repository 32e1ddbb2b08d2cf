import { existsSync } from 'node:fs';
import { join } from 'node:path';
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
  const from = join(versionPaths(home, parent).outputs, continueBy.path);
  if (!existsSync(from))
    throw new SemblanceError(
      'CHECKPOINT_NOT_FOUND',
      `${fullName(parent)} left no model and no checkpoint to continue from`,
    );
  return { [continueBy.option]: from };
}
