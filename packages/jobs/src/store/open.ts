import { existsSync } from 'node:fs';
import type { Env } from '@semblance/core';
import { SemblanceError } from '../error.ts';
import { storePaths } from '../home.ts';
import { machineName } from '../machine-name.ts';
import { openSqliteVersionStore } from './sqlite.ts';
import type { VersionStore } from './version-store.ts';

/** The address of the store, for processes that are started from here: a password in it is in nobody's list of processes. */
export const STORE = 'SEMBLANCE_STORE';

/**
 * The store in the folder of the jobs itself.
 *
 * @throws JOB_STORE_FOREIGN where its versions are kept in a database elsewhere
 */
export function openStoreIn(home: string): VersionStore {
  const { owner, database } = storePaths(home);
  if (existsSync(owner))
    throw new SemblanceError(
      'JOB_STORE_FOREIGN',
      `the versions in ${home} are kept in a database: name it with --store or in ${STORE}`,
    );
  return openSqliteVersionStore(database);
}

/**
 * The store of a folder of jobs: a PostgreSQL database where one is named, else a file in the folder.
 *
 * @param env where `SEMBLANCE_MACHINE` may stand
 * @throws JOB_STORE_FOREIGN where the folder is not that of the database's versions, and those of opening it
 */
export async function openVersionStore(
  home: string,
  url: string | undefined,
  { env = process.env, isSupervisor = false }: { env?: Env; isSupervisor?: boolean } = {},
): Promise<VersionStore> {
  if (url === undefined || url === '') return openStoreIn(home);
  const { openPostgresVersionStore } = await import('./postgres/store.ts');
  return openPostgresVersionStore(url, { home, machine: machineName(env), isSupervisor });
}
