import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Random } from '@semblance/core/random';
import { Gallery } from '../gallery/gallery.ts';
import { openGalleryStore } from '../gallery/gallery-place.ts';
import type { MakeIndex } from '../gallery/index/choose-index.ts';
import { createExactIndex } from '../gallery/index/exact-index.ts';
import {
  apply,
  type Change,
  cropOf,
  differences,
  embeddingOf,
  hasHappened,
  model,
  type People,
  type Said,
} from './kill-model.ts';

/** As an index of a large gallery is: codes in memory, kept in a file where the store has a place for it. */
const index: MakeIndex = (dimensions, vectorOf) =>
  createExactIndex(dimensions, { vectorOf, kept: 100, numThreads: 1 });

export const openKillGallery = async (place: string): Promise<Gallery> =>
  Gallery.fromStore(await openGalleryStore(place), { index });

export interface KillOptions {
  /** A gallery that is there: a folder, or a database's address. */
  place: string;
  /** Of a gallery in a folder: the file that its index is kept in, which is lost now and then. */
  indexFile?: string;
  rounds: number;
  seed: number;
  /** The database's server, which is killed and started again now and then. */
  server?: { kill(): Promise<void>; start(): Promise<void> };
  /** Ends after the round that is in progress. */
  signal?: AbortSignal;
  onRound?(done: number): void;
}

export interface KillReport {
  rounds: number;
  acknowledged: Record<Change['kind'], number>;
  /** Changes in progress when their writer was killed; those of them that were there afterwards. */
  open: number;
  openAndThere: number;
  /** Changes that failed with a code, by it. */
  failed: Record<string, number>;
  serverKills: number;
  problems: string[];
}

/** Writers at once, each with people of its own. */
const WRITERS = ['a ', 'b '];

/**
 * Round by round two processes change one gallery, each with three changes at once, until they are killed at a random moment.
 * After each: what was acknowledged is there and nothing else, each open change whole or not at all, and the index finds
 * every face by itself.
 */
export async function killRounds(options: KillOptions): Promise<KillReport> {
  const { place, rounds, seed, server, indexFile } = options;
  const random = Random.of(seed);
  const report: KillReport = {
    ...{ rounds: 0, open: 0, openAndThere: 0, failed: {}, serverKills: 0, problems: [] },
    acknowledged: { enrol: 0, rename: 0, remove: 0, removeFace: 0, reject: 0, takeBack: 0 },
  };
  const known = await fill(place);
  for (let round = 0; round < rounds && report.problems.length === 0 && !options.signal?.aborted; round++) {
    if (indexFile !== undefined && round % 5 === 4) rmSync(indexFile, { force: true });
    const writers = WRITERS.map((prefix, i) => startWriter(place, prefix, seed + 1000 * round + i));
    const untilKilled = random.int(1, 40);
    await Promise.all(writers.map(({ has }) => has(untilKilled)));
    if (server && random.below(10) === 0) {
      await server.kill();
      report.serverKills++;
      await server.start();
      await Promise.all(writers.map(({ has }) => has(untilKilled + random.int(1, 20))));
    }
    for (const { kill } of writers) await kill();
    const open: Change[] = [];
    for (const { said } of writers) open.push(...takeOver(known, said, report));
    const { people, problems } = await look(place);
    const wrong = [...problems, ...differences(known, people, open)];
    report.problems.push(...wrong.map((problem) => `round ${round}: ${problem}`));
    report.open += open.length;
    report.openAndThere += open.filter((change) => hasHappened(known, people, change)).length;
    known.clear();
    for (const [name, person] of people) known.set(name, person);
    report.rounds++;
    options.onRound?.(report.rounds);
  }
  return report;
}

