import { PASSWORD_PLACES, postgresFault } from '@semblance/core/postgres';
import { asSemblanceError, SemblanceError } from '../../error.ts';

/** What PostgreSQL or the way to it says, as an error people can act upon. `where` is the address without its password. */
export function explain(where: string, cause: unknown): SemblanceError {
  if (cause instanceof SemblanceError) return cause;
  const found = postgresFault(cause);
  if (!found) return asSemblanceError(cause);
  const { fault, message, code } = found;
  const error = (name: 'BUSY' | 'DENIED' | 'INVALID' | 'UNREACHABLE', text: string) =>
    new SemblanceError(`JOB_STORE_${name}`, `the job store ${where} ${text}`, { cause });
  switch (fault) {
    case 'login':
      return error('DENIED', `refuses this user: ${message}; ${PASSWORD_PLACES}`);
    case 'rights':
      return error('DENIED', `does not let this user do that: ${message}`);
    case 'no_database':
      return error('INVALID', `has no database: ${message}; make it with createdb`);
    case 'busy':
      return new SemblanceError(
        'JOB_STORE_BUSY',
        `another process is using the job store ${where}: ${message}`,
        { cause },
      );
    case 'full':
      return new SemblanceError('STORAGE_FULL', `the disk of the job store ${where} is full: ${message}`, {
        cause,
      });
    case 'away':
      return error('UNREACHABLE', `does not answer: ${message}`);
    default:
      return error('INVALID', `refuses a statement: ${message} (${code})`);
  }
}
