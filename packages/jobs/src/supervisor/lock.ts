import { readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { writeFileAsideSync } from '@semblance/core/files';
import { isBusy } from '@semblance/core/sqlite';
import { isAlive, ownIdentity } from '../executor/process-table.ts';
import { storePaths } from '../home.ts';
import type { ProcessIdentity } from '../model.ts';

/** How long a new supervisor waits for the one before to leave. */
const WAIT_MS = 5000;

/**
 * Makes this process the one supervisor of a store: the lock is SQLite's on a file, so that the system takes it back
 * from a process that is killed.
 *
 * @returns null where another process holds it
 */
export function takeLock(home: string): { release(): void } | null {
  const db = new DatabaseSync(storePaths(home).lock);
  try {
    db.exec(`PRAGMA busy_timeout = ${WAIT_MS}; BEGIN EXCLUSIVE`);
  } catch (error) {
    db.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return { release: () => db.close() };
}

/** Says that this process supervises, for those who would otherwise start a supervisor. */
export function announce(home: string): void {
  writeFileAsideSync(storePaths(home).supervisor, JSON.stringify(ownIdentity()));
}

export function withdraw(home: string): void {
  rmSync(storePaths(home).supervisor, { force: true });
}

/** The living supervisor; null where there is none. */
export function supervisorOf(home: string): ProcessIdentity | null {
  let text: string;
  try {
    text = readFileSync(storePaths(home).supervisor, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const identity = JSON.parse(text) as ProcessIdentity;
  return isAlive(identity) ? identity : null;
}
