/**
 * Kills the processes that change a gallery, by `kill -9` at random moments, and then looks for a change that was
 * acknowledged and is lost, one that is there by half, and a face that the index does not find.
 *
 *   node bench/gallery-kill.ts --rounds 1000 --driver sqlite|postgres [--seed 1]
 *
 * With `postgres` the gallery is in a PostgreSQL of its own, whose processes are killed as well, now and then.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hasPostgres, needsPostgres, startPostgres } from '../packages/core/src/testing/postgres.ts';
import { Gallery } from '../packages/face/src/gallery/gallery.ts';
import { model } from '../packages/face/src/testing/kill-model.ts';
import { killRounds } from '../packages/face/src/testing/kill-rounds.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1000' },
    driver: { type: 'string', default: 'sqlite' },
    seed: { type: 'string', default: '1' },
  },
});
const isPostgres = values.driver === 'postgres';
if (!isPostgres && values.driver !== 'sqlite') throw new Error(`no driver ${values.driver}`);
if (isPostgres && !hasPostgres) throw new Error(needsPostgres);
const server = isPostgres ? await startPostgres() : null;
const dir = await mkdtemp(join(tmpdir(), 'gallery-kill-'));
const place = server ? await server.newDatabase() : join(dir, 'gallery');
await (await Gallery.create(place, model)).close();
const stopped = new AbortController();
process.once('SIGINT', () => stopped.abort()); // reports what was done
const startMs = performance.now();
const report = await killRounds({
  ...{ place, rounds: Number(values.rounds), seed: Number(values.seed) },
  ...(server ? { server } : { indexFile: join(place, 'gallery.db.index') }),
  signal: stopped.signal,
  onRound: (done) => done % 50 === 0 && console.error(`${done} rounds`),
});
const seconds = Math.round((performance.now() - startMs) / 1000);
console.log(JSON.stringify({ driver: values.driver, seed: values.seed, ...report, seconds }, null, 2));
await server?.stop();
if (report.problems.length > 0) {
  if (!server) console.error(`left to be looked at: ${dir}`);
  process.exitCode = 1;
} else await rm(dir, { recursive: true });
