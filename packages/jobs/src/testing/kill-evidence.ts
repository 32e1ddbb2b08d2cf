import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFile } from '@semblance/core/files';
import { versionPaths } from '../home.ts';
import { fullName, type Version } from '../model.ts';
import type { JobService } from '../service.ts';
import { mayFollow } from '../states.ts';
import { filledLocation } from '../steps/places.ts';
import { openLocation, stateOf } from '../storage/index.ts';
import { parseLocation } from '../storage/location.ts';
import { numProcesses } from './with-jobs.ts';

/** What the harness knows by itself. */
interface Known {
  /** Versions whose creation was acknowledged. */
  acknowledged: ReadonlySet<number>;
  /** Versions that it asked to stop. */
  stopped: ReadonlySet<number>;
}

/** Everything in which a store at rest disagrees with what was left on the disk, in /proc and at the outputs' places. */
export async function findProblems(
  jobs: JobService,
  versions: readonly Version[],
  known: Known,
): Promise<string[]> {
  const problems: string[] = [];
  const ids = new Set(versions.map(({ id }) => id));
  for (const id of known.acknowledged)
    if (!ids.has(id)) problems.push(`version ${id} was acknowledged and is gone`);
  const left = numProcesses(jobs.store.id);
  if (left > 0) problems.push(`${left} processes are left`);
  for (const version of versions) {
    const say = (text: string): void =>
      void problems.push(`${fullName(version)} (${version.state}): ${text}`);
    await checkEvents(jobs, version, say);
    checkBeginnings(jobs.home, version, say);
    checkState(jobs.home, version, known, say);
    await checkOutputs(version, say);
  }
  return problems;
}

type Say = (text: string) => void;

/** It was in the states of the table alone, one after the other, and is where the last event says. */
async function checkEvents(jobs: JobService, version: Version, say: Say): Promise<void> {
  const events = await jobs.events({ versionId: version.id });
  if (events[0]?.to !== 'creating' || events[0].from !== null) say('does not begin with creating');
  for (const [i, { from, to }] of events.entries()) {
    if (i > 0 && (from !== events[i - 1]!.to || !mayFollow(from, to))) say(`went from ${from} to ${to}`);
  }
  if (events.at(-1)?.to !== version.state) say(`its last event is ${events.at(-1)?.to}`);
  const starts = events.filter(({ to }) => to === 'running').length;
  if (starts !== version.attempt) say(`was started ${starts} times and has attempt ${version.attempt}`);
}

/** No worker of an attempt began twice. */
function checkBeginnings(home: string, version: Version, say: Say): void {
  const file = join(versionPaths(home, version).dir, 'begun');
  if (!existsSync(file)) return;
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const twice = lines.filter((line, i) => lines.indexOf(line) !== i);
  if (twice.length > 0) say(`workers began twice: ${twice.join('; ')}`);
}

/** The state is one that the files of the launchers bear out. */
function checkState(home: string, version: Version, known: Known, say: Say): void {
  const workers = workersOf(home, version);
  const codes = workers.map(({ code }) => code);
  if (version.state === 'completed') {
    const numDone = workers.filter(({ step, code }) => step === 'deliver' && code === 0).length;
    if (numDone !== 1) say(`was delivered ${numDone} times in its last attempt`);
    if (codes.some((code) => code !== 0)) say(`its last attempt ended with ${codes.join(', ')}`);
    if (version.artifacts.length === 0 && version.spec.outputs.length > 0) say('has no artifacts');
  } else if (version.state === 'failed') {
    if (!codes.some((code) => code !== null && code !== 0)) say(`no worker failed: ${version.reason}`);
  } else if (version.state === 'lost') {
    if (version.attempt > 0 && !codes.includes(null)) say(`every worker left a code: ${version.reason}`);
  } else if (version.state === 'stopped') {
    if (!known.stopped.has(version.id)) say('nobody asked for it to be stopped');
  } else say('is not at rest');
}

interface Worker {
  step: string;
  /** null where it began and left none. */
  code: number | null;
}

/** Workers of the last attempt that began. */
function workersOf(home: string, version: Version): Worker[] {
  const attempt = versionPaths(home, version).attempt(version.attempt);
  if (!existsSync(attempt)) return [];
  return readdirSync(attempt).flatMap((step) =>
    readdirSync(join(attempt, step)).flatMap((worker): Worker[] => {
      const dir = join(attempt, step, worker);
      if (!worker.startsWith('worker-')) return [];
      // a cluster took the group, and this worker never began
      if (!existsSync(join(dir, 'start')))
        return existsSync(join(attempt, step, 'submitted')) ? [{ step, code: null }] : [];
      if (readFileSync(join(dir, 'start'), 'utf8').includes('barred')) return [];
      const exit = join(dir, 'exit');
      return [{ step, code: existsSync(exit) ? Number(readFileSync(exit, 'utf8')) : null }];
    }),
  );
}

/** What is called complete is complete: of a version that completed, and at every place that has a manifest. */
async function checkOutputs(version: Version, say: Say): Promise<void> {
  for (const { location: named } of version.spec.outputs) {
    const location = filledLocation(named, version);
    const storage = await openLocation(location);
    const state = await stateOf(storage);
    await storage.close();
    if (version.state === 'completed' && state.kind !== 'complete') say(`its output is ${state.kind}`);
    if (state.kind !== 'complete') continue;
    const folder = parseLocation(location).prefix;
    const files = Object.entries(state.manifest.files);
    if (version.state === 'completed' && !state.manifest.files.done) say('its output lacks a file');
    for (const [key, { sha256 }] of files) {
      const path = join(folder, key);
      if (!existsSync(path) || (await hashFile(path)) !== sha256) say(`${key} is not what the manifest says`);
    }
  }
}
