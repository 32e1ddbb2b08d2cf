import { createReadStream, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SemblanceError } from './error.ts';
import { versionPaths } from './home.ts';
import { failureHint, type Hint } from './logs/hints.ts';
import type { JobStore } from './make-version.ts';
import { fullName, type Version } from './model.ts';
import { type Curve, readCurves, readTail } from './record/metrics.ts';
import type { SystemSample } from './supervisor/sample.ts';

const LOG_END_BYTES = 64 << 10;

/** The numbers of the workers that have a log. */
export async function workersWithLogs(home: string, version: Version): Promise<number[]> {
  const { logs } = versionPaths(home, version);
  if (!existsSync(logs)) return [];
  const numbers = (await readdir(logs)).flatMap((name) => /^worker-(\d+)\.log$/.exec(name)?.[1] ?? []);
  return numbers.map(Number).sort((a, b) => a - b);
}

/** The log of a worker, from 0. @throws LOG_NOT_FOUND */
export function logFileOf(home: string, version: Version, worker: number): string {
  const { workers } = version.spec.resources;
  if (Number.isSafeInteger(worker) && worker >= 0 && worker < workers)
    return versionPaths(home, version).workerLog(worker);
  const message = `${fullName(version)} has ${workers} workers, counted from 0`;
  throw new SemblanceError('LOG_NOT_FOUND', message);
}

/** Figures over the steps of the run so far, by name. */
export function curvesOf(
  { home, parts }: Pick<JobStore, 'home' | 'parts'>,
  version: Version,
): Promise<Record<string, Curve>> {
  const { metricsLog } = parts.kind(version.spec.task);
  if (metricsLog === null) return Promise.resolve({});
  return readCurves(join(versionPaths(home, version).outputs, metricsLog));
}

/** What the version used over time; of a long run every n-th sample, so that there are not more than about `most`. */
export async function systemOf(home: string, version: Version, most = 2000): Promise<SystemSample[]> {
  const { system } = versionPaths(home, version);
  if (!existsSync(system)) return [];
  const samples: SystemSample[] = [];
  for await (const line of createInterface({ input: createReadStream(system) })) {
    // half a line is left by a supervisor that was killed
    if (line.endsWith('}')) samples.push(JSON.parse(line) as SystemSample);
  }
  const every = Math.ceil(samples.length / most);
  return every > 1 ? samples.filter((_, i) => i % every === 0) : samples;
}

/** The likeliest cause of a failure and what to do about it. */
export async function hintOf(home: string, version: Version): Promise<Hint | null> {
  const workers = await workersWithLogs(home, version);
  const { workerLog } = versionPaths(home, version);
  const ends = await Promise.all(workers.map((worker) => readTail(workerLog(worker), LOG_END_BYTES)));
  return failureHint(version, ends);
}
