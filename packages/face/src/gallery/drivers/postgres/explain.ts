import { PASSWORD_PLACES, postgresFault } from '@semblance/core/postgres';
import { asSemblanceError, type ErrorCode, SemblanceError } from '../../../error.ts';

/** What PostgreSQL or the way to it says, as an error people can act upon. `where` is the address without its password. */
export function explain(where: string, cause: unknown): SemblanceError {
  if (cause instanceof SemblanceError) return cause;
  const found = postgresFault(cause);
  if (!found) return asSemblanceError(cause);
  const { fault, message, code } = found;
  const sentences: Record<typeof fault, [ErrorCode, string]> = {
    login: ['GALLERY_DENIED', `${where} refuses this user: ${message}; ${PASSWORD_PLACES}`],
    rights: ['GALLERY_DENIED', `${where} does not let this user do that: ${message}`],
    no_database: ['GALLERY_NOT_FOUND', `${where} has no database: ${message}; make it with createdb`],
    no_table: ['GALLERY_NOT_FOUND', `there is no gallery in ${where}`],
    busy: ['GALLERY_BUSY', `others are using the gallery ${where}: ${message}`],
    full: ['STORAGE_FULL', `the disk of the gallery ${where} is full: ${message}`],
    read_only: ['STORAGE_READ_ONLY', `the gallery ${where} takes no changes: ${message}`],
    away: ['GALLERY_UNREACHABLE', `the gallery ${where} does not answer: ${message}`],
    refused: ['GALLERY_CORRUPT', `the gallery ${where} refuses a statement: ${message} (${code})`],
  };
  const [name, sentence] = sentences[fault];
  return new SemblanceError(name, sentence, { cause });
}

/** A connection broke before it said whether a change was made. */
export const unsure = (where: string, cause: unknown): SemblanceError =>
  new SemblanceError(
    'GALLERY_UNREACHABLE',
    `the gallery ${where} went away while it wrote this down: look whether it is there before you try again`,
    { cause },
  );
