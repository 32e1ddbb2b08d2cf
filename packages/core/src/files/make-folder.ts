import * as fs from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface MakeFolderOptions {
  /** Of folders that are made, before the umask: 0o700 where what goes in is for its owner alone. */
  mode?: number;
}

/**
 * Makes a folder with those around it, where they are missing.
 *
 * `mkdir` with `recursive` says that a folder is missing also where the disk can only be read: this says which it is.
 */
export async function makeFolder(path: string, options: MakeFolderOptions = {}): Promise<void> {
  try {
    await fs.promises.mkdir(path, { recursive: true, ...options });
  } catch (error) {
    throw trueReason(path, error);
  }
}

/** {@link makeFolder}, before it returns. */
export function makeFolderSync(path: string, options: MakeFolderOptions = {}): void {
  try {
    fs.mkdirSync(path, { recursive: true, ...options });
  } catch (error) {
    throw trueReason(path, error);
  }
}

/** What the system says to making the first folder that is missing. */
function trueReason(path: string, error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return error;
  let missing = resolve(path);
  while (!fs.existsSync(dirname(missing))) missing = dirname(missing);
  try {
    fs.mkdirSync(missing);
    fs.rmdirSync(missing);
    return error;
  } catch (reason) {
    return reason;
  }
}
