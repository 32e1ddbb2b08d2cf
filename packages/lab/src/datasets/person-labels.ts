import { byCodeUnit } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { nameIn } from './name-text.ts';

/** Who is in which photo. */
export interface PersonLabels {
  /** Names of the photos that have a person, in the order of the list. */
  names: string[];
  labels: Int32Array;
  people: string[];
}

/** Whether a text is such a list: its first line ends with a tab and a label, or a space and a whole number. */
export const isPersonLabels = (text: string): boolean =>
  /^(?!#)[^\n\t]+(\t[^\n\t]+|[ ]+\d+)\r?(\n|$)/.test(text);

/**
 * Parses a `label.txt` of people: lines `photo TAB person`, or `photo person` where the person is a number; names with a
 * tab or a line break stand there as JSON strings. Numbers are sorted as numbers, names by code unit.
 *
 * @throws SemblanceError DATA_INVALID with the line's number; DATA_EMPTY.
 */
export function parsePersonLabels(text: string, source: string): PersonLabels {
  const rows = text.split(/\r?\n/).flatMap((line, i): [string, string][] => {
    if (line.trim() === '') return [];
    const match = /^([^\t]+)\t([^\t]+)$/.exec(line) ?? /^(.+?)[ ]+(\d+)$/.exec(line);
    if (match) return [[nameIn(match[1]!), nameIn(match[2]!)]];
    throw new SemblanceError(
      'DATA_INVALID',
      `${source}:${i + 1}: expected "photo TAB person" but received "${line.slice(0, 120)}"`,
    );
  });
  if (rows.length === 0) throw new SemblanceError('DATA_EMPTY', `${source} lists no photos`);
  const twice = new Set<string>();
  for (const [name] of rows) {
    if (twice.has(name)) throw new SemblanceError('DATA_INVALID', `${source}: ${name} is listed twice`);
    twice.add(name);
  }
  return byPeople(rows);
}

/** Labels of (photo, person) rows. */
export function byPeople(rows: readonly (readonly [photo: string, person: string])[]): PersonLabels {
  const people = [...new Set(rows.map(([, person]) => person))];
  const areNumbers = people.every((person) => /^\d+$/.test(person));
  people.sort(areNumbers ? (a, b) => Number(a) - Number(b) : byCodeUnit);
  const labelOf = new Map(people.map((person, i) => [person, i]));
  return {
    names: rows.map(([name]) => name),
    labels: Int32Array.from(rows, ([, person]) => labelOf.get(person)!),
    people,
  };
}
