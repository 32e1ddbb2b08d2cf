import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { withPath } from '../system-error.ts';
import { asidePath } from './aside.ts';

// One write call takes at most 2 GiB on Linux.
const MAX_WRITE_BYTES = 1 << 30;

/**
 * Writes a file aside (see `writeAside`) before it returns.
 *
 * @param content the bytes, or a function that is given one to append bytes; what that throws passes through, and
 *   nothing is left
 * @param mode as of `open`, before the umask
 */
export function writeFileAsideSync(
  path: string,
  content: string | Uint8Array | ((append: (bytes: Uint8Array) => void) => void),
  mode?: number,
): void {
  const aside = asidePath(path);
  let file: number | undefined;
  try {
    const opened = (file = openSync(aside, 'wx', mode));
    if (typeof content === 'function') content((bytes) => appendAll(opened, bytes));
    else appendAll(opened, typeof content === 'string' ? Buffer.from(content) : content);
    fsyncSync(opened);
    closeSync(opened);
    file = undefined;
    renameSync(aside, path);
    syncFolder(dirname(path));
  } catch (error) {
    if (file !== undefined) closeSync(file);
    rmSync(aside, { force: true });
    throw withPath(error, path);
  }
}

function appendAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.byteLength; ) {
    at += writeSync(file, bytes, at, Math.min(MAX_WRITE_BYTES, bytes.byteLength - at));
  }
}

function syncFolder(path: string): void {
  if (process.platform === 'win32') return; // it opens no folders
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
