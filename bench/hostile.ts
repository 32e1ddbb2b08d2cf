/**
 * A well-behaved client beside attackers: are its answers right, is its slowest hundredth within three times of what it was
 * alone, does the service live? And each attack by itself, on a service that does nothing else.
 *
 *   node bench/hostile.ts [--minutes 10] [--kills 100] [--quiet-seconds 60] [--attack NAME…]
 *     [--detector MODEL --recognizer MODEL --photo FILE…]
 *
 * Attackers have one key of their own and send pictures whose every box is a face, bombs, strips, 15 MB of JSON, damaged
 * pictures, bodies that never end; they leave in the middle and guess keys. Meanwhile processes that read pictures are killed.
 * Without models the smallest ones there are do.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { valueAt } from '@semblance/core/statistics';
import { defaultSettings } from '@semblance/serve';
import { photo } from '../test/service/fixtures.ts';
import { type AttackOn, attacks } from '../test/service/hostile/attacks.ts';
import { hostileLoad, type Seen } from '../test/service/hostile/load.ts';
import { startTarget, type Target } from '../test/service/hostile/target.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    kills: { type: 'string' },
    'quiet-seconds': { type: 'string', default: '60' },
    detector: { type: 'string' },
    recognizer: { type: 'string' },
    attack: { type: 'string', multiple: true },
    photo: { type: 'string', multiple: true },
  },
});
const minutes = Number(values.minutes);
const kills = Number(values.kills ?? Math.ceil(10 * minutes));
const { detector, recognizer, attack = [] } = values;

await using target = await startTarget({
  compat: 'none',
  ...(detector === undefined ? {} : { detector }),
  ...(recognizer === undefined ? {} : { recognizer }),
  settings: defaultSettings(),
  limits: { maxBodyBytes: 16 * 2 ** 20 },
});
const pictures = values.photo
  ? await Promise.all(values.photo.map((file) => readFile(file)))
  : await Promise.all([photo(['ada']), photo(['ada', 'bob'], 3), photo(['eve'], 5)]);

let isHeld = true;
/** Says whether a line holds. */
function line(what: string, holds: boolean): void {
  console.log(`${holds ? 'holds ' : 'FAILS '} ${what}`);
  isHeld &&= holds;
}
const quantile = (values: readonly number[], p: number): number =>
  valueAt(
    values.toSorted((a, b) => a - b),
    p,
  );
const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

/** Each attack by itself, several times; the first one warms up. */
async function alone(on: Target, name: string, times: number): Promise<{ ms: number[]; statuses: number[] }> {
  const { attack } = (await attacks())[name]!;
  const from: AttackOn = { url: on.url, key: on.keys.read };
  const [ms, statuses]: [number[], number[]] = [[], []];
  for (let i = 0; i < times; i++) {
    const startMs = performance.now();
    statuses.push(await attack(from, i).catch(() => 0));
    ms.push(performance.now() - startMs);
  }
  return { ms: ms.slice(1), statuses };
}

const everyBox = await alone(target, 'every box a face', 4);
line(
  `det_prob_threshold=0 ends in at most 2 s: ${quantile(everyBox.ms, 1).toFixed(0)} ms, status ${everyBox.statuses.at(-1)}`,
  quantile(everyBox.ms, 1) <= 2000,
);
const strips = await alone(target, 'a strip of 49 million pixels', 21);
line(
  `a picture of 1 × 49,000,000 is refused in at most 50 ms: median ${quantile(strips.ms, 0.5).toFixed(1)} ms, most ${quantile(strips.ms, 1).toFixed(1)} ms`,
  quantile(strips.ms, 0.5) <= 50 && strips.statuses.every((status) => status === 413),
);
const before = await target.memory();
await target.lateness();
await sleep(3000);
// what other work on the machine costs
const idleLateness = await target.lateness();
const infers = await alone(target, '15 MB of JSON', 21);
const lateness = await target.lateness();
const after = await target.memory();
line(
  `15 MB of JSON are refused (${[...new Set(infers.statuses)].join(', ')}; 0 is a connection cut off), the loop late by at most 50 ms: ${lateness.toFixed(1)} ms (${idleLateness.toFixed(1)} ms while idle)`,
  lateness <= 50 && infers.statuses.every((status) => status === 413 || status === 0),
);
line(
  `and the memory is back within 100 MB: ${mib(before.rss)} before, ${mib(after.rss)} after`,
  after.rss - before.rss <= 100e6,
);

const report = await hostileLoad(target, {
  ...{
    pictures,
    kills,
    attacks: attack,
    quietMs: 1000 * Number(values['quiet-seconds']),
    hostileMs: 60_000 * minutes,
  },
});
const end = await target.memory();
const said = ({ latenciesMs, sheds }: Seen): string =>
  `${latenciesMs.length} answers, median ${quantile(latenciesMs, 0.5).toFixed(1)} ms, p90 ${quantile(latenciesMs, 0.9).toFixed(1)} ms, p99 ${quantile(latenciesMs, 0.99).toFixed(1)} ms, ` +
  `most ${quantile(latenciesMs, 1).toFixed(0)} ms, asked again after ${JSON.stringify(sheds)}`;
console.log(`quiet:   ${said(report.quiet)}\nhostile: ${said(report.hostile)}`);
for (const [name, counts] of Object.entries(report.attackers))
  console.log(`  ${name}: ${JSON.stringify(counts)}`);
const wrong = [...report.quiet.wrong, ...report.hostile.wrong];
line(
  `all answers are right${wrong.length > 0 ? `, but ${wrong.length}: ${wrong[0]}` : ''}`,
  wrong.length === 0,
);
const ratio = quantile(report.hostile.latenciesMs, 0.99) / quantile(report.quiet.latenciesMs, 0.99);
line(`p99 is at most three times the quiet one: ${ratio.toFixed(2)}`, ratio <= 3);
const statuses = new Set(Object.values(report.attackers).flatMap((counts) => Object.keys(counts)));
const faults = [...statuses].filter((status) => /^5/.test(status) && status !== '503');
line(`attackers were never answered with 5xx but 503: ${faults.join(', ') || 'never'}`, faults.length === 0);
line(
  `${report.numKilled} processes that read pictures were killed, and the service lives`,
  target.isAlive && report.numKilled >= kills,
);
console.log(
  `memory: ${mib(before.rss)} at the start, ${mib(end.rss)} at the end; ${end.lines.length} lines logged ${end.lines.slice(0, 5).join(' | ')}`,
);
process.exitCode = isHeld ? 0 : 1;
