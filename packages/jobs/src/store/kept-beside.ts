import { where } from './conditions.ts';
import type { Database, Statement, Value } from './database.ts';
import { aliasOf, recordOf } from './rows.ts';
import type { VersionStore } from './version-store.ts';

type KeptBeside = Pick<
  VersionStore,
  | 'setAlias'
  | 'aliases'
  | 'removeAlias'
  | 'addRecord'
  | 'records'
  | 'saveTemplate'
  | 'template'
  | 'templates'
  | 'removeTemplate'
>;

/** What a store keeps beside its versions: aliases, records of what was done with them, templates. */
export function keptBeside({ read, write }: Pick<Database, 'read' | 'write'>): KeptBeside {
  /** Whether a statement that returns what it changed has changed anything. */
  const hasChanged = (...statement: Statement): Promise<boolean> =>
    write(function* () {
      return (yield statement).length > 0;
    });

  return {
    async setAlias(versionId, name) {
      return hasChanged(
        `INSERT INTO aliases (job, name, version_id, set_ms)
          SELECT job, CAST(? AS TEXT), id, CAST(? AS BIGINT) FROM versions WHERE id = ?
          ON CONFLICT (job, name) DO UPDATE SET version_id = excluded.version_id, set_ms = excluded.set_ms
          RETURNING name`,
        ...[name, Date.now(), versionId],
      );
    },
    async aliases({ job, versionId } = {}) {
      const parts: [string, Value][] = [];
      if (job !== undefined) parts.push(['job = ?', job]);
      if (versionId !== undefined) parts.push(['version_id = ?', versionId]);
      const { text, values } = where(parts);
      return (await read(`SELECT * FROM aliases ${text} ORDER BY job, name`, ...values)).map(aliasOf);
    },
    async removeAlias(job, name) {
      return hasChanged('DELETE FROM aliases WHERE job = ? AND name = ? RETURNING name', job, name);
    },
    async addRecord(versionId, kind, body) {
      return hasChanged(
        `INSERT INTO records (version_id, kind, at_ms, body)
          SELECT id, CAST(? AS TEXT), CAST(? AS BIGINT), CAST(? AS TEXT) FROM versions WHERE id = ? RETURNING id`,
        ...[kind, Date.now(), JSON.stringify(body), versionId],
      );
    },
    async records(versionId, kind) {
      const parts: [string, Value][] = [['version_id = ?', versionId]];
      if (kind !== undefined) parts.push(['kind = ?', kind]);
      const { text, values } = where(parts);
      return (await read(`SELECT * FROM records ${text} ORDER BY id`, ...values)).map(recordOf);
    },
    async saveTemplate(name, template) {
      await hasChanged(
        `INSERT INTO templates (name, template) VALUES (?, ?)
          ON CONFLICT (name) DO UPDATE SET template = excluded.template RETURNING name`,
        ...[name, JSON.stringify(template)],
      );
    },
    async template(name) {
      const [row] = await read('SELECT template FROM templates WHERE name = ?', name);
      return row ? JSON.parse(String(row.template)) : null;
    },
    async templates() {
      return (await read('SELECT name FROM templates ORDER BY name')).map(({ name }) => String(name));
    },
    async removeTemplate(name) {
      return hasChanged('DELETE FROM templates WHERE name = ? RETURNING name', name);
    },
  };
}
