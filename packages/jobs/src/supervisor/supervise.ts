import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { SemblanceError } from '../error.ts';
import { storePaths } from '../home.ts';
import { fullName } from '../model.ts';
import { activeStates } from '../states.ts';
import { keepReserve } from '../store/reserve.ts';
import { advanceSweep } from '../sweep/sweep.ts';
import { advance } from './advance.ts';
import type { SupervisorContext } from './context.ts';
import { endWhoFilledTheDisk } from './disk.ts';
import { announce, withdraw } from './lock.ts';
import { Neighbours } from './neighbours.ts';
import { Orphans } from './orphans.ts';
import { Sampler } from './sample.ts';
import { retryFailed, startPending } from './schedule.ts';
import { Troubles } from './troubles.ts';

/**
 * Looks after the versions of a store until there is nothing to do, or `signal` aborts; running workers go on either
 * way, and whoever supervises next takes them up. Where several machines use the store, of those that run only this
 * machine's. Where the jobs' folder is removed, their processes end with it.
 *
 * It keeps nothing in memory that matters: each look begins from the store and the executor.
 */
export async function supervise(context: SupervisorContext, signal: AbortSignal): Promise<void> {
  const { store, settings, home, say } = context;
  const sampler = new Sampler();
  const troubles = new Troubles(say);
  let sampledMs = 0;
  let busyMs = Date.now();
  const machine = store.shared?.machine ?? null;
  const sayHere = (): void => troubles.listen('it cannot say that it is here', () => announce(home, machine));
  sayHere();
  const neighbours = new Neighbours(context);
  const orphans = new Orphans(context, neighbours);
  await orphans.endFirst();
  /** One look at everything. @returns whether there may be more to do at once; null where there is nothing left */
  const look = async (): Promise<boolean | null> => {
    const now = Date.now();
    checkFolder(context);
    if (!(await neighbours.look(sayHere))) {
      say('another supervisor of this machine has taken its place');
      return null;
    }
    const isSampled = now - sampledMs >= settings.sampleMs;
    if (isSampled) troubles.listen('no room is set aside', () => keepReserve(home));
    const isResting = await retryFailed(context);
    const active = await store.list({ states: activeStates });
    const everywhere = active.filter(({ state }) => state === 'running');
    if (await neighbours.adopt(everywhere)) return true;
    const running = everywhere.filter(neighbours.isOurs);
    let isMoving = await endWhoFilledTheDisk(context, running);
    if (isMoving) return true;
    isMoving = await startPending(context, active, running);
    for (const version of active) {
      if (version.state === 'running' && !neighbours.isOurs(version)) continue;
      try {
        isMoving = (await advance(context, version, neighbours)) || isMoving;
      } catch (error) {
        // one version's trouble is not the others'; it is looked at again
        troubles.tell(fullName(version), error);
      }
    }
    if (isSampled) {
      sampledMs = now;
      await sampler.sample(
        context,
        running.filter(({ spec }) => !context.parts.isElsewhere(spec)),
      );
    }
    isMoving = (await advanceSweeps(context)) || isMoving;
    const isLeft = await orphans.end();
    if (active.length > 0 || isMoving || isResting || isLeft) busyMs = now;
    else if (now - busyMs >= settings.idleMs) {
      // first the sign, then the last look: who adds a version later finds no sign, and starts a supervisor
      withdraw(home, machine);
      if ((await store.list({ states: activeStates, limit: 1 })).length === 0) return null;
      announce(home, machine);
    }
    return isMoving;
  };
  while (!signal.aborted) {
    if (machine === null && !existsSync(home)) {
      // what is left of the store in memory is nobody's any more
      say('the folder of the jobs is gone: what ran of them is ended');
      return orphans.endEvery();
    }
    let waitMs = settings.tickMs;
    try {
      const isMoving = await look();
      if (isMoving === null) return;
      if (isMoving) waitMs = 0;
      troubles.isOver();
    } catch (error) {
      // of the store or the disk: it stays, since another supervisor would fare no better
      waitMs = troubles.tell('the supervisor', error);
    }
    if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => {}); // aborted: the loop sees it
  }
  withdraw(home, machine);
}

/**
 * A folder that other machines have as well is on a disk of the network: while it is away nothing is known of what runs, and
 * nothing must be begun again.
 */
function checkFolder({ home, store }: SupervisorContext): void {
  if (store.shared === null || existsSync(storePaths(home).owner)) return;
  throw new SemblanceError('JOB_STORE_FOREIGN', `the folder of the jobs, ${home}, is away`);
}

async function advanceSweeps(context: SupervisorContext): Promise<boolean> {
  const { store, say } = context;
  let isMoving = false;
  for (const sweep of await store.activeSweeps()) {
    try {
      isMoving = (await advanceSweep(context, sweep)) || isMoving;
    } catch (error) {
      // what cannot be made now cannot be made later either
      const reason = `its next versions could not be made: ${(error as Error).message}`;
      say(`sweep ${sweep.id} of ${sweep.job} failed: ${reason}`);
      await store.endSweep(sweep.id, 'failed', reason);
    }
  }
  return isMoving;
}
