// Runs examples one after another, each in a fresh copy of a folder; says how each ended as a line of JSON.
//   node run-examples.ts FIXTURE FILE…
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';

export interface Ended {
  file: string;
  printed: string[];
  error: string | null;
  ms: number;
}

const [fixture, ...files] = process.argv.slice(2);
const LIMIT_MS = 60_000;
const work = mkdtempSync(join(tmpdir(), 'semblance-example-'));
const log = console.log;
// supervisors of jobs end soon after their last version
process.env.SEMBLANCE_JOB_IDLE_MS = '500';
for (const [i, file] of files.entries()) {
  const here = join(work, String(i));
  cpSync(fixture!, here, { recursive: true });
  process.chdir(here);
  process.env.SEMBLANCE_HOME = join(here, 'home');
  const printed: string[] = [];
  console.log = (...values: unknown[]) => void printed.push(format(...values));
  const startMs = performance.now();
  let error: string | null = null;
  try {
    const late = sleep(LIMIT_MS, null, { ref: true }).then(() => {
      throw new Error(`not done after ${LIMIT_MS / 1000} s`);
    });
    await Promise.race([import(pathToFileURL(file).href), late]);
  } catch (thrown) {
    error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  }
  const ended: Ended = { file, printed, error, ms: Math.round(performance.now() - startMs) };
  log(JSON.stringify(ended));
}
process.chdir(tmpdir());
rmSync(work, { recursive: true, force: true });
process.exit();
