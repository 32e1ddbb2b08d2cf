import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { makeFolder } from '@semblance/core/files';
import { SemblanceError } from './error.ts';
import { storePaths, versionPaths } from './home.ts';
import { fullName, type Version } from './model.ts';
import { isBelow } from './record/code-tree.ts';
import { pruneSnapshots } from './record/snapshot.ts';
import { checkTimeLimit } from './request-checks.ts';
import { isEnded, versionStates } from './states.ts';
import type { VersionStore } from './store/version-store.ts';

/**
 * Asks for the end of a version; gives whether that was written down, and not whether its workers have ended.
 *
 * @returns false where the version was deleted in the meantime
 * @throws SemblanceError VERSION_WRONG_STATE where it has ended
 */
export async function stopVersion(store: VersionStore, version: Version): Promise<boolean> {
  const reason = 'stopped on request';
  for (let current: Version | null = version; current; current = await store.get(version.id)) {
    if (isEnded(current.state)) throw wrongState(current, 'only one that waits or runs can be stopped');
    const isDone =
      current.state === 'running'
        ? await store.update(
            version.id,
            {
              ending: {
                to: 'stopped',
                reason,
                exitCode: null,
                isNow: true,
                isOrderly: true,
                sinceMs: Date.now(),
              },
            },
            'running',
          )
        : await store.transition(version.id, {
            from: current.state,
            to: 'stopped',
            reason,
            changes: { endedMs: Date.now() },
          });
    if (isDone) return true;
  }
  return false;
}

/** What of a version may be other from its next attempt on: nothing that decides its result. */
export interface ResumeChanges {
  /** Longest run; null for no limit. */
  timeoutMs?: number | null;
}

/**
 * Queues a version again that failed, was stopped or lost.
 *
 * @throws SemblanceError VERSION_WRONG_STATE, VERSION_NOT_FOUND, USAGE_INVALID_VALUE for a time limit of nothing
 */
export async function resumeVersion(
  store: VersionStore,
  { id }: Version,
  { timeoutMs }: ResumeChanges = {},
): Promise<void> {
  const version = await again(store, id);
  const { state } = version;
  const changes = timeoutMs === undefined ? {} : { spec: { ...version.spec, timeoutMs } };
  checkTimeLimit(timeoutMs ?? null);
  const reason = 'resumed on request';
  const isQueued =
    isEnded(state) &&
    state !== 'completed' &&
    (await store.transition(version.id, { from: state, to: 'pending', reason, changes }));
  if (!isQueued) throw wrongState(version, 'only one that failed, was stopped or lost can be resumed');
}

/**
 * Takes a version out for good, with its outputs and logs.
 *
 * @param isForced also where another version that has not completed reads its outputs, and could not be resumed then
 * @throws SemblanceError VERSION_WRONG_STATE where it has not ended, or is needed; VERSION_NOT_FOUND
 */
export async function removeVersion(
  home: string,
  store: VersionStore,
  { id }: Version,
  { isForced = false }: { isForced?: boolean } = {},
): Promise<void> {
  const version = await again(store, id);
  if (!isEnded(version.state)) throw wrongState(version, 'stop it first');
  const [alias] = await store.aliases({ versionId: id });
  if (alias)
    throw wrongState(version, `${alias.job}@${alias.name} stands for it; move or remove that alias first`);
  const { dir } = versionPaths(home, version);
  const [reader] = isForced ? [] : await readersOf(store, version, dir);
  if (reader) {
    const message = `${fullName(reader)} (${reader.state}) reads its outputs, and could not be resumed without them; delete that one first, or add --force`;
    throw wrongState(version, message);
  }
  const { trash } = storePaths(home);
  const aside = join(trash, `${version.id}-${basename(dir)}`);
  if (!(await store.remove(version.id))) throw wrongState(version, 'it was resumed meanwhile');
  await makeFolder(trash);
  if (existsSync(dir)) await rename(dir, aside);
  await rm(aside, { recursive: true, force: true });
  pruneSnapshots(home);
}

/** Versions that read from the folder of another one, and are not done with it. */
async function readersOf(store: VersionStore, { id }: Version, dir: string): Promise<Version[]> {
  const isWithin = (place: string): boolean => isBelow(dir, place.replace(/^file:\/\//, ''));
  const unfinished = await store.list({ states: versionStates.filter((state) => state !== 'completed') });
  return unfinished.filter(
    ({ id: other, spec }) =>
      other !== id &&
      [
        ...Object.values(spec.options),
        ...spec.inputs.map(({ location }) => location),
        spec.resumeFrom ?? '',
      ].some(isWithin),
  );
}

/** A version as it is now. */
async function again(store: VersionStore, id: number): Promise<Version> {
  const version = await store.get(id);
  if (!version) throw new SemblanceError('VERSION_NOT_FOUND', 'the version was deleted in the meantime');
  return version;
}

function wrongState(version: Version, what: string): SemblanceError {
  return new SemblanceError('VERSION_WRONG_STATE', `${fullName(version)} is ${version.state}: ${what}`);
}
