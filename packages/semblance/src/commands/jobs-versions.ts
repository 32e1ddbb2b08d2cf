import type { JobService, Version } from '@semblance/jobs';

/** The versions that references name, each once; the name of a job stands for all its versions that `isMeant`. */
export async function versionsOf(
  jobs: JobService,
  references: readonly string[],
  isMeant: (version: Version) => boolean = () => true,
): Promise<Version[]> {
  const versions = new Map<number, Version>();
  for (const reference of references) {
    const newest = await jobs.find(reference);
    const isOne = /[/@]/.test(reference);
    const found = isOne ? [newest] : (await jobs.list({ job: newest.job })).filter(isMeant);
    for (const version of found) versions.set(version.id, version);
  }
  return [...versions.values()];
}
