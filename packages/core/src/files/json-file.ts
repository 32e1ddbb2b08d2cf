import { readFile } from 'node:fs/promises';
import { SemblanceError } from '../error.ts';
import { writeFileAside } from './aside.ts';
import { textOf } from './text-file.ts';

/** Puts JSON, indented by two, in a file's place in one step. @param mode as of `open`, before the umask */
export function writeJsonFile(path: string, value: unknown, mode?: number): Promise<void> {
  return writeFileAside(path, `${JSON.stringify(value, null, 2)}\n`, mode);
}

/**
 * The JSON of a file; null where there is none.
 *
 * @throws SemblanceError DATA_CORRUPT
 */
export async function readJsonFile(path: string): Promise<unknown> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return parseJsonFile(path, bytes);
}

/**
 * The JSON that a file's bytes are.
 *
 * @throws SemblanceError DATA_CORRUPT, naming the file
 */
export function parseJsonFile(path: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(bytes));
  } catch (cause) {
    throw new SemblanceError('DATA_CORRUPT', `${path} is not valid JSON`, { cause });
  }
}
