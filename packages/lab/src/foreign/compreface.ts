import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { exists } from '@semblance/core/files';
import { parse } from 'csv-parse';
import { SemblanceError } from '../error.ts';
import { chosenCollection, type ForeignFace, unitVector } from './foreign-people.ts';

/** A row by the names of its columns; null for NULL. */
type Row = Record<string, string | null>;
const TABLES = ['subject', 'embedding', 'img'] as const;
type Table = (typeof TABLES)[number];

/** Bytes of a photo, in hexadecimal digits, that are read. */
const MOST_RECORD_BYTES = 256 << 20;

/**
 * The people of a service of CompreFace, out of its database: a plain dump by `pg_dump`, or a folder with `subject.csv`,
 * `embedding.csv` and `img.csv`, which `COPY … TO … WITH CSV HEADER` wrote of those tables.
 *
 * @param collection the service's API key, where there are several
 * @see its changelog 0.1.7: subject (id, api_key, subject_name), img (id, content), embedding (id, subject_id, embedding, img_id)
 * @throws SemblanceError DATA_INVALID; USAGE_MISSING_ARGUMENT where several services have people
 */
export async function* readCompreFace(path: string, collection?: string): AsyncGenerator<ForeignFace> {
  const subjects = new Map<string, { name: string; service: string }>();
  const faces = new Map<string, Row>();
  for await (const { table, row } of rowsOf(path, ['subject', 'embedding'])) {
    const id = required(row, 'id', table);
    if (table === 'embedding') faces.set(id, row);
    else subjects.set(id, { name: required(row, 'subject_name', table), service: row.api_key ?? '' });
  }
  const services = new Map([...subjects.values()].map(({ service }) => [service, service]));
  const service = chosenCollection(services, collection);
  const byImage = new Map<string, Row[]>();
  const withoutImage: Row[] = [];
  for (const face of faces.values()) {
    if (subjects.get(face.subject_id ?? '')?.service !== service) continue;
    if (!face.img_id) withoutImage.push(face);
    else byImage.set(face.img_id, [...(byImage.get(face.img_id) ?? []), face]);
  }
  const faceOf = (face: Row, picture: Uint8Array | null): ForeignFace => ({
    subject: subjects.get(face.subject_id!)!.name,
    source: face.id!,
    picture,
    embedding: unitVector(numbersIn(face.embedding ?? ''), `embedding ${face.id}`),
  });
  for await (const { row } of rowsOf(path, ['img'])) {
    const shown = byImage.get(row.id ?? '');
    if (!shown) continue;
    byImage.delete(row.id!);
    const picture = Buffer.from((row.content ?? '').replace(/^\\x/, ''), 'hex');
    for (const face of shown) yield faceOf(face, picture);
  }
  for (const face of [...withoutImage, ...[...byImage.values()].flat()]) yield faceOf(face, null);
}

/** An array of PostgreSQL's: `{0.25,-1.5}`. */
const numbersIn = (text: string): number[] =>
  /^\{.+\}$/.test(text) ? text.slice(1, -1).split(',').map(Number) : [];

function required(row: Row, column: string, table: string): string {
  const value = row[column];
  if (value != null && value !== '') return value;
  throw new SemblanceError('DATA_INVALID', `a row of CompreFace’s table ${table} has no ${column}`);
}

async function* rowsOf(path: string, tables: readonly Table[]): AsyncGenerator<{ table: Table; row: Row }> {
  if (!(await stat(path)).isDirectory()) {
    yield* rowsOfDump(path, tables);
    return;
  }
  for (const table of tables) {
    const file = join(path, `${table}.csv`);
    if (!(await exists(file))) {
      if (table === 'img') continue;
      throw new SemblanceError('PATH_NOT_FOUND', `${path} has no ${table}.csv`);
    }
    const parser = createReadStream(file).pipe(
      parse({ columns: true, bom: true, max_record_size: MOST_RECORD_BYTES }),
    );
    for await (const row of parser as AsyncIterable<Row>) yield { table, row };
  }
}

/** The rows that a plain dump has between `COPY … FROM stdin;` and `\.`. */
async function* rowsOfDump(
  path: string,
  tables: readonly Table[],
): AsyncGenerator<{ table: Table; row: Row }> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  let reading: { table: Table; columns: string[] } | null = null;
  for await (const line of lines) {
    if (reading === null) {
      const [, name, columns] = /^COPY (?:\w+\.)?"?(\w+)"? \((.*)\) FROM stdin;$/.exec(line) ?? [];
      const table = tables.find((each) => each === name);
      if (table) reading = { table, columns: columns!.split(', ').map((each) => each.replaceAll('"', '')) };
    } else if (line === '\\.') reading = null;
    else {
      const cells = line.split('\t').map(unescaped);
      const row = Object.fromEntries(reading.columns.map((column, i) => [column, cells[i] ?? null]));
      yield { table: reading.table, row };
    }
  }
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** A cell of COPY's text form. */
const unescaped = (cell: string): string | null =>
  cell === '\\N' ? null : cell.replaceAll(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
