/**
 * Enrolling, recognising and erasing at once, at saturation, over HTTP: does the service refuse by its limits alone, and is its
 * memory flat?
 *
 *   node bench/saturation.ts [--minutes 30] [--connections 48] [--keep-unknown DAYS] [--detector MODEL --recognizer MODEL --photo FILE]
 *
 * A real `semblance serve` takes 32 pictures at a time and is kept busy by more connections: of ten requests seven recognise, two
 * enrol under a name of a hundred, one erases such a name. Memory is that of the service and of all its processes. The first
 * fifth warms up; then the mean of each tenth of the time is held against the first. Without models the smallest ones there are do.
 * Exit code 1 where something else was refused, or memory moved by more than 5 %.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Random } from '@semblance/core/random';
import { createFixture, photo, pictureForm } from '../test/service/fixtures.ts';
import { listening } from '../test/service/listening.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    connections: { type: 'string', default: '48' },
    'keep-unknown': { type: 'string', default: '0' },
    detector: { type: 'string' },
    recognizer: { type: 'string' },
    photo: { type: 'string' },
  },
});
const MB = 2 ** 20;
/** What a service that has enough to do may say: it is busy, or nobody of that name is there to be erased. */
const OWN = ['503 OVERLOADED', '429 RATE_LIMITED', '404 GALLERY_SUBJECT_NOT_FOUND'];
const endMs = performance.now() + Number(values.minutes) * 60_000;
const warmMs = performance.now() + Number(values.minutes) * 12_000;

const fixture = await createFixture();
const folder = await mkdtemp(join(tmpdir(), 'semblance-saturation-'));
const { detector = fixture.detector, recognizer = fixture.recognizer } = values;
const pictures = values.photo
  ? [await readFile(values.photo)]
  : await Promise.all(['ada', 'bob', 'eve'].flatMap((name) => [0, 5].map((shade) => photo([name], shade))));

const main = new URL('../packages/semblance/src/main.ts', import.meta.url).pathname;
const args = ['serve', '--detector', detector, '--recognizer', recognizer, '--state', join(folder, 'state')];
if (!values.recognizer) args.push('--gallery', await fixture.newGallery());
args.push('--jobs', join(folder, 'jobs'), '--port', '0', '--max-requests', '32', '--log', 'off');
args.push('--keep-unknown', values['keep-unknown']);
const service = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
const key = once(service.stdout, 'data').then(([text]) => String(text).trim());
const { url, said } = await listening(service.stderr);
if (!url) throw new Error(said.join('\n'));
service.stderr.resume();
const headers = { 'x-api-key': await key };

/** Answers by what was asked and how it ended. */
const counts: Record<string, Record<string, number>> = {};
const refused: Record<string, number> = {};

async function ask(random: Random): Promise<void> {
  const kind = random.int(0, 9);
  const name = encodeURIComponent(`person ${random.int(0, 99)}`);
  const api = `${url}/api/v1/recognition`;
  const body = pictureForm(pictures[random.int(0, pictures.length - 1)]!);
  const [what, path, init] =
    kind < 7
      ? (['recognize', `${api}/recognize`, { method: 'POST', headers, body }] as const)
      : kind < 9
        ? (['enrol', `${api}/faces?subject=${name}`, { method: 'POST', headers, body }] as const)
        : (['erase', `${api}/subjects/${name}`, { method: 'DELETE', headers }] as const);
  let ended: string;
  try {
    const reply = await fetch(path, init);
    const text = await reply.text();
    ended = reply.ok ? 'done' : `${reply.status} ${JSON.parse(text).error}`;
    if (reply.status === 503) await sleep(10);
  } catch (error) {
    ended = `no answer: ${(error as Error).message}`;
  }
  const of = (counts[what] ??= {});
  of[ended] = (of[ended] ?? 0) + 1;
  if (ended !== 'done' && !OWN.includes(ended)) refused[ended] = (refused[ended] ?? 0) + 1;
}

/** Resident bytes of a process and of all that it has started. */
async function residentOf(pid: number): Promise<number> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const isOurs = (id: number): boolean => id === pid || (id > 1 && isOurs(parents.get(id) ?? 0));
  let pages = 0;
  for (const id of parents.keys()) {
    if (!isOurs(id)) continue;
    const statm = await readFile(`/proc/${id}/statm`, 'utf8').catch(() => '0 0');
    pages += Number(statm.split(' ')[1]);
  }
  return pages * 4096;
}

const samples: { atMs: number; bytes: number }[] = [];
async function watch(): Promise<void> {
  while (performance.now() < endMs) {
    const bytes = await residentOf(service.pid!);
    samples.push({ atMs: performance.now(), bytes });
    await sleep(500);
  }
}
async function client(seed: number): Promise<void> {
  const random = Random.of(seed);
  while (performance.now() < endMs) await ask(random);
}
const watching = watch();
await Promise.all(Array.from({ length: Number(values.connections) }, (_, i) => client(i)));
await watching;
service.kill('SIGTERM');
const [code] = await once(service, 'exit');
await rm(folder, { recursive: true, force: true });
await fixture.remove();

const warm = samples.filter(({ atMs }) => atMs >= warmMs);
const tenths = Array.from({ length: 10 }, (_, i) => {
  const part = warm.slice(Math.floor((i * warm.length) / 10), Math.floor(((i + 1) * warm.length) / 10));
  return part.reduce((sum, { bytes }) => sum + bytes, 0) / Math.max(1, part.length);
});
const changes = tenths.map((mean) => mean / tenths[0]! - 1);
const worst = changes.reduce((most, change) => (Math.abs(change) > Math.abs(most) ? change : most), 0);
for (const [what, ended] of Object.entries(counts)) console.log(what, ended);
console.log('resident, MB, by tenths after warm-up:', tenths.map((mean) => Math.round(mean / MB)).join(' '));
console.log(
  `largest change ${(100 * worst).toFixed(1)} %; refused otherwise:`,
  refused,
  `; exit code ${code}`,
);
process.exitCode = Math.abs(worst) <= 0.05 && Object.keys(refused).length === 0 && code === 0 ? 0 : 1;
