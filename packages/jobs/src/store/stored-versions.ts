import { SemblanceError } from '../error.ts';
import { mayFollow, type VersionState } from '../states.ts';
import { conditions, orderOf, where } from './conditions.ts';
import type { Database, Row, Value } from './database.ts';
import { addEvent, insertVersion } from './insert-version.ts';
import { keptBeside } from './kept-beside.ts';
import { changesToColumns, eventOf, versionOf } from './rows.ts';
import { storedSweeps } from './stored-sweeps.ts';
import type { VersionStore } from './version-store.ts';

/** In place of no limit. */
const ALL = Number.MAX_SAFE_INTEGER;

/**
 * The store of versions that a database holds: what every driver asks of its database.
 *
 * @param fence the machine whose supervisor uses the store: of versions that run it changes its own alone, so that one that was
 *   cut off in the middle of something does not disturb those who have taken over
 */
export function storedVersions(
  id: string,
  db: Database,
  { shared = null, fence = null }: { shared?: VersionStore['shared']; fence?: string | null } = {},
): VersionStore {
  const { read, write, dialect } = db;
  /** The condition that a version is in a state; a running one, for whoever uses the store. */
  const isIn = (state: VersionState): [condition: string, ...values: Value[]] =>
    state === 'running' && fence !== null
      ? ['state = ? AND machine = ?', state, fence]
      : ['state = ?', state];
  const first = ([row]: readonly Row[]) => (row ? versionOf(row) : null);
  return {
    id,
    shared,
    ...keptBeside(db),
    ...storedSweeps(db),
    add: (version) => write(() => insertVersion(version)),
    addAll: (versions) =>
      write(function* () {
        const added = [];
        for (const version of versions) added.push(yield* insertVersion(version));
        return added;
      }),
    get: async (id) => first(await read('SELECT * FROM versions WHERE id = ?', id)),
    find: async (job, number) =>
      first(await read('SELECT * FROM versions WHERE job = ? AND number = ?', job, number)),
    async list(filter = {}) {
      const { text, values } = conditions(filter, dialect);
      const rows = await read(
        `SELECT * FROM versions ${text} ORDER BY ${orderOf(filter)} LIMIT ? OFFSET ?`,
        ...[...values, filter.limit ?? ALL, filter.offset ?? 0],
      );
      return rows.map(versionOf);
    },
    async jobs() {
      const rows = await read(
        `SELECT name, jobs.created_ms, count(versions.id) AS num_versions
          FROM jobs LEFT JOIN versions ON job = name GROUP BY name ORDER BY name`,
      );
      return rows.map((row) => ({
        name: String(row.name),
        createdMs: Number(row.created_ms),
        numVersions: Number(row.num_versions),
      }));
    },
    async transition(id, { from, to, reason, changes = {} }) {
      if (!mayFollow(from, to)) throw new SemblanceError('INTERNAL', `no version goes from ${from} to ${to}`);
      const { assignments, values } = changesToColumns(changes);
      const [condition, ...wanted] = isIn(from);
      return write(function* () {
        const changed = yield [
          `UPDATE versions SET ${['state = ?', 'reason = ?', ...assignments].join(', ')}
            WHERE id = ? AND ${condition} RETURNING id`,
          ...[to, reason, ...values, id, ...wanted],
        ];
        if (changed.length === 0) return false;
        yield* addEvent(id, from, to, reason);
        return true;
      });
    },
    async update(id, changes, whileIn) {
      const { assignments, values } = changesToColumns(changes);
      if (assignments.length === 0) return false;
      const [condition, ...wanted] = whileIn === undefined ? ['TRUE'] : isIn(whileIn);
      return write(function* () {
        const changed = yield [
          `UPDATE versions SET ${assignments.join(', ')} WHERE id = ? AND ${condition} RETURNING id`,
          ...[...values, id, ...wanted],
        ];
        return changed.length > 0;
      });
    },
    async adopt(id, from, to) {
      return write(function* () {
        const changed = yield [
          `UPDATE versions SET machine = ? WHERE id = ? AND machine = ? AND state = 'running' RETURNING id`,
          ...[to, id, from],
        ];
        return changed.length > 0;
      });
    },
    async remove(id) {
      return write(function* () {
        const removed = yield [
          `DELETE FROM versions WHERE id = ? AND state IN ('completed', 'failed', 'stopped', 'lost') RETURNING id`,
          id,
        ];
        return removed.length > 0;
      });
    },
    async events({ after = 0, versionId, limit = ALL } = {}) {
      const parts: [string, Value][] = [['id > ?', after]];
      if (versionId !== undefined) parts.push(['version_id = ?', versionId]);
      const { text, values } = where(parts);
      const rows = await read(`SELECT * FROM events ${text} ORDER BY id LIMIT ?`, ...values, limit);
      return rows.map(eventOf);
    },
    close: () => db.close(),
  };
}
