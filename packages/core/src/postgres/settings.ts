import type { ClientConfig } from 'pg';
import { SemblanceError } from '../error.ts';
import { passwordFromFile } from './password.ts';

const CONNECT_MS = 10_000;
const QUERY_MS = 30_000;

/** The client library, which is installed where a database is used. */
export async function loadPg(): Promise<typeof import('pg')> {
  try {
    return await import('pg');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    const message = 'a PostgreSQL database takes the packages pg and pgpass: npm install pg pgpass';
    throw new SemblanceError('USAGE_INVALID_VALUE', message, { cause });
  }
}

/**
 * How a connection is made: as libpq does, by the address and by PGHOST, PGUSER, PGPASSWORD, PGPASSFILE and their like.
 *
 * @param application what the server calls it among its connections
 * @param options settings of the session, as `-c name=value`
 */
export async function connectionSettings(
  url: string,
  { application, options }: { application: string; options?: string },
): Promise<ClientConfig> {
  const { Client } = await loadPg();
  const { host, port, user, database, password, ssl } = new Client({ connectionString: url });
  return {
    ...{ host, port, ssl },
    ...(user === undefined ? {} : { user }),
    ...(database === undefined ? {} : { database }),
    password: password || (() => passwordFromFile({ host, port, user, database })),
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    keepAlive: true,
    application_name: application,
    ...(options === undefined ? {} : { options }),
  };
}
