import { randomUUID } from 'node:crypto';
import { SemblanceError } from '../../error.ts';
import type { Work } from '../database.ts';
import { postgresMigrations, SCHEMA } from './schema.ts';

const VERSION = 'schema_version';

/**
 * Brings the tables to the newest version, makes them where there are none, and gives the store's id. Two processes may do
 * it at once: a transaction has it to itself.
 */
export function* migrate(where: string): Work<string> {
  const [found] = yield ['SELECT to_regclass(?) AS name', `${SCHEMA}.store`];
  let from = 0;
  if (found!.name !== null) {
    const [row] = yield ['SELECT value FROM store WHERE key = ?', VERSION];
    from = Number(row?.value ?? 0);
  } else {
    const [schema] = yield ['SELECT to_regnamespace(?) AS name', SCHEMA];
    // one that is there already may be used without the right to make one
    if (schema!.name === null) yield [`CREATE SCHEMA ${SCHEMA}`];
  }
  if (from > postgresMigrations.length)
    throw new SemblanceError('JOB_STORE_INVALID', `${where} was made by a newer version of semblance`);
  for (const step of postgresMigrations.slice(from)) {
    for (const statement of step.split(';')) if (statement.trim() !== '') yield [statement];
  }
  if (from === 0) yield [`INSERT INTO store (key, value) VALUES ('id', ?)`, randomUUID()];
  if (from < postgresMigrations.length)
    yield [
      'INSERT INTO store (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      ...[VERSION, String(postgresMigrations.length)],
    ];
  const [id] = yield [`SELECT value FROM store WHERE key = 'id'`];
  return String(id!.value);
}
