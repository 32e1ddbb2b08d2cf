import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { TorchError } from '../error.ts';

// One write call takes at most 2 GiB on Linux.
const MAX_WRITE_BYTES = 1 << 30;

/**
 * Writes a file so that its name shows either the old content or the whole new one, also after a power cut:
 * a temporary file beside it, fsync, rename, fsync of the folder.
 *
 * @param write called with a function that appends bytes
 * @throws TorchError FILE_UNWRITABLE with the cause; whatever `write` throws passes through unchanged
 */
export function writeFileAtomically(
  path: string,
  write: (append: (bytes: Uint8Array) => void) => void,
): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  let descriptor: number | undefined;
  try {
    descriptor = guard(path, () => openSync(temporary, 'wx', 0o644));
    const open = descriptor;
    write((bytes) => guard(path, () => appendAll(open, bytes)));
    guard(path, () => fsyncSync(open));
    closeSync(open);
    descriptor = undefined;
    guard(path, () => renameSync(temporary, path));
    syncFolder(dirname(path));
  } catch (error) {
    if (descriptor !== undefined) closeSync(descriptor);
    rmSync(temporary, { force: true });
    throw error;
  }
}

function appendAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.byteLength; ) {
    at += writeSync(descriptor, bytes, at, Math.min(MAX_WRITE_BYTES, bytes.byteLength - at));
  }
}

function syncFolder(folder: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(folder, 'r');
  } catch {
    return; // Windows opens no folders; the rename is as durable as the system makes it.
  }
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function guard<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw new TorchError('FILE_UNWRITABLE', `cannot write ${path}: ${(cause as Error).message}`, { cause });
  }
}
