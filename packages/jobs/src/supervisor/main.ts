import { makeFolderSync } from '@semblance/core/files';
import { Executors } from '../executor/executors.ts';
import { storePaths } from '../home.ts';
import { JobParts } from '../parts.ts';
import { gpusForJobs } from '../record/gpus.ts';
import { scrub } from '../record/secrets.ts';
import { openSqliteVersionStore } from '../store/sqlite.ts';
import { settingsOf } from './context.ts';
import { HANDOVER, takeLock, takeOver } from './lock.ts';
import { supervise } from './supervise.ts';

/** The supervisor as a process of its own: `node main.ts HOME [MODULE]`, the module that exports the jobs' parts. */
const [home, module] = process.argv.slice(2) as [string, string | undefined];
// a log that cannot be written, on a full disk, ends no supervisor
process.stdout.on('error', () => {});
makeFolderSync(home);
const lock = process.env[HANDOVER] ? takeOver(home) : takeLock(home);
delete process.env[HANDOVER];
if (lock) {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  const say = (line: string): void =>
    void process.stdout.write(`${new Date().toISOString()} ${scrub(line)}\n`);
  const store = openSqliteVersionStore(storePaths(home).database);
  const gpus = await gpusForJobs();
  const parts = await JobParts.load(module);
  const executors = new Executors(parts, home);
  say(`supervisor ${process.pid} begins`);
  const context = {
    home,
    store,
    parts,
    executors,
    settings: settingsOf(process.env, gpus),
    say,
    told: new Set<string>(),
  };
  await supervise(context, stop.signal);
  await executors.close();
  await store.close();
  lock.release();
  say(`supervisor ${process.pid} leaves`);
}
