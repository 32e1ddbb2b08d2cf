import { readFile } from 'node:fs/promises';
import { SemblanceError } from '../error.ts';

/** The text of a file that a user named. @throws SemblanceError PATH_NOT_FOUND */
export function readTextFile(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new SemblanceError('PATH_NOT_FOUND', `no such file: ${file}`, { cause });
  });
}
