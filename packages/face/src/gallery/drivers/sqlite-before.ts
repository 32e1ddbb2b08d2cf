import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { asidePath } from '@semblance/core/files';

// A gallery that an earlier version made is copied before its tables are brought up, to `gallery.db.before-N` beside it.
// The copy knows everybody who was known then: it goes with the first who is erased, since an erase that left it would
// be none.

/** Keeps a database as it is now, before its tables of that version are brought up. */
export function keepBefore(db: DatabaseSync, path: string, version: number): void {
  const kept = `${realpathSync(path)}.before-${version}`;
  if (existsSync(kept)) return;
  const aside = asidePath(kept);
  const file = openSync(aside, 'wx', 0o600);
  try {
    db.prepare('VACUUM INTO ?').run(aside);
    fsyncSync(file);
    renameSync(aside, kept);
  } finally {
    closeSync(file);
    rmSync(aside, { force: true });
  }
}

/** Removes what {@link keepBefore} kept of a database. */
export function dropBefore(path: string): void {
  if (!existsSync(path)) return;
  const own = realpathSync(path);
  const start = `${basename(own)}.before-`;
  for (const name of readdirSync(dirname(own))) if (name.startsWith(start)) rmSync(join(dirname(own), name));
}
