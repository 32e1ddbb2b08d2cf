import type { Version } from './model.ts';
import { findVersion } from './reference.ts';
import type { VersionStore } from './store/version-store.ts';

/**
 * The versions that references name, each once; the name of a job stands for all its versions that `isMeant`.
 *
 * @throws SemblanceError JOB_NOT_FOUND, VERSION_NOT_FOUND, ALIAS_NOT_FOUND
 */
export async function namedVersions(
  store: VersionStore,
  references: readonly string[],
  isMeant: (version: Version) => boolean = () => true,
): Promise<Version[]> {
  const versions = new Map<number, Version>();
  for (const reference of references) {
    const newest = await findVersion(store, reference);
    const isOne = /[/@]/.test(reference);
    const found = isOne ? [newest] : (await store.list({ job: newest.job })).filter(isMeant);
    for (const version of found) versions.set(version.id, version);
  }
  return [...versions.values()];
}
