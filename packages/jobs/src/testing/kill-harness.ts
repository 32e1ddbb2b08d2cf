import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeCommand } from '@semblance/core';
import { mulberry32 } from '@semblance/core/random';
import { isSemblanceError } from '../error.ts';
import type { ExecutorChoice } from '../executor/kind.ts';
import { MARK } from '../executor/local.ts';
import { processesMarked } from '../executor/process-table.ts';
import { isSettled, type Version } from '../model.ts';
import { JobService } from '../service.ts';
import { STORE } from '../store/open.ts';
import { supervisorOf } from '../supervisor/lock.ts';
import { findProblems } from './kill-evidence.ts';
import { type KillTask, killTasks, optionsOf } from './kill-tasks.ts';

export interface KillReport {
  numKills: number;
  /** What was killed, and in which state and step its version was. */
  kills: Record<string, number>;
  numVersions: number;
  /** How versions ended. */
  ends: Record<string, number>;
  /** What must not be: empty. */
  problems: string[];
}

export interface KillOptions {
  dir: string;
  numKills: number;
  seed: number;
  /** What runs the workers, and what may be killed besides what is killed under every executor. */
  under?: KillsUnder;
  /** The database that keeps the versions, in place of a file, and what kills and starts it. */
  database?: { url: string; kill(): Promise<void>; start(): Promise<void> };
  onKill?(done: number): void;
}

export interface KillsUnder {
  executor: ExecutorChoice;
  victims: readonly Victim[];
  /** What must not be once all has come to rest. */
  problems(): Promise<string[]>;
}

/** Something that is killed, `kill -9`, while a version is at a stage. */
export interface Victim {
  name: string;
  /** Kills it, and says how many processes that were. */
  kill(version: Version, random: () => number): Promise<number>;
}

/** Versions that are kept waiting and running. */
const NUM_ACTIVE = 6;
const DRAIN_MS = 180_000;
/** How long a version at a stage is waited for, and stays there at random before the kill. */
const STAGE_MS = 4000;
const STAY_MS = 100;
/** How long a database that was killed stays away, at most. */
const AWAY_MS = 1000;
/** About what it takes to make a version in a process of its own. */
const CREATION_MS = 900;

/**
 * Makes versions and kills whatever works on them, `kill -9`, at random moments: the supervisor, a process of a version
 * (its launcher, its command, a child, our own steps), all of a version, whoever is making one. Stops and resumes some.
 * Then lets all come to rest, and looks for anything that must not be.
 */
