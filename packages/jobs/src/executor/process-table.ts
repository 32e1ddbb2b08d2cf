import { readdirSync, readFileSync } from 'node:fs';
import { SemblanceError } from '../error.ts';
import type { ProcessIdentity } from '../model.ts';

/** A living process, as /proc shows it. */
export interface Process {
  pid: number;
  parent: number;
  group: number;
  /** Clock ticks from the start of the machine to that of the process. */
  startTicks: number;
  /** CPU time it has used, in clock ticks, children that ended included. */
  cpuTicks: number;
  residentBytes: number;
}

/** Of `sysconf(_SC_CLK_TCK)`: 100 on every Linux that runs Node. */
export const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/** @throws JOBS_UNSUPPORTED where the system has no /proc */
export function assertProcessTable(): void {
  if (process.platform !== 'linux')
    throw new SemblanceError('JOBS_UNSUPPORTED', `jobs run on Linux, not on ${process.platform}`);
}

let boot: string | undefined;

/** Names this start of the machine. */
export function bootId(): string {
  return (boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
}

/** The process of that id; null where there is none, or it has ended and only waits to be reaped. */
export function readProcess(pid: number): Process | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
  // the second field is the program's name in brackets, and may hold anything
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (number: number): number => Number(fields[number - 3]); // numbered as in proc(5)
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  return {
    pid,
    parent: field(4),
    group: field(5),
    startTicks: field(22),
    cpuTicks: field(14) + field(15) + field(16) + field(17),
    residentBytes: field(24) * PAGE_BYTES,
  };
}

/** This process, told from any later one of the same id. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startTicks: readProcess(process.pid)!.startTicks, bootId: bootId() };
}

/** Whether that very process lives, and not another that was given its id later. */
export function isAlive({ pid, startTicks, bootId: since }: ProcessIdentity): boolean {
  return since === bootId() && readProcess(pid)?.startTicks === startTicks;
}

/** Living processes whose environment holds this very `NAME=value`; those of others, which cannot be read, are not among them. */
export function processesMarked(matches: (value: string) => boolean, name: string): Marked[] {
  const found: Marked[] = [];
  const start = Buffer.from(`${name}=`);
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const value = variableOf(entry, start);
    if (value === null || !matches(value)) continue;
    const process = readProcess(Number(entry));
    if (process) found.push({ ...process, mark: value });
  }
  return found;
}

export interface Marked extends Process {
  /** Value of the variable it was found by. */
  mark: string;
}

function variableOf(pid: string, start: Buffer): string | null {
  let environment: Buffer;
  try {
    environment = readFileSync(`/proc/${pid}/environ`);
  } catch (error) {
    if (isGone(error) || (error as NodeJS.ErrnoException).code === 'EACCES') return null;
    throw error;
  }
  let at = environment.indexOf(start);
  while (at > 0 && environment[at - 1] !== 0) at = environment.indexOf(start, at + 1);
  if (at < 0) return null;
  const end = environment.indexOf(0, at);
  return environment.toString('utf8', at + start.length, end < 0 ? undefined : end);
}

function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ESRCH' || code === 'EPERM';
}
