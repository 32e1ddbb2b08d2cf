import { asSemblanceError, SemblanceError } from '../../error.ts';

const codeOf = (cause: unknown): string => String((cause as { code?: unknown } | null)?.code ?? '');

/** Classes and codes of SQLSTATE that say that the server is away, goes away, comes up or takes nobody more. */
const away = /^(08...|57P0[1-5]|53...)$/;
const cut = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOST|ENET)/;
/** What node-postgres says of a connection, without a code. */
const said =
  /^(Connection terminated|Client has encountered|timeout expired|timeout exceeded|Query read timeout)/;

/** Whether the connection is to blame, so that the same may go well over another one. */
export function isAway(cause: unknown): boolean {
  const code = codeOf(cause);
  // a server's socket that is not there yet
  const isNoSocket = code === 'ENOENT' && (cause as NodeJS.ErrnoException).syscall === 'connect';
  return (
    isNoSocket || away.test(code) || cut.test(code) || (cause instanceof Error && said.test(cause.message))
  );
}

/** What PostgreSQL or the way to it says, as an error people can act upon. `where` is the address without its password. */
export function explain(where: string, cause: unknown): SemblanceError {
  if (cause instanceof SemblanceError) return cause;
  const code = codeOf(cause);
  // of a name with several addresses the first refusal
  const first = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  const message = first instanceof Error ? first.message : String(first);
  const error = (name: 'BUSY' | 'DENIED' | 'INVALID' | 'UNREACHABLE', text: string) =>
    new SemblanceError(`JOB_STORE_${name}`, text, { cause });
  if (/^28/.test(code) || /client password must be/.test(message))
    return error(
      'DENIED',
      `the job store ${where} refuses this user: ${message}; a password is taken from PGPASSWORD, from ~/.pgpass or from the file in PGPASSFILE`,
    );
  if (code === '42501')
    return error('DENIED', `the job store ${where} does not let this user do that: ${message}`);
  if (code === '3D000')
    return error('INVALID', `the job store ${where} has no database: ${message}; make it with createdb`);
  if (/^(55P03|40...)$/.test(code))
    return error('BUSY', `another process is using the job store ${where}: ${message}`);
  if (isAway(cause)) return error('UNREACHABLE', `the job store ${where} does not answer: ${message}`);
  if (!/^[0-9A-Z]{5}$/.test(code)) return asSemblanceError(cause);
  return error('INVALID', `the job store ${where} refuses a statement: ${message} (${code})`);
}
