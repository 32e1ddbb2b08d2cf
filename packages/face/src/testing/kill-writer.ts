// A process that changes a gallery until it is killed: `node kill-writer.ts PLACE PREFIX SEED`. It says what it begins before
// it does, and what was acknowledged after; the people whose names begin with PREFIX are its own.
import { writeSync } from 'node:fs';
import { Random } from '@semblance/core/random';
import { isSemblanceError } from '../error.ts';
import { type Change, cropOf, embeddingOf, model, type Said, subjectsOf } from './kill-model.ts';
import { openKillGallery } from './kill-rounds.ts';

/** Changes in progress at a time. */
const LANES = 3;
/** With more faces than this of its own, it removes more than it adds. */
const MANY = 100;

const [place, prefix, seed] = process.argv.slice(2) as [string, string, string];
const random = Random.of(Number(seed));
const gallery = await openKillGallery(place);
const say = (said: Said): void => void writeSync(1, `${JSON.stringify(said)}\n`);

/** Names of its own people who are there and in no change. */
const free = new Set(gallery.faces().flatMap(({ subject }) => (subject.startsWith(prefix) ? [subject] : [])));
/** What this process added to a person: faces and negatives by their keys. */
const added = new Map<string, { key: string; id: number; isNegative: boolean }[]>();
let numChanges = 0;
let numNames = 0;

const newName = (): string => `${prefix}${seed}-${numNames++}`;
const pick = <T>(list: readonly T[]): T | undefined => list[random.below(list.length)];
const numOwn = (): number => gallery.faces().filter(({ subject }) => subject.startsWith(prefix)).length;

function choose(): Change {
  const keys = (count: number) =>
    Array.from({ length: count }, (_, i) => `${prefix}${seed}k${numChanges}.${i}`);
  const subject = pick([...free]);
  const kind = random.below(10);
  if (subject === undefined || (kind < 3 && numOwn() < MANY))
    return { kind: 'enrol', subject: newName(), keys: keys(random.int(1, 4)) };
  if (kind === 3) return { kind: 'enrol', subject, keys: keys(1) };
  if (kind === 4) return { kind: 'rename', from: subject, to: newName() };
  const other = pick([...free].filter((name) => name !== subject));
  if (kind === 5 && other !== undefined) return { kind: 'rename', from: subject, to: other };
  if (kind === 6) return { kind: 'reject', subject, key: keys(1)[0]! };
  const mine = pick(added.get(subject) ?? []);
  if (mine && kind < 9) return { kind: mine.isNegative ? 'takeBack' : 'removeFace', subject, key: mine.key };
  return { kind: 'remove', subject };
}

async function change(change: Change): Promise<void> {
  const of = (subject: string) => added.get(subject) ?? [];
  const idOf = (subject: string, key: string) => of(subject).find((one) => one.key === key)!.id;
  const faceOf = (subject: string, key: string) => ({
    ...{ subject, source: key, embedding: embeddingOf(key), crop: cropOf(key) },
  });
  const add = (subject: string, keys: string[], ids: number[], isNegative: boolean): void =>
    void added.set(subject, [...of(subject), ...keys.map((key, i) => ({ key, id: ids[i]!, isNegative }))]);
  switch (change.kind) {
    case 'enrol': {
      const faces = change.keys.map((key) => faceOf(change.subject, key));
      return add(change.subject, change.keys, await gallery.enrol(faces, model.modelId), false);
    }
    case 'rename':
      await gallery.rename(change.from, change.to);
      added.set(change.to, [...of(change.to), ...of(change.from)]);
      return void added.delete(change.from);
    case 'remove':
      await gallery.remove(change.subject);
      return void added.delete(change.subject);
    case 'reject': {
      const id = await gallery.negatives.add(faceOf(change.subject, change.key), model.modelId);
      return add(change.subject, [change.key], [id], true);
    }
    case 'removeFace':
      await gallery.removeFaces([idOf(change.subject, change.key)]);
      break;
    case 'takeBack':
      await gallery.negatives.remove(idOf(change.subject, change.key));
  }
  added.set(
    change.subject,
    of(change.subject).filter(({ key }) => key !== change.key),
  );
}

async function lane(): Promise<never> {
  while (true) {
    const chosen = choose();
    const n = numChanges++;
    for (const name of subjectsOf(chosen)) free.delete(name);
    say({ n, begins: chosen });
    try {
      await change(chosen);
      say({ n, ends: true });
    } catch (error) {
      if (!isSemblanceError(error)) throw error;
      // whether it happened is not known: nothing more is done with these people
      say({ n, fails: error.code });
      continue;
    }
    for (const name of subjectsOf(chosen)) {
      if (gallery.has(name)) free.add(name);
      else added.delete(name);
    }
  }
}

await Promise.all(Array.from({ length: LANES }, lane));
