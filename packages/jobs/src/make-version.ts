import { makeFolder } from '@semblance/core/files';
import { ownIdentity } from './executor/process-table.ts';
import { versionPaths } from './home.ts';
import { describeTasks, type TaskDescription } from './kinds/describe.ts';
import { type CodeRecord, fullName, type SweepPlace, type Version, type VersionSpec } from './model.ts';
import { checkOutputPlaces } from './output-places.ts';
import type { JobParts } from './parts.ts';
import { type RecordedCode, recordCode } from './record/code.ts';
import { recordEnvironment } from './record/environment.ts';
import { inheritCode, keepCode } from './record/keep-code.ts';
import { type EarlierData, writeStepFile } from './steps/step-file.ts';
import type { NewVersion, VersionStore } from './store/version-store.ts';

/** Versions back in which one that has read data is looked for. */
const MOST_LOOKED_AT = 20;

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
  const versions = await jobs.store.addAll(newVersions(jobs, wanted, descriptions));
  const parents = wanted.map(({ origin }) => origin.parent);
  return completeAll(jobs, versions, descriptions, parents);
}

/**
 * What the wanted versions will do, held against what there is.
 *
 * @throws those of {@link describeTasks} and {@link checkOutputPlaces}
 */
export async function describeWanted(
  { parts, store }: Pick<JobStore, 'parts' | 'store'>,
  wanted: readonly WantedVersion[],
): Promise<TaskDescription[]> {
  await checkOutputPlaces(store, wanted);
  const specs = wanted.map(({ spec }) => spec);
  return describeTasks(parts, specs);
}

/** The rows of wanted versions, to be added all at once. */
export function newVersions(
  { store }: Pick<JobStore, 'store'>,
  wanted: readonly WantedVersion[],
  descriptions: readonly TaskDescription[],
): NewVersion[] {
  const machine = store.shared?.machine;
  const creator = { ...ownIdentity(), ...(machine === undefined ? {} : { machine }) };
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

/**
 * Records code and machine of versions that were added, and queues them; where one fails none is left half made. Versions
 * of one folder that are made at once have the same code.
 *
 * @param parents whose code those of a later rung of a sweep run: what is compared are their values, not the code of two days
 */
export async function completeAll(
  jobs: JobStore,
  versions: readonly Version[],
  descriptions: readonly TaskDescription[],
  parents: readonly (Version | undefined)[] = [],
): Promise<Version[]> {
  const queued: Version[] = [];
  const codes = new Map<string, Promise<RecordedCode>>();
  const codeOf = (dir: string): Promise<RecordedCode> => {
    if (!codes.has(dir)) codes.set(dir, recordCode(dir, jobs.home));
    return codes.get(dir)!;
  };
  try {
    for (const [i, version] of versions.entries()) {
      const parent = version.sweep ? parents[i] : undefined;
      const keep = parent
        ? () => inheritCode(jobs.home, parent, version)
        : async () => keepCode(jobs.home, version, await codeOf(version.spec.codeDir));
      queued.push(await complete(jobs, version, descriptions[i]!, keep));
    }
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
  keep: () => Promise<CodeRecord | null>,
): Promise<Version> {
  const { job, number, spec } = version;
  const paths = versionPaths(home, version);
  await makeFolder(paths.logs);
  const code = await keep();
  const earlier = await earlierData(store, version);
  await writeStepFile(paths.dir, { home, job, number, spec, code, earlier });
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

/** What the parent of a version has read; of one without a parent, the last one of its job that has read anything. */
async function earlierData(store: VersionStore, { id, job, parentId }: Version): Promise<EarlierData | null> {
  const before =
    parentId === null
      ? await store.list({ job, newestFirst: true, limit: MOST_LOOKED_AT })
      : [await store.get(parentId)];
  const found = before.find((version) => version !== null && version.id !== id && version.data.length > 0);
  return found ? { version: fullName(found), data: found.data } : null;
}