export async function killAtRandom({
  dir,
  numKills,
  seed,
  under,
  database,
  onKill,
}: KillOptions): Promise<KillReport> {
  const random = mulberry32(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const home = join(dir, 'home');
  const executor = under?.executor ?? null;
  const out = join(dir, 'out');
  const report: KillReport = { numKills: 0, kills: {}, numVersions: 0, ends: {}, problems: [] };
  const acknowledged = new Set<number>();
  const stopped = new Set<number>();
  const creators = new Set<ChildProcess>();
  const count = (record: Record<string, number>, name: string): void =>
    void (record[name] = (record[name] ?? 0) + 1);
  const kill = (pid: number, name: string): void => {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      return; // it was faster
    }
    report.numKills++;
    count(report.kills, name);
    onKill?.(report.numKills);
  };
  await using jobs = await JobService.open({ home, ...(database && { store: database.url }) });
  const machine = jobs.store.shared?.machine ?? null;
  /** In this process, or in one of its own that can be killed meanwhile. */
  const create = (isKillable: boolean): void => {
    const kind = pick(Object.keys(killTasks) as KillTask[]);
    const job = `job-${pick([1, 2, 3])}`;
    if (!isKillable) {
      numMaking++;
      void jobs
        .create(job, killTasks[kind], optionsOf(kind, out, executor))
        .then(({ id }) => acknowledged.add(id))
        .catch((error: Error) => {
          // what the database does not acknowledge may be there or not
          if (database && isSemblanceError(error, 'JOB_STORE_UNREACHABLE')) return;
          report.problems.push(`a version could not be made: ${error.message}`);
        })
        .finally(() => numMaking--);
      return;
    }
    const [node, ...args] = nodeCommand(
      import.meta.url,
      './create-version',
      home,
      job,
      kind,
      out,
      JSON.stringify(executor),
    );
    const env = { ...process.env, [STORE]: database?.url };
    const child = spawn(node, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    creators.add(child);
    child.stdout!.on('data', (bytes: Buffer) => acknowledged.add(Number(bytes.toString())));
    child.once('close', () => creators.delete(child));
  };
  let numMaking = 0;
  const marked = () => processesMarked((mark) => mark.startsWith(`${jobs.store.id}:`), MARK);
  const activeNow = () => jobs.list({ states: ['creating', 'pending', 'running'] });
  const stageOf = ({ state, step }: Version): string => step ?? state;

  /** A version at a stage, waited for a while; meanwhile there is always enough to do. */
  const versionAt = async (stage: string): Promise<Version | undefined> => {
    const untilMs = Date.now() + STAGE_MS;
    while (Date.now() < untilMs) {
      const active = await activeNow();
      if (active.length + numMaking + creators.size < NUM_ACTIVE) create(false);
      const found = active.filter((version) => stageOf(version) === stage);
      if (found.length > 0) return pick(found);
      await jobs.wakeIfActive();
      await sleep(20);
    }
    return undefined;
  };

  while (report.numKills < numKills) {
    const chance = random();
    if (chance < 0.08) {
      create(true);
      await sleep(random() * CREATION_MS);
      for (const child of creators) kill(child.pid!, 'whoever makes a version');
      continue;
    }
    const stage = pick(['pending', 'prepare', 'work', 'deliver']);
    const version = await versionAt(stage);
    if (!version) continue;
    await sleep(random() * STAY_MS);
    if (database && chance < 0.2) {
      await database.kill();
      await sleep(random() * AWAY_MS);
      await database.start();
      report.numKills++;
      count(report.kills, `database, a version at ${stage}`);
      onKill?.(report.numKills);
      continue;
    }
    if (under && chance < 0.5) {
      const victim = pick(under.victims);
      const numKilled = await victim.kill(version, random);
      report.numKills += numKilled;
      if (numKilled > 0) count(report.kills, `${victim.name}, a version at ${stage}`);
      if (numKilled > 0) onKill?.(report.numKills);
      continue;
    }
    const own = marked().filter(({ mark }) => mark.endsWith(`:${version.id}`));
    if (chance < (under ? 0.65 : 0.35)) {
      const supervisor = supervisorOf(home, machine);
      if (supervisor) kill(supervisor.pid, `supervisor, a version at ${stage}`);
    } else if (chance < 0.7 && own.length > 0) kill(pick(own).pid, `process at ${stage}`);
    else if (chance < 0.85) for (const { pid } of own) kill(pid, `whole version at ${stage}`);
    else if (chance < 0.93) {
      await jobs.stop(version).then(
        () => stopped.add(version.id),
        () => {}, // it has ended meanwhile
      );
    } else {
      const ended = await jobs.list({ states: ['failed', 'lost', 'stopped'], newestFirst: true, limit: 5 });
      if (ended[0]) await jobs.resume(ended[0]).catch(() => {}); // it is tried again by itself
    }
  }

  const deadline = Date.now() + DRAIN_MS;
  while (true) {
    const versions = await jobs.list();
    if (creators.size + numMaking === 0 && versions.every(isSettled)) break;
    if (Date.now() > deadline) {
      const left = versions
        .filter((version) => !isSettled(version))
        .map(({ id, state, step }) => `${id} ${state} ${step}`);
      report.problems.push(`not at rest: ${left.join(', ')}`);
      break;
    }
    await jobs.wakeIfActive();
    await sleep(100);
  }
  const versions = await jobs.list();
  report.numVersions = versions.length;
  for (const { state } of versions) count(report.ends, state);
  report.problems.push(...(await findProblems(jobs, versions, { acknowledged, stopped })));
  if (under) report.problems.push(...(await under.problems()));
  return report;
}
