import { makeFolder } from '@semblance/core/files';
import { ownIdentity } from './executor/process-table.ts';
import { versionPaths } from './home.ts';
import { describeTasks, type TaskDescription } from './kinds/describe.ts';
import type { SweepPlace, Version, VersionSpec } from './model.ts';
import type { JobParts } from './parts.ts';
import { recordCode } from './record/code.ts';
import { recordEnvironment } from './record/environment.ts';
import { writeStepFile } from './steps/step-file.ts';
import type { VersionStore } from './store/version-store.ts';

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
 * @throws those of {@link describeTasks}: then none is made; VERSION_EXISTS for a place in a sweep that is taken
 */
export async function makeVersions(jobs: JobStore, wanted: readonly WantedVersion[]): Promise<Version[]> {
  const specs = wanted.map(({ spec }) => spec);
  const descriptions = await describeTasks(jobs.parts, specs);
  const versions: Version[] = [];
  for (const [i, one] of wanted.entries()) versions.push(await make(jobs, one, descriptions[i]!));
  return versions;
}

async function make(
  { home, store }: JobStore,
  { job, spec, origin: { parent, sweep, description = '' } }: WantedVersion,
  { parameters, seeds, engine }: TaskDescription,
): Promise<Version> {
  const version = await store.add({
    job,
    description,
    parentId: parent?.id ?? null,
    sweep: sweep ?? null,
    spec,
    parameters,
    seeds,
    creator: ownIdentity(),
  });
  const paths = versionPaths(home, version);
  try {
    await makeFolder(paths.logs);
    await writeStepFile(paths.dir, { home, job, number: version.number, spec });
    const code = await recordCode(spec.codeDir, paths.codeDiff);
    const environment = await recordEnvironment(engine);
    const reason = 'waits for a slot';
    const changes = { code, environment };
    await store.transition(version.id, { from: 'creating', to: 'pending', reason, changes });
  } catch (error) {
    const reason = `it could not be made: ${(error as Error).message}`;
    const changes = { retriesLeft: 0, endedMs: Date.now() };
    await store.transition(version.id, { from: 'creating', to: 'failed', reason, changes });
    throw error;
  }
  return (await store.get(version.id))!;
}
