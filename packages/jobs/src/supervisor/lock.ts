import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashBytes, writeFileAsideSync } from '@semblance/core/files';
import { isBusy } from '@semblance/core/sqlite';
import { isAlive, ownIdentity } from '../executor/process-table.ts';
import { storePaths } from '../home.ts';
import type { JobStore } from '../make-version.ts';
import type { ProcessIdentity } from '../model.ts';
import { isSecretName, storageEnvironment } from '../record/secrets.ts';
import type { Seat, SharedStore } from '../store/version-store.ts';

/** How long a new supervisor waits for the one before to leave. */
const WAIT_MS = 5000;
const SHORT_WAIT_MS = 500;
/** Tells a supervisor that it was started to take the place of one with other credentials. */
export const HANDOVER = 'SEMBLANCE_HANDOVER';

/** What makes a process the supervisor. */
export interface Post {
  /** In a store that several machines use. */
  seat: Seat | null;
  release(): void | Promise<void>;
}

/**
 * Makes this process the one supervisor of a store, or of this machine where several use it.
 *
 * @param isOver whether it takes the place of one with other credentials: another one that waited for the same place, and
 *   has none of them, is asked to leave as well
 * @returns null where another process is the supervisor
 */
export async function takePost(
  { home, store }: Pick<JobStore, 'home' | 'store'>,
  { isOver }: { isOver: boolean },
): Promise<Post | null> {
  const { shared } = store;
  const take = shared
    ? (waitMs: number) => takeSeat(shared, waitMs)
    : (waitMs: number) => takeLock(home, waitMs);
  if (!isOver) return take(WAIT_MS);
  const deadline = Date.now() + 4 * WAIT_MS;
  do {
    const post = await take(SHORT_WAIT_MS);
    if (post) return post;
    dismissOther(home, shared?.machine ?? null);
  } while (Date.now() < deadline);
  return null;
}

/** A lock of SQLite's on a file: the system takes it back from a process that is killed. */
function takeLock(home: string, waitMs: number): Post | null {
  const db = new DatabaseSync(storePaths(home).lock);
  try {
    db.exec(`PRAGMA busy_timeout = ${waitMs}; BEGIN EXCLUSIVE`);
  } catch (error) {
    db.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return { seat: null, release: () => db.close() };
}

async function takeSeat(shared: SharedStore, waitMs: number): Promise<Post | null> {
  for (const untilMs = Date.now() + waitMs; ; await sleep(250)) {
    const seat = await shared.takeSeat();
    if (seat) return { seat, release: () => seat.release() };
    if (Date.now() >= untilMs) return null;
  }
}

/** What is known of a supervisor. */
interface SupervisorFacts extends ProcessIdentity {
  /** A salt, and the hash of the variables by which it reaches object stores: told apart, and not to be read. */
  storage?: { salt: string; hash: string };
}

/** Says that this process supervises, for those who would otherwise start a supervisor. */
export function announce(home: string, machine: string | null = null): void {
  const salt = randomUUID();
  const facts: SupervisorFacts = { ...ownIdentity(), storage: { salt, hash: hashStorage(salt) } };
  writeFileAsideSync(storePaths(home, machine).supervisor, JSON.stringify(facts));
}

const hashStorage = (salt: string): string =>
  hashBytes(salt + JSON.stringify(storageEnvironment(process.env)));

/**
 * Asks the supervisor to leave where it reaches object stores with other variables than this process, which has some: the
 * next one is started with these. What runs goes on.
 *
 * @returns whether it was asked
 */
export function dismissOther(home: string, machine: string | null = null): boolean {
  const living = supervisorOf(home, machine);
  const isBare = !storageEnvironment(process.env).some(
    ([name]) => isSecretName(name) || /PROFILE|ENDPOINT/.test(name),
  );
  if (!living?.storage || isBare) return false;
  if (hashStorage(living.storage.salt) === living.storage.hash) return false;
  process.kill(living.pid, 'SIGTERM');
  return true;
}

export function withdraw(home: string, machine: string | null = null): void {
  rmSync(storePaths(home, machine).supervisor, { force: true });
}

/** The living supervisor of this machine; null where there is none. */
export function supervisorOf(home: string, machine: string | null = null): SupervisorFacts | null {
  let text: string;
  try {
    text = readFileSync(storePaths(home, machine).supervisor, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const identity = JSON.parse(text) as SupervisorFacts;
  return isAlive(identity) ? identity : null;
}
