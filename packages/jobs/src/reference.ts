import { didYouMean } from '@semblance/core';
import { SemblanceError } from './error.ts';
import { type Version, versionName } from './model.ts';
import { checkJobName } from './names.ts';
import { aliasMissing } from './registry.ts';
import type { VersionStore } from './store/version-store.ts';

/**
 * The version that a text names: `job/V0003`, `job/3`, `job@production` by its alias, or `job` for its newest.
 *
 * @throws JOB_NOT_FOUND, VERSION_NOT_FOUND, ALIAS_NOT_FOUND
 */
export async function findVersion(store: VersionStore, text: string): Promise<Version> {
  const [named, alias, ...others] = text.split('@') as [string, ...string[]];
  if (alias !== undefined && others.length === 0) return findAlias(store, checkJobName(named), alias);
  const [job, version, ...rest] = text.split('/') as [string, ...string[]];
  const [, digits] = /^V?(\d{1,9})$/i.exec(version ?? '') ?? [];
  if (rest.length > 0 || (version !== undefined && digits === undefined)) {
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `expected a version such as job/V0001 or job@production but received '${text.slice(0, 200)}'`,
    );
  }
  checkJobName(job);
  const found =
    digits === undefined
      ? (await store.list({ job, newestFirst: true, limit: 1 }))[0]
      : await store.find(job, Number(digits));
  if (found) return found;
  const names = (await store.jobs()).map(({ name }) => name);
  if (!names.includes(job))
    throw new SemblanceError('JOB_NOT_FOUND', `there is no job '${job}'${didYouMean(job, names)}`);
  const what = digits === undefined ? 'no version' : `no version ${versionName(Number(digits))}`;
  throw new SemblanceError('VERSION_NOT_FOUND', `the job ${job} has ${what}`);
}

async function findAlias(store: VersionStore, job: string, name: string): Promise<Version> {
  const found = (await store.aliases({ job })).find((alias) => alias.name === name);
  const version = found ? await store.get(found.versionId) : null;
  if (version) return version;
  throw await aliasMissing(store, job, name);
}
