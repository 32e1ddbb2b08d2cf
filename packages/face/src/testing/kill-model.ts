// What a gallery holds while its writers are killed: what was acknowledged, and what may or may not have happened.
import { hashBytes } from '@semblance/core/files';
import { Random } from '@semblance/core/random';

export const DIMENSIONS = 16;
export const model = { modelId: 'net-aaaaaaaaaaaa', embeddingSize: DIMENSIONS };

/** A change, as a writer announces it. Faces and negatives go by keys of their own, which are stored as their sources. */
export type Change =
  | { kind: 'enrol'; subject: string; keys: string[] }
  | { kind: 'rename'; from: string; to: string }
  | { kind: 'remove'; subject: string }
  | { kind: 'removeFace'; subject: string; key: string }
  | { kind: 'reject'; subject: string; key: string }
  | { kind: 'takeBack'; subject: string; key: string };

/** What a writer says: a change begins, it was acknowledged, or it failed and may have happened. */
export type Said = { n: number } & ({ begins: Change } | { ends: true } | { fails: string });

/** Keys of a subject's faces and negatives, sorted. */
export interface Person {
  faces: string[];
  negatives: string[];
}
export type People = Map<string, Person>;

/** The embedding that a key stands for. */
export function embeddingOf(key: string): Float32Array {
  const random = Random.of(Number.parseInt(hashBytes(Buffer.from(key)).slice(0, 8), 16));
  const values = Float32Array.from({ length: DIMENSIONS }, () => random.normal());
  const norm = Math.hypot(...values);
  return values.map((value) => value / norm);
}

export const cropOf = (key: string): Uint8Array => Buffer.from(`crop of ${key} `.repeat(40));

/** Those whom a change is about: others see nothing of it. */
export const subjectsOf = (change: Change): string[] =>
  change.kind === 'rename' ? [change.from, change.to] : [change.subject];

/** Does a change to what is known. */
export function apply(people: People, change: Change): void {
  const without = (keys: string[], key: string): string[] => keys.filter((other) => other !== key);
  if (change.kind === 'rename') {
    const person = people.get(change.from);
    if (!person || change.from === change.to) return;
    people.delete(change.from);
    const other = people.get(change.to) ?? { faces: [], negatives: [] };
    people.set(change.to, {
      faces: [...other.faces, ...person.faces].sort(),
      negatives: [...other.negatives, ...person.negatives].sort(),
    });
    return;
  }
  const { subject } = change;
  const { faces, negatives } = people.get(subject) ?? { faces: [], negatives: [] };
  const after: Person = { faces, negatives };
  if (change.kind === 'enrol') after.faces = [...faces, ...change.keys].sort();
  if (change.kind === 'remove') after.faces = [];
  if (change.kind === 'removeFace') after.faces = without(faces, change.key);
  if (change.kind === 'reject') after.negatives = [...negatives, change.key].sort();
  if (change.kind === 'takeBack') after.negatives = without(negatives, change.key);
  // who has no face is gone, with all that was said of them
  if (after.faces.length > 0) people.set(subject, after);
  else people.delete(subject);
}

const isSame = (a: People, b: People, names: Iterable<string>): boolean =>
  [...names].every((name) => JSON.stringify(a.get(name)) === JSON.stringify(b.get(name)));

/** Whether a change has happened, whole, since what is known. */
export function hasHappened(known: People, there: People, change: Change): boolean {
  const after = new Map(known);
  apply(after, change);
  const names = subjectsOf(change);
  return isSame(after, there, names) && !isSame(known, there, names);
}

/**
 * Compares what is there with what was acknowledged, where each open change has happened whole or not at all.
 *
 * @param open changes of different people
 * @returns what is wrong
 */
export function differences(known: People, there: People, open: readonly Change[]): string[] {
  const problems: string[] = [];
  const say = (what: string, names: string[]): void => {
    const states = names.map((name) => ({ name, acknowledged: known.get(name), there: there.get(name) }));
    problems.push(`${what}: ${JSON.stringify(states)}`);
  };
  const left = new Set([...known.keys(), ...there.keys()]);
  for (const change of open) {
    const names = subjectsOf(change);
    if (!isSame(known, there, names) && !hasHappened(known, there, change))
      say(`half of ${JSON.stringify(change)}`, names);
    for (const name of names) left.delete(name);
  }
  for (const name of left) if (!isSame(known, there, [name])) say('not what was acknowledged', [name]);
  return problems;
}
