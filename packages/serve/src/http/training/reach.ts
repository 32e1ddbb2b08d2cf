import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { safeRelativePath } from '@semblance/core/files';
import { findModel } from '@semblance/face/models';
import { fullName, type JobService, namesVersion, versionPlace } from '@semblance/jobs';
import { SemblanceError } from '../../error.ts';

/**
 * What a caller over a network reaches: buckets, what versions left, models by their names, and the folder of data below the
 * service's own. No other path of the machine.
 */
export interface Reach {
  jobs: JobService;
  /** Folder that relative paths are below. */
  dataDir: string;
}

/** Where an input lies, and the version that it is of. */
export interface ReachedPlace {
  location: string;
  uses?: string;
}

/** Options whose values may be names of models, with the task of those. */
const modelTasks = { detector: 'detection', recognizer: 'recognition' } as const;

/**
 * An input that a caller names: `s3://…` or `obs://…`, a version (`faces/V0003`, `faces@production`), the name of a pulled
 * model where an option takes one, or a path below the folder of data.
 *
 * @param label the name of the option or input
 * @throws SemblanceError PATH_OUTSIDE_ROOT, PATH_NOT_FOUND, VERSION_NOT_FOUND, ALIAS_NOT_FOUND, VERSION_WRONG_STATE,
 *   MODEL_NOT_FOUND
 */
export async function placeOf(label: string, value: string, reach: Reach): Promise<ReachedPlace> {
  if (isBucket(value)) return { location: value };
  if (namesVersion(value)) {
    const found = await versionPlace(reach.jobs, value);
    if (found) return { location: found.path, uses: fullName(found.version) };
  }
  const below = await belowData(label, value, reach.dataDir);
  if (below !== null) return { location: below };
  const task = Object.hasOwn(modelTasks, label) ? modelTasks[label as keyof typeof modelTasks] : null;
  if (task !== null && /^[\w.-]+$/.test(value)) return { location: await findModel(value, task) };
  throw new SemblanceError(
    'PATH_NOT_FOUND',
    `${label}: the folder of data of this service has no ${value.slice(0, 200)}`,
  );
}

/** The real path of what lies below the folder of data; null where nothing does. @throws PATH_OUTSIDE_ROOT */
async function belowData(label: string, value: string, dataDir: string): Promise<string | null> {
  if (/^~|^[a-z][a-z0-9+.-]*:/i.test(value)) throw outside(label);
  let relative: string;
  try {
    relative = safeRelativePath(value);
  } catch {
    throw outside(label); // in the words of this interface
  }
  const root = await realpath(dataDir).catch(() => null);
  const path = root && (await realpath(join(root, relative)).catch(() => null));
  if (!root || !path) return null;
  // a link that leads out of it is no way out
  if (path !== root && !path.startsWith(`${root}/`)) throw outside(label);
  return path;
}

const outside = (label: string): SemblanceError =>
  refusal(
    `expected s3://…, obs://…, a version or a path below the folder of data for ${label}: other paths on this machine`,
  );

/** A place that outputs go to: a bucket, and nothing else. @throws SemblanceError PATH_OUTSIDE_ROOT */
export function bucketOnly(label: string, value: string): string {
  if (isBucket(value)) return value;
  throw refusal(`expected s3://… or obs://… for ${label}: paths on this machine`);
}

/** What no option means as a path, so that a text is one nowhere: no slash, no home folder, nothing above. */
export function noPath(label: string, value: string): string {
  if (!/[/\\\0]|^~|^\.{1,2}$/.test(value)) return value;
  throw refusal(`expected a word or a number for ${label}: paths on this machine`);
}

export const refusal = (what: string): SemblanceError =>
  new SemblanceError('PATH_OUTSIDE_ROOT', `${what} are not accepted over HTTP`);

const isBucket = (value: string): boolean => /^(s3|obs):\/\//i.test(value);
