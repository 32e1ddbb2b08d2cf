/**
 * Many versions and large logs: 500 versions of 100 parameters listed, shown and compared, and a log of 1 GB paged
 * through and searched, with the memory that takes.
 *
 *   node bench/jobs.ts [--versions 500] [--log-mb 1000] [--postgres]
 *
 * `--postgres` keeps the versions in a PostgreSQL of its own (without fsync, as the tests' is).
 *
 * Times are medians of ten: `library` in a process that is there, `command` for a whole `semblance jobs …`.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from '@semblance/core/statistics';
import { startPostgres } from '../packages/core/src/testing/postgres.ts';
import { versionPaths } from '../packages/jobs/src/home.ts';
import { JobService } from '../packages/jobs/src/service.ts';
import { STORE } from '../packages/jobs/src/store/open.ts';
import { anySpec, anyVersion } from '../packages/jobs/src/testing/any-version.ts';

const { values } = parseArgs({
  options: {
    versions: { type: 'string', default: '500' },
    'log-mb': { type: 'string', default: '1000' },
    postgres: { type: 'boolean', default: false },
  },
});
const numVersions = Number(values.versions);
const logBytes = Number(values['log-mb']) * 1e6;
const NUM_PARAMETERS = 100;
const RUNS = 10;
const program = fileURLToPath(new URL('../scripts/semblance', import.meta.url));

const dir = await mkdtemp(join(tmpdir(), 'jobs-bench-'));
const server = values.postgres ? await startPostgres() : null;
const store = server ? await server.newDatabase() : '';
const jobs = await JobService.open({ home: dir, store });
const makingMs = performance.now();
for (let i = 0; i < numVersions; i++) {
  const parameters = Object.fromEntries(
    Array.from({ length: NUM_PARAMETERS }, (_, k) => [`parameter.${k}`, String(k < 5 ? i * k : k)]),
  );
  const { id } = await jobs.store.add(anyVersion('bench', { parameters, spec: { ...anySpec, parameters } }));
  await jobs.store.transition(id, { from: 'creating', to: 'pending', reason: 'waits' });
  await jobs.store.transition(id, { from: 'pending', to: 'running', reason: 'started' });
  const metrics = Object.fromEntries(
    Array.from({ length: 10 }, (_, k) => [`metric.${k}`, { value: i / (k + 1), interval: [0, 1] as const }]),
  );
  const changes = { metrics, endedMs: Date.now(), startedMs: Date.now() };
  await jobs.store.transition(id, { from: 'running', to: 'completed', reason: 'done', changes });
}

console.log(
  `${'make and end one'.padEnd(28)} library ${((performance.now() - makingMs) / numVersions).toFixed(1).padStart(7)} ms`,
);

async function medianMs(action: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i <= RUNS; i++) {
    const start = performance.now();
    await action();
    if (i > 0) times.push(performance.now() - start); // the first warms up
  }
  return median(times);
}
const command = (...args: string[]) =>
  execFileSync(program, ['jobs', ...args, '--jobs', dir], {
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, [STORE]: store },
  });
const report = async (what: string, library: () => unknown, args: string[]): Promise<void> => {
  const [inside, whole] = [await medianMs(library), await medianMs(() => command(...args))];
  console.log(
    `${what.padEnd(28)} library ${inside.toFixed(1).padStart(7)} ms   command ${whole.toFixed(0).padStart(5)} ms`,
  );
};

console.log(`${numVersions} versions of ${NUM_PARAMETERS} parameters; node ${process.versions.node}`);
await report('list of all', () => jobs.list({ job: 'bench', newestFirst: true }), [
  'list',
  'bench',
  '--limit',
  '1000',
]);
await report('show', async () => jobs.hint(await jobs.find('bench/V0250')), ['show', 'bench/V0250']);
await report('compare of all', async () => jobs.compare(await jobs.list({ job: 'bench' })), [
  'compare',
  'bench',
]);
const whole =
  execFileSync(program, ['--version']).length > 0
    ? await medianMs(() => execFileSync(program, ['--version']))
    : 0;
console.log(
  `${'(the program alone)'.padEnd(28)} ${' '.repeat(18)}   command ${whole.toFixed(0).padStart(5)} ms`,
);

const version = await jobs.find('bench/V0001');
const paths = versionPaths(dir, version);
mkdirSync(paths.logs, { recursive: true });
const file = openSync(paths.workerLog(0), 'w');
let [written, line] = [0, 0];
while (written < logBytes) {
  let block = '';
  while (block.length < 1 << 20)
    block += `step ${++line} loss ${(1 / line).toFixed(8)} ${'.'.repeat(line % 97)}\n`;
  written += writeSync(file, block);
}
writeSync(file, 'the needle\n');
closeSync(file);

const residentMb = (): number => Math.round(process.memoryUsage.rss() / 2 ** 20);
const before = residentMb();
let peak = before;
const watch = setInterval(() => void (peak = Math.max(peak, residentMb())), 20);
const once = async (what: string, action: () => Promise<unknown>): Promise<void> => {
  const start = performance.now();
  await action();
  console.log(`${what.padEnd(28)} ${((performance.now() - start) / 1000).toFixed(3)} s`);
};
console.log(`a log of ${Math.round(written / 1e6)} MB, ${line + 1} lines`);
await once('first page, index made', () => jobs.logPage(version, { baseLine: Math.floor(line / 2) }));
await once('a page after that', () => jobs.logPage(version, { baseLine: Math.floor(line / 3) }));
await once('the last page', () => jobs.logPage(version, { order: 'desc' }));
await once('search through all of it', async () => {
  const { lines } = await jobs.searchLog(version, 'needle');
  if (lines[0]?.number !== line + 1) throw new Error('the needle was not found where it is');
});
clearInterval(watch);
console.log(`memory: ${before} MiB before, ${peak} MiB at most`);
await jobs.close();
await server?.stop();
await rm(dir, { recursive: true });
