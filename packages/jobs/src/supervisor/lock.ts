import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { hashBytes, writeFileAsideSync } from '@semblance/core/files';
import { isBusy } from '@semblance/core/sqlite';
import { isAlive, ownIdentity } from '../executor/process-table.ts';
import { storePaths } from '../home.ts';
import type { ProcessIdentity } from '../model.ts';
import { isSecretName, storageEnvironment } from '../record/secrets.ts';

/** How long a new supervisor waits for the one before to leave. */
const WAIT_MS = 5000;
const SHORT_WAIT_MS = 500;
/** Tells a supervisor that it was started to take the place of one with other credentials. */
export const HANDOVER = 'SEMBLANCE_HANDOVER';

/**
 * Makes this process the one supervisor of a store: the lock is SQLite's on a file, so that the system takes it back
 * from a process that is killed.
 *
 * @returns null where another process holds it
 */
export function takeLock(home: string, waitMs: number = WAIT_MS): { release(): void } | null {
  const db = new DatabaseSync(storePaths(home).lock);
  try {
    db.exec(`PRAGMA busy_timeout = ${waitMs}; BEGIN EXCLUSIVE`);
  } catch (error) {
    db.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return { release: () => db.close() };
}

/**
 * {@link takeLock} in the place of a supervisor with other credentials: another one that waited for the same lock, and has
 * none of them, is asked to leave as well.
 */
export function takeOver(home: string): { release(): void } | null {
  const deadline = Date.now() + 4 * WAIT_MS;
  do {
    const lock = takeLock(home, SHORT_WAIT_MS);
    if (lock) return lock;
    dismissOther(home);
  } while (Date.now() < deadline);
  return null;
}

/** What is known of a supervisor. */
interface SupervisorFacts extends ProcessIdentity {
  /** A salt, and the hash of the variables by which it reaches object stores: told apart, and not to be read. */
  storage?: { salt: string; hash: string };
}

/** Says that this process supervises, for those who would otherwise start a supervisor. */
export function announce(home: string): void {
  const salt = randomUUID();
  const facts: SupervisorFacts = { ...ownIdentity(), storage: { salt, hash: hashStorage(salt) } };
  writeFileAsideSync(storePaths(home).supervisor, JSON.stringify(facts));
}

const hashStorage = (salt: string): string =>
  hashBytes(salt + JSON.stringify(storageEnvironment(process.env)));

/**
 * Asks the supervisor to leave where it reaches object stores with other variables than this process, which has some: the
 * next one is started with these. What runs goes on.
 *
 * @returns whether it was asked
 */
export function dismissOther(home: string): boolean {
  const living = supervisorOf(home);
  const isBare = !storageEnvironment(process.env).some(
    ([name]) => isSecretName(name) || /PROFILE|ENDPOINT/.test(name),
  );
  if (!living?.storage || isBare) return false;
  if (hashStorage(living.storage.salt) === living.storage.hash) return false;
  process.kill(living.pid, 'SIGTERM');
  return true;
}

export function withdraw(home: string): void {
  rmSync(storePaths(home).supervisor, { force: true });
}

/** The living supervisor; null where there is none. */
export function supervisorOf(home: string): SupervisorFacts | null {
  let text: string;
  try {
    text = readFileSync(storePaths(home).supervisor, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const identity = JSON.parse(text) as SupervisorFacts;
  return isAlive(identity) ? identity : null;
}
