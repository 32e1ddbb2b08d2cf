import { checkAddress } from '@semblance/core/postgres';
import { storedVersions } from '../stored-versions.ts';
import type { VersionStore } from '../version-store.ts';
import { bindFolder } from './bind-folder.ts';
import { Connections } from './connections.ts';
import { migrate } from './migrate.ts';
import { PostgresSeat } from './seat.ts';

/** For how long a supervisor waits for a database that comes up. */
const START_MS = 60_000;

export interface PostgresStoreOptions {
  /** Folder of the versions' files. */
  home: string;
  /** What this machine is called among those that use the store. */
  machine: string;
  /** Whether it is for the machine's supervisor, which waits longer for a database, and has versions of its own. */
  isSupervisor?: boolean;
}

/**
 * Versions in a PostgreSQL database (13 or later), in a schema of their own, which is made where it is missing. A call that
 * returned is on the server's disk. A database that goes away is waited for, and connected to again.
 *
 * @param url `postgres://USER@HOST/DATABASE`
 * @throws USAGE_INVALID_VALUE, JOB_STORE_UNREACHABLE, JOB_STORE_DENIED, JOB_STORE_BUSY, JOB_STORE_INVALID, JOB_STORE_FOREIGN
 */
export async function openPostgresVersionStore(
  url: string,
  { home, machine, isSupervisor = false }: PostgresStoreOptions,
): Promise<VersionStore> {
  const db = await Connections.open(checkAddress(url, 'a store'), isSupervisor ? START_MS : 0);
  try {
    const id = await db.write(function* () {
      const id = yield* migrate(db.where);
      yield* bindFolder(id, home, machine);
      return id;
    });
    db.isOpen();
    const shared = {
      machine,
      address: () => url,
      async takeSeat() {
        const seat = new PostgresSeat(url, db.where, machine);
        return (await db.insist(() => seat.take())) ? seat : null;
      },
    };
    return storedVersions(id, db, { shared, fence: isSupervisor ? machine : null });
  } catch (error) {
    await db.close();
    throw error;
  }
}
