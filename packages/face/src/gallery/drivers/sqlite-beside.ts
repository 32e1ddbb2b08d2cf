import { closeSync, openSync } from 'node:fs';
import { identityOf } from './sqlite-file.ts';

const files = new Map<string, { file: number; users: number }>();

/** A database's file, open beside SQLite. */
export interface BesideSqlite {
  file: number;
  identity: string;
  close(): void;
}

/**
 * Opens a database's file beside SQLite, which holds locks on it: closing the file in any place of this process would
 * drop them, so that it is closed when the last who uses it here ends.
 *
 * @returns null where the file at that path is another one
 * @see https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
 */
export function besideSqlite(path: string, identity: string): BesideSqlite | null {
  let opened = files.get(identity);
  if (!opened) {
    if (identityOf(path) !== identity) return null;
    opened = { file: openSync(path, 'r+'), users: 0 };
    files.set(identity, opened);
  }
  const { file } = opened;
  opened.users++;
  return {
    file,
    identity,
    close() {
      if (--opened.users > 0) return;
      files.delete(identity);
      closeSync(file);
    },
  };
}
