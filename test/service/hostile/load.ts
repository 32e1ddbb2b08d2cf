import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Random } from '@semblance/core/random';
import { pictureForm } from '../fixtures.ts';
import type { Target } from './target.ts';

export interface LoadOptions {
  /** Pictures that the well-behaved client asks for in turn. */
  pictures: readonly Uint8Array[];
  quietMs: number;
  hostileMs: number;
  /** Processes that are killed while the load lasts, evenly over its time. */
  kills: number;
  /** Names of attacks; all, if not given. */
  attacks?: readonly string[];
}

/** What a client saw. */
export interface Seen {
  /** Milliseconds from a question to its answer, waiting and asking again included where the service was busy. */
  latenciesMs: number[];
  /** Answers other than those of the beginning. */
  wrong: string[];
  /** How often the service said that it was busy, or had lost the process that had the picture. */
  sheds: Record<string, number>;
}

export interface LoadReport {
  quiet: Seen;
  hostile: Seen;
  numKilled: number;
  /** Answers of each attack by status. */
  attackers: Record<string, Record<string, number>>;
}

/** Ten requests a second: a kiosk. */
const PAUSE_MS = 50;

/** Serves a well-behaved client alone, and then beside attackers who have a key of their own. */
export async function hostileLoad(target: Target, options: LoadOptions): Promise<LoadReport> {
  const { pictures, quietMs, hostileMs, kills, attacks = [] } = options;
  const expected: string[] = [];
  for (const picture of pictures) expected.push(await answerOf(target, picture, {}));
  const client = (ms: number): Promise<Seen> => serve(target, pictures, expected, performance.now() + ms);

  const quiet = await client(quietMs);
  const module = fileURLToPath(new URL('./attackers-main.ts', import.meta.url));
  const attackers = fork(module, [JSON.stringify({ url: target.url, key: target.keys.read }), ...attacks], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
  });
  await once(attackers, 'message');
  const killing = killAtRandom(target, hostileMs, kills);
  const hostile = await client(hostileMs);
  const numKilled = await killing;
  const ended = once(attackers, 'message');
  attackers.send('stop');
  const [counts] = (await ended) as [LoadReport['attackers']];
  return { quiet, hostile, numKilled, attackers: counts };
}

async function serve(
  target: Target,
  pictures: readonly Uint8Array[],
  expected: readonly string[],
  untilMs: number,
): Promise<Seen> {
  const seen: Seen = { latenciesMs: [], wrong: [], sheds: {} };
  for (let i = 0; performance.now() < untilMs; i++) {
    const startMs = performance.now();
    const which = i % pictures.length;
    const answer = await answerOf(target, pictures[which]!, seen.sheds);
    seen.latenciesMs.push(performance.now() - startMs);
    if (answer !== expected[which]) seen.wrong.push(answer.slice(0, 300));
    await sleep(PAUSE_MS);
  }
  return seen;
}

/** The answer to a picture, asked for again for as long as the service says that it should be. */
async function answerOf({ url, keys }: Target, picture: Uint8Array, sheds: Seen['sheds']): Promise<string> {
  for (;;) {
    const body = pictureForm(picture);
    const init = { method: 'POST', headers: { 'x-api-key': keys.other }, body };
    const reply = await fetch(`${url}/api/v1/recognition/recognize`, init);
    const text = await reply.text();
    if (reply.status !== 503) return `${reply.status} ${text}`;
    const { error } = JSON.parse(text) as { error: string };
    sheds[error] = (sheds[error] ?? 0) + 1;
    await sleep(1000 * Number(reply.headers.get('retry-after') ?? 1));
  }
}

/** Kills a process that reads pictures at random moments. */
async function killAtRandom(target: Target, ms: number, kills: number): Promise<number> {
  const random = new Random(7);
  const endMs = performance.now() + ms;
  let numKilled = 0;
  for (let i = 0; i < kills; i++) {
    const atMs = endMs - ms + (ms * (i + random.range(0.1, 0.9))) / kills;
    await sleep(Math.max(0, atMs - performance.now()));
    let decoders = await target.decoders();
    // one that was killed is still being replaced
    while (decoders.length === 0) {
      await sleep(20);
      decoders = await target.decoders();
    }
    try {
      process.kill(random.pick(decoders), 'SIGKILL');
      numKilled++;
    } catch {
      // it ended by itself in between
    }
  }
  return numKilled;
}
