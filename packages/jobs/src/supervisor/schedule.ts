import { fullName, type Version } from '../model.ts';
import { freeBytes, START_BYTES } from '../store/reserve.ts';
import type { SupervisorContext, SupervisorSettings } from './context.ts';

/**
 * Starts what waits, oldest first, as far as there are slots and GPUs; no GPU is given to two at once. One that waits for
 * GPUs lets those pass that need none, and no others: however many it wants, its turn comes.
 *
 * A version that runs elsewhere takes neither: its cluster has a queue of its own. Only so many are given to it at once.
 *
 * @param running those that run on this machine, or were given to a cluster from here
 * @returns whether any was started
 */
export async function startPending(
  { home, store, settings, parts, say }: SupervisorContext,
  active: readonly Version[],
  running: readonly Version[] = active.filter(({ state }) => state === 'running'),
): Promise<boolean> {
  if (active.some(({ state }) => state === 'pending') && freeBytes(home) < START_BYTES) {
    await waitForRoom({ store, home }, active);
    return false;
  }
  const free = new Set(settings.gpus);
  for (const version of running) for (const gpu of version.gpus) free.delete(gpu);
  let hasStarted = false;
  const numElsewhere = running.filter(({ spec }) => parts.isElsewhere(spec)).length;
  const slots = {
    here: settings.slots - (running.length - numElsewhere),
    elsewhere: settings.slotsElsewhere - numElsewhere,
  };
  let isOneWaiting = false;
  for (const version of active) {
    const place = parts.isElsewhere(version.spec) ? 'elsewhere' : 'here';
    if (version.state !== 'pending' || slots[place] <= 0) continue;
    const wanted = place === 'here' ? version.spec.resources.gpus : 0;
    if (wanted > 0 && (isOneWaiting || wanted > free.size)) {
      // more than there are, as on a machine that has lost one, is waited for by nobody else
      isOneWaiting ||= wanted <= settings.gpus.length;
      continue;
    }
    const gpus = [...free].slice(0, wanted);
    const isStarted = await store.transition(version.id, {
      from: 'pending',
      to: 'running',
      reason: version.attempt === 0 ? 'started' : `started again, attempt ${version.attempt + 1}`,
      changes: {
        step: version.resumeAt,
        attempt: version.attempt + 1,
        startedMs: Date.now(),
        endedMs: null,
        ending: null,
        gpus,
        machine: store.shared?.machine ?? null,
        // work that is done already keeps its code
        ...(version.resumeAt === 'deliver' ? {} : { exitCode: null }),
      },
    });
    if (!isStarted) continue;
    for (const gpu of gpus) free.delete(gpu);
    slots[place]--;
    hasStarted = true;
    say(`${fullName(version)} started`);
  }
  return hasStarted;
}

/** Says of those that wait that it is for the disk. */
async function waitForRoom(
  { store, home }: Pick<SupervisorContext, 'store' | 'home'>,
  active: readonly Version[],
): Promise<void> {
  const reason = `waits for room: the disk of ${home} is almost full`;
  for (const { id, state, reason: before } of active) {
    if (state === 'pending' && before !== reason) await store.update(id, { reason }, 'pending');
  }
}

/**
 * Puts failed and lost versions that may be tried again back into the queue, each after a pause: what failed at once would
 * fail as fast as it can be started.
 *
 * @returns whether one rests
 */
export async function retryFailed({ store, settings, say }: SupervisorContext): Promise<boolean> {
  let isResting = false;
  for (const version of await store.list({ states: ['failed', 'lost'], hasRetriesLeft: true })) {
    if (Date.now() - (version.endedMs ?? 0) < retryPauseMs(version, settings)) {
      isResting = true;
      continue;
    }
    const isQueued = await store.transition(version.id, {
      from: version.state,
      to: 'pending',
      reason: `to be tried again: ${version.reason}`,
      changes: { retriesLeft: version.retriesLeft - 1 },
    });
    if (isQueued) say(`${fullName(version)} is retried, with ${version.retriesLeft - 1} retries left`);
  }
  return isResting;
}

/** How long a failed version rests before it is tried again: twice as long each time, up to a minute. */
export const retryPauseMs = (
  { attempt }: Pick<Version, 'attempt'>,
  { retryMs }: Pick<SupervisorSettings, 'retryMs'>,
): number => Math.min(MOST_PAUSE_MS, retryMs * 2 ** Math.max(0, attempt - 1));

const MOST_PAUSE_MS = 60_000;
