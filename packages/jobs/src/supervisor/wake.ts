import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { nodeCommand } from '@semblance/core';
import { makeFolderSync } from '@semblance/core/files';
import { MARK } from '../executor/local.ts';
import { storePaths } from '../home.ts';
import { MACHINE } from '../machine-name.ts';
import type { JobStore } from '../make-version.ts';
import { activeStates } from '../states.ts';
import { STORE } from '../store/open.ts';
import type { VersionStore } from '../store/version-store.ts';
import { dismissOther, HANDOVER, supervisorOf } from './lock.ts';

const LEAST_BETWEEN_MS = 1000;
const MOST_BETWEEN_MS = 30_000;
const lastWakeMs = new Map<string, number>();
/** How often a supervisor that was started has ended with an error, one after the other. */
const numFailures = new Map<string, number>();
const later = new Map<string, NodeJS.Timeout>();

/**
 * Starts the supervisor of a store on this machine, in the background, where none lives. It outlives this process, and leaves when there
 * is nothing to do; of two that are started at once one leaves at once.
 *
 * It keeps the environment it is started in, credentials included: those carry inputs and outputs. Whoever gives it work
 * hands over its own (`isHandingOver`): one that has others leaves, and the one started here waits until it has.
 */
export function wakeSupervisor(
  jobs: JobStore,
  { isHandingOver = false }: { isHandingOver?: boolean } = {},
): void {
  const { home } = jobs;
  const { module } = jobs.parts;
  const { shared } = jobs.store;
  const machine = shared?.machine ?? null;
  const isDismissed = isHandingOver && dismissOther(home, machine);
  if (!isDismissed && supervisorOf(home, machine)) return;
  const { supervisor: key, supervisorLog } = storePaths(home, machine);
  const betweenMs = Math.min(MOST_BETWEEN_MS, LEAST_BETWEEN_MS * 2 ** (numFailures.get(key) ?? 0));
  // one that cannot start is not to be started by every look
  const waitMs = (lastWakeMs.get(key) ?? 0) + betweenMs - Date.now();
  if (waitMs > 0 && !isDismissed) {
    if (later.has(key)) return;
    const retry = setTimeout(() => {
      later.delete(key);
      wakeSupervisor(jobs);
    }, waitMs);
    later.set(key, retry.unref());
    return;
  }
  lastWakeMs.set(key, Date.now());
  makeFolderSync(home);
  const log = openSync(supervisorLog, 'a');
  try {
    const [node, ...args] = nodeCommand(
      import.meta.url,
      './main',
      home,
      ...(module === null ? [] : [module]),
    );
    const child = spawn(node, args, {
      cwd: '/',
      // started from within a job it is no part of that
      env: {
        ...process.env,
        ...{ [STORE]: shared?.address(), [MACHINE]: shared?.machine },
        ...{ [MARK]: undefined, [HANDOVER]: isDismissed ? '1' : undefined },
      },
      detached: true,
      stdio: ['ignore', log, log],
    });
    // a supervisor that cannot be started is missed, and started, by the next who asks
    child.on('error', () => {});
    child.on('exit', (code) => numFailures.set(key, code === 0 ? 0 : (numFailures.get(key) ?? 0) + 1));
    child.unref();
  } finally {
    closeSync(log);
  }
}

/** Whether a version waits or runs, is to be tried again, or a sweep is to make more. */
export async function hasWork(store: VersionStore): Promise<boolean> {
  const some = { limit: 1 };
  const lists = [{ states: activeStates }, { states: ['failed', 'lost'] as const, hasRetriesLeft: true }];
  for (const filter of lists) if ((await store.list({ ...filter, ...some })).length > 0) return true;
  return (await store.activeSweeps()).length > 0;
}
