import { readFile } from 'node:fs/promises';
import { SemblanceError } from '../error.ts';
import { writeFileAside } from './aside.ts';

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
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new SemblanceError('DATA_CORRUPT', `${path} is not valid JSON`, { cause });
  }
}
