import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { nodeCommand } from '@semblance/core';
import { makeFolderSync } from '@semblance/core/files';
import { MARK } from '../executor/local.ts';
import { storePaths } from '../home.ts';
import { activeStates } from '../states.ts';
import type { VersionStore } from '../store/version-store.ts';
import { dismissOther, HANDOVER, supervisorOf } from './lock.ts';

const LEAST_BETWEEN_MS = 1000;
const MOST_BETWEEN_MS = 30_000;
const lastWakeMs = new Map<string, number>();
/** How often a supervisor that was started has ended with an error, one after the other. */
const numFailures = new Map<string, number>();
const later = new Map<string, NodeJS.Timeout>();

/**
 * Starts the supervisor of a store in the background where none lives. It outlives this process, and leaves when there
 * is nothing to do; of two that are started at once one leaves at once.
 *
 * @param module URL of the module that exports the jobs' parts
 *
 * It keeps the environment it is started in, credentials included: those carry inputs and outputs. Whoever gives it work
 * hands over its own (`isHandingOver`): one that has others leaves, and the one started here waits until it has.
 */
export function wakeSupervisor(
  home: string,
  module: string | null,
  { isHandingOver = false }: { isHandingOver?: boolean } = {},
): void {
  const isDismissed = isHandingOver && dismissOther(home);
  if (!isDismissed && supervisorOf(home)) return;
  const betweenMs = Math.min(MOST_BETWEEN_MS, LEAST_BETWEEN_MS * 2 ** (numFailures.get(home) ?? 0));
  // one that cannot start is not to be started by every look
  const waitMs = (lastWakeMs.get(home) ?? 0) + betweenMs - Date.now();
  if (waitMs > 0 && !isDismissed) {
    if (later.has(home)) return;
    const retry = setTimeout(() => {
      later.delete(home);
      wakeSupervisor(home, module);
    }, waitMs);
    later.set(home, retry.unref());
    return;
  }
  lastWakeMs.set(home, Date.now());
  makeFolderSync(home);
  const log = openSync(storePaths(home).supervisorLog, 'a');
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
      env: { ...process.env, [MARK]: undefined, [HANDOVER]: isDismissed ? '1' : undefined },
      detached: true,
      stdio: ['ignore', log, log],
    });
    // a supervisor that cannot be started is missed, and started, by the next who asks
    child.on('error', () => {});
    child.on('exit', (code) => numFailures.set(home, code === 0 ? 0 : (numFailures.get(home) ?? 0) + 1));
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
