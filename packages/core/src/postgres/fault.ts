const codeOf = (cause: unknown): string => String((cause as { code?: unknown } | null)?.code ?? '');

/** Classes and codes of SQLSTATE that say that the server is away, goes away, comes up or takes nobody more. */
const away = /^(08...|57P0[1-5]|53(?!100)...)$/;
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

/**
 * What went wrong with a PostgreSQL: `login` it does not know the user or the password, `rights` the user may not do that,
 * `no_database`, `no_table`, `busy` others are in the way, `full` its disk, `read_only` it takes no changes, `away` it does
 * not answer, `refused` anything else that it said.
 */
export type PostgresFault =
  | 'login'
  | 'rights'
  | 'no_database'
  | 'no_table'
  | 'busy'
  | 'full'
  | 'read_only'
  | 'away'
  | 'refused';

const faults: readonly [RegExp, PostgresFault][] = [
  [/^28/, 'login'],
  [/^42501$/, 'rights'],
  [/^3D000$/, 'no_database'],
  [/^(42P01|3F000)$/, 'no_table'],
  [/^(55P03|40...)$/, 'busy'],
  [/^53100$/, 'full'],
  [/^25006$/, 'read_only'],
];

/** Tells what PostgreSQL or the way to it says; null where it comes from elsewhere. `message` is in their words. */
export function postgresFault(
  cause: unknown,
): { fault: PostgresFault; message: string; code: string } | null {
  const code = codeOf(cause);
  // of a name with several addresses the first refusal
  const first = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  const message = first instanceof Error ? first.message : String(first);
  if (/client password must be/.test(message)) return { fault: 'login', message, code };
  const [, fault] = faults.find(([codes]) => codes.test(code)) ?? [];
  if (fault) return { fault, message, code };
  if (isAway(cause)) return { fault: 'away', message, code };
  return /^[0-9A-Z]{5}$/.test(code) ? { fault: 'refused', message, code } : null;
}

/** Where a password may be given, for the sentence of whoever is refused. */
export const PASSWORD_PLACES =
  'a password is taken from PGPASSWORD, from ~/.pgpass or from the file in PGPASSFILE';
