import { makeFolder } from '@semblance/core/files';
import { ownIdentity } from './executor/process-table.ts';
import { versionPaths } from './home.ts';
import { describeTasks, type TaskDescription } from './kinds/describe.ts';
import type { SweepPlace, Version, VersionSpec } from './model.ts';
import type { JobParts } from './parts.ts';
import { recordCode } from './record/code.ts';
import { recordEnvironment } from './record/environment.ts';
import { writeStepFile } from './steps/step-file.ts';
import type { NewVersion, VersionStore } from './store/version-store.ts';

/** A store of jobs, and what its jobs are made of. */
export interface JobStore {
  readonly home: string;
  readonly store: VersionStore;
  readonly parts: JobParts;
}

/** Where a new version comes from. */
export interface Origin {
  description?: string;
  parent?: Version;
  sweep?: SweepPlace;
}

export interface WantedVersion {
  job: string;
  spec: VersionSpec;
  origin: Origin;
}

/**
 * Makes versions and queues them: describes what they will do, records code and machine.
 *
 * @throws those of {@link describeTasks}: then none is made; VERSION_EXISTS for a place in a sweep that is taken,
 *   VERSION_WRONG_STATE where that has ended
 */
export async function makeVersions(jobs: JobStore, wanted: readonly WantedVersion[]): Promise<Version[]> {
  const descriptions = await describeWanted(jobs, wanted);
  const versions = await jobs.store.addAll(newVersions(wanted, descriptions));
  return completeAll(jobs, versions, descriptions);
}

/** What the wanted versions will do. @throws those of {@link describeTasks} */
export const describeWanted = (
  { parts }: Pick<JobStore, 'parts'>,
  wanted: readonly WantedVersion[],
): Promise<TaskDescription[]> =>
  describeTasks(
    parts,
    wanted.map(({ spec }) => spec),
  );

/** The rows of wanted versions, to be added all at once. */
export function newVersions(
  wanted: readonly WantedVersion[],
  descriptions: readonly TaskDescription[],
): NewVersion[] {
  const creator = ownIdentity();
  return wanted.map(({ job, spec, origin: { parent, sweep, description = '' } }, i) => ({
    job,
    description,
    parentId: parent?.id ?? null,
    sweep: sweep ?? null,
    spec,
    parameters: descriptions[i]!.parameters,
    seeds: descriptions[i]!.seeds,
    creator,
  }));
}

/** Records code and machine of versions that were added, and queues them; where one fails none is left half made. */
export async function completeAll(
  jobs: JobStore,
  versions: readonly Version[],
  descriptions: readonly TaskDescription[],
): Promise<Version[]> {
  const queued: Version[] = [];
  try {
    for (const [i, version] of versions.entries())
      queued.push(await complete(jobs, version, descriptions[i]!));
    return queued;
  } catch (error) {
    const reason = `it could not be made: ${(error as Error).message}`;
    const changes = { retriesLeft: 0, endedMs: Date.now() };
    for (const { id } of versions)
      await jobs.store.transition(id, { from: 'creating', to: 'failed', reason, changes });
    throw error;
  }
}

async function complete(
  { home, store }: JobStore,
  version: Version,
  { engine }: TaskDescription,
): Promise<Version> {
  const { job, number, spec } = version;
  const paths = versionPaths(home, version);
  await makeFolder(paths.logs);
  await writeStepFile(paths.dir, { home, job, number, spec });
  const code = await recordCode(spec.codeDir, paths.codeDiff);
  const environment = await recordEnvironment(engine);
  const reason = 'waits for a slot';
  await store.transition(version.id, {
    from: 'creating',
    to: 'pending',
    reason,
    changes: { code, environment },
  });
  return (await store.get(version.id))!;
}
