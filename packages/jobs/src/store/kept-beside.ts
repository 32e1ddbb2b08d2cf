import type { StatementSync } from 'node:sqlite';
import { aliasOf, type Row, recordOf } from './rows.ts';
import type { VersionStore } from './version-store.ts';

/** A store's database, as its parts use it. */
export interface Statements {
  sql(text: string): StatementSync;
  read(text: string, ...values: (string | number)[]): Row[];
  /** Runs an action as one transaction. */
  write<T>(action: () => T): T;
}

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
export const keptBeside = ({ sql, read, write }: Statements): KeptBeside => ({
  async setAlias(versionId, name) {
    const statement = sql(
      `INSERT INTO aliases SELECT job, ?, id, ? FROM versions WHERE id = ?
        ON CONFLICT DO UPDATE SET version_id = excluded.version_id, set_ms = excluded.set_ms`,
    );
    return write(() => statement.run(name, Date.now(), versionId).changes > 0);
  },
  async aliases({ job, versionId } = {}) {
    return read(
      `SELECT * FROM aliases WHERE (? OR job = ?) AND (? OR version_id = ?) ORDER BY job, name`,
      ...[Number(job === undefined), job ?? '', Number(versionId === undefined), versionId ?? 0],
    ).map(aliasOf);
  },
  async removeAlias(job, name) {
    return write(() => sql('DELETE FROM aliases WHERE job = ? AND name = ?').run(job, name).changes > 0);
  },
  async addRecord(versionId, kind, body) {
    const statement = sql(
      'INSERT INTO records (version_id, kind, at_ms, body) SELECT id, ?, ?, ? FROM versions WHERE id = ?',
    );
    return write(() => statement.run(kind, Date.now(), JSON.stringify(body), versionId).changes > 0);
  },
  async records(versionId, kind) {
    const condition = kind === undefined ? '' : ' AND kind = ?';
    const values = kind === undefined ? [versionId] : [versionId, kind];
    return read(`SELECT * FROM records WHERE version_id = ?${condition} ORDER BY id`, ...values).map(
      recordOf,
    );
  },
  async saveTemplate(name, template) {
    write(() =>
      sql('INSERT INTO templates VALUES (?, ?) ON CONFLICT DO UPDATE SET template = excluded.template').run(
        name,
        JSON.stringify(template),
      ),
    );
  },
  async template(name) {
    const [row] = read('SELECT template FROM templates WHERE name = ?', name);
    return row ? JSON.parse(String(row.template)) : null;
  },
  async templates() {
    return read('SELECT name FROM templates ORDER BY name').map(({ name }) => String(name));
  },
  async removeTemplate(name) {
    return write(() => sql('DELETE FROM templates WHERE name = ?').run(name).changes > 0);
  },
});