/** Puts people in that nobody changes, as many as it takes for the index to be one of codes. */
async function fill(place: string): Promise<People> {
  const people: People = new Map();
  const keys = Array.from({ length: 520 }, (_, i) => `c ${i}`);
  await using gallery = await openKillGallery(place);
  const faces = keys.map((key) => ({
    subject: key,
    source: key,
    embedding: embeddingOf(key),
    crop: cropOf(key),
  }));
  await gallery.enrol(faces, model.modelId);
  for (const key of keys) people.set(key, { faces: [key], negatives: [] });
  return people;
}

/** Does what a writer was acknowledged; gives what is open. */
function takeOver(known: People, said: readonly Said[], report: KillReport): Change[] {
  const open = new Map<number, Change>();
  for (const one of said) {
    if ('begins' in one) open.set(one.n, one.begins);
    else if ('ends' in one) {
      const change = open.get(one.n)!;
      open.delete(one.n);
      apply(known, change);
      report.acknowledged[change.kind]++;
    } else report.failed[one.fails] = (report.failed[one.fails] ?? 0) + 1;
  }
  return [...open.values()];
}

/** What is in a gallery, and what is wrong with it by itself. */
async function look(place: string): Promise<{ people: People; problems: string[] }> {
  const problems: string[] = [];
  const people: People = new Map();
  const store = await openGalleryStore(place);
  const gallery = await Gallery.fromStore(store, { index });
  try {
    const keys = new Map<number, string>();
    for await (const { id, subject, source, embedding } of store.faces()) {
      const key = String(source);
      keys.set(id, key);
      const person = people.get(subject) ?? { faces: [], negatives: [] };
      people.set(subject, person);
      person.faces.push(key);
      if (!Buffer.from(embedding.buffer).equals(Buffer.from(embeddingOf(key).buffer)))
        problems.push(`face ${id} has another embedding than ${key}`);
      if (gallery.subjectOf(id) !== subject)
        problems.push(`the index has face ${id} for ${gallery.subjectOf(id)}`);
    }
    const [last] = [...keys].slice(-1);
    if (last && !Buffer.from(cropOf(last[1])).equals((await gallery.crop(last[0])) ?? Buffer.alloc(0)))
      problems.push(`face ${last[0]} has another crop than ${last[1]}`);
    for (const { id, subject, source } of await store.negatives()) {
      const person = people.get(subject);
      if (person) person.negatives.push(String(source));
      else problems.push(`negative ${id} is of ${subject}, who is not there`);
    }
    for (const { faces, negatives } of people.values()) [faces, negatives].map((list) => list.sort());
    if (gallery.faces().length !== keys.size)
      problems.push(`the index has ${gallery.faces().length} faces, and ${keys.size} are there`);
    const found = await gallery.searchMany([...keys.values()].map(embeddingOf), 1);
    [...keys].forEach(([id, key], i) => {
      const hit = found[i]!.find(({ isRefused }) => !isRefused) ?? found[i]![0];
      if (!hit || hit.faceId !== id || hit.similarity < 0.999) problems.push(`${key} is not found by itself`);
    });
  } finally {
    await gallery.close();
  }
  return { people, problems };
}

function startWriter(place: string, prefix: string, seed: number) {
  const script = new URL('./kill-writer.ts', import.meta.url).pathname;
  const child: ChildProcess = spawn(process.execPath, [script, place, prefix, String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // a writer is there for a moment only: its modules are compiled once
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'semblance-kill-writers') },
  });
  const ended = once(child, 'exit');
  const said: Said[] = [];
  let stir = Promise.withResolvers<void>();
  const lines = createInterface({ input: child.stdout! });
  lines.on('line', (line) => {
    said.push(JSON.parse(line) as Said);
    stir.resolve();
    stir = Promise.withResolvers();
  });
  const closed = once(lines, 'close');
  return {
    said,
    /** Waits until it has said so much. */
    async has(count: number): Promise<void> {
      while (said.length < count) {
        await Promise.race([stir.promise, ended]);
        if (child.exitCode !== null)
          throw new Error(`a writer of ${prefix}ended by itself with ${child.exitCode}`);
      }
    },
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      await ended;
      await closed;
    },
  };
}
