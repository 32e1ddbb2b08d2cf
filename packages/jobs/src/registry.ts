import { didYouMean } from '@semblance/core';
import { SemblanceError } from './error.ts';
import { fullName, type Version } from './model.ts';
import { checkJobName } from './names.ts';
import type { VersionStore } from './store/version-store.ts';

/** A name that stands for a version of its job, as people see it. */
export interface NamedVersion {
  /** `faces@production` */
  alias: string;
  /** `faces/V0003` */
  version: string;
  /** Since when it is that version, in milliseconds of the Unix epoch. */
  sinceMs: number;
}

/**
 * The registry of models: names such as `production` and `candidate` that stand for one version of a job at a time.
 *
 * `faces@production` is a version wherever one is named; who follows it is served the next version when it is moved.
 */
export class Registry {
  private readonly store: VersionStore;

  constructor(store: VersionStore) {
    this.store = store;
  }

  /** Lets an alias of the version's job stand for this version. @throws USAGE_INVALID_VALUE, VERSION_WRONG_STATE, VERSION_NOT_FOUND */
  async point(name: string, version: Version): Promise<NamedVersion> {
    checkAlias(name);
    if (version.state !== 'completed')
      throw new SemblanceError(
        'VERSION_WRONG_STATE',
        `${fullName(version)} is ${version.state}: only a version that completed can have an alias`,
      );
    if (!(await this.store.setAlias(version.id, name)))
      throw new SemblanceError('VERSION_NOT_FOUND', `${fullName(version)} was deleted in the meantime`);
    return (await this.list(version.job)).find(({ alias }) => alias === `${version.job}@${name}`)!;
  }

  /** Those of one job, or all; by job and name. */
  async list(job?: string): Promise<NamedVersion[]> {
    const aliases = await this.store.aliases(job === undefined ? {} : { job });
    const named = await Promise.all(
      aliases.map(async ({ job, name, versionId, setMs }) => {
        const version = await this.store.get(versionId);
        return version ? [{ alias: `${job}@${name}`, version: fullName(version), sinceMs: setMs }] : [];
      }),
    );
    return named.flat();
  }

  /** The aliases of a version. */
  async of({ id }: Pick<Version, 'id'>): Promise<string[]> {
    return (await this.store.aliases({ versionId: id })).map(({ job, name }) => `${job}@${name}`);
  }

  /** @throws ALIAS_NOT_FOUND */
  async remove(reference: string): Promise<void> {
    const [job = '', name = ''] = reference.split('@');
    if (!(await this.store.removeAlias(job, name))) throw await aliasMissing(this.store, job, name);
  }
}

/** @throws USAGE_INVALID_VALUE */
export function checkAlias(name: string): string {
  // one that reads as a version would stand for another
  if (/^V?\d+$/i.test(name))
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `expected an alias such as production but received '${name}'`,
    );
  return checkJobName(name, 'an alias');
}

/** Why there is no version of that alias. */
export async function aliasMissing(store: VersionStore, job: string, name: string): Promise<SemblanceError> {
  const names = (await store.aliases({ job })).map((alias) => alias.name);
  const there = names.length > 0 ? `; there are ${names.join(', ')}` : '';
  const message = `the job ${job.slice(0, 80)} has no alias '${name.slice(0, 80)}'${there}${didYouMean(name, names)}`;
  return new SemblanceError('ALIAS_NOT_FOUND', message);
}
