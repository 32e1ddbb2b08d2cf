import { execFile } from 'node:child_process';
import { SemblanceError } from '../../error.ts';
import { isPassing, refusalOf } from './words.ts';

/** A job that is in the queue or runs. */
export interface QueuedJob {
  id: string;
  /** As Slurm says it: PENDING, RUNNING, COMPLETING … */
  state: string;
  /** Why it waits. */
  reason: string;
  comment: string;
}

/** Waits for it, but not for longer than that. */
export async function within(promise: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}

/** How a job ended. */
export interface JobFate {
  state: string;
  reason: string;
}

interface Snapshot {
  /** When it was asked for: whatever was true before is in it. */
  askedMs: number;
  jobs: ReadonlyMap<string, QueuedJob>;
}

/** How long a look waits for an answer; the answer is waited for all the same, and the next look finds it. */
const PATIENCE_MS = 1000;
/** Slurm's programs ask a controller that is away for ten seconds and more. */
const AGAIN_AFTER_MS = 2000;

/**
 * What Slurm says of the jobs of this user: one `squeue` for all versions, as often as `pollMs`. Its methods throw
 * EXECUTOR_UNAVAILABLE while the controller does not answer, and never wait long for it.
 */
export class SlurmQueue {
  private last: Snapshot | null = null;
  private asking: Promise<void> | null = null;
  private trouble: { atMs: number; error: unknown } | null = null;
  private readonly fates = new Map<string, JobFate>();
  private readonly pollMs: number;

  constructor(pollMs: number) {
    this.pollMs = pollMs;
  }

  /** Jobs in the queue, by their number, as they stood at `sinceMs` or later. */
  async jobs(
    sinceMs: number = Date.now() - this.pollMs,
    patienceMs = PATIENCE_MS,
  ): Promise<ReadonlyMap<string, QueuedJob>> {
    const untilMs = Date.now() + patienceMs;
    while (true) {
      if (this.last && this.last.askedMs >= sinceMs) return this.last.jobs;
      if (this.trouble && Date.now() - this.trouble.atMs < AGAIN_AFTER_MS) throw this.trouble.error;
      this.asking ??= this.ask().finally(() => {
        this.asking = null;
      });
      const leftMs = untilMs - Date.now();
      if (leftMs <= 0)
        throw this.trouble?.error ?? new SemblanceError('EXECUTOR_UNAVAILABLE', 'Slurm does not answer');
      await within(this.asking, leftMs);
    }
  }

  private async ask(): Promise<void> {
    const askedMs = Date.now();
    try {
      // the comment comes last: it may hold anything
      const text = await slurm('squeue', [
        '--noheader',
        `--user=${process.getuid!()}`,
        '--format=%i|%T|%r|%k',
      ]);
      const jobs = text.split('\n').flatMap((line): QueuedJob[] => {
        const [id = '', state = '', reason = '', ...comment] = line.split('|');
        return id === '' ? [] : [{ id, state, reason, comment: comment.join('|') }];
      });
      this.last = { askedMs, jobs: new Map(jobs.map((job) => [job.id, job])) };
      this.trouble = null;
    } catch (error) {
      this.trouble = { atMs: Date.now(), error };
    }
  }

  /**
   * How a job that is in the queue no more ended: from the controller while it remembers, then from the accounting
   * where there is any; null where nobody knows.
   */
  async fate(id: string): Promise<JobFate | null> {
    const known = this.fates.get(id);
    if (known) return known;
    const fate = (await fateByController(id)) ?? (await fateByAccounting(id));
    if (fate) this.fates.set(id, fate);
    return fate;
  }
}

async function fateByController(id: string): Promise<JobFate | null> {
  const text = await slurm('scontrol', ['show', 'job', '--oneliner', id]).catch((error: SemblanceError) => {
    if (error.code === 'EXECUTOR_UNAVAILABLE') throw error;
    return ''; // it has forgotten it
  });
  const state = / JobState=(\S+)/.exec(text)?.[1];
  return state === undefined ? null : { state, reason: / Reason=(\S+)/.exec(text)?.[1] ?? 'None' };
}

async function fateByAccounting(id: string): Promise<JobFate | null> {
  const args = ['--noheader', '--parsable2', '--allocations', `--jobs=${id}`, '--format=State,Reason'];
  // without accounting it fails, and nobody knows
  const text = await slurm('sacct', args).catch(() => '');
  const [state = '', reason = 'None'] = text.trim().split('\n')[0]!.split('|');
  // `CANCELLED by 1000`
  return state === '' ? null : { state: state.split(' ')[0]!, reason };
}

/**
 * What a program of Slurm prints.
 *
 * @throws EXECUTOR_UNAVAILABLE where it is not there or the controller does not answer, EXECUTOR_REFUSED where that refuses
 */
export function slurm(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { maxBuffer: 256 << 20, encoding: 'utf8', env: slurmEnvironment() },
      (cause, stdout, stderr) => {
        if (!cause) return resolve(stdout);
        reject(slurmError(program, stderr, cause));
      },
    );
  });
}

/** Ends jobs, or signals their steps. What has ended meanwhile needs no end. */
export async function cancel(ids: readonly string[], signal?: 'TERM' | 'KILL'): Promise<void> {
  if (ids.length === 0) return;
  try {
    await slurm('scancel', ['--quiet', ...(signal ? [`--signal=${signal}`] : []), ...ids]);
  } catch (error) {
    if ((error as SemblanceError).code !== 'EXECUTOR_REFUSED') throw error;
  }
}

/** An error of one of Slurm's programs as one of ours. */
export function slurmError(program: string, stderr: string, cause: Error): SemblanceError {
  if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return noSlurm(program, cause);
  const said = refusalOf(stderr) || cause.message.split('\n')[0]!;
  // a program that was killed refuses nothing
  return isPassing(stderr) || refusalOf(stderr) === ''
    ? new SemblanceError('EXECUTOR_UNAVAILABLE', `Slurm does not answer: ${said}`, { cause })
    : new SemblanceError('EXECUTOR_REFUSED', `Slurm refuses it: ${said}`, { cause });
}

export const noSlurm = (program: string, cause?: unknown): SemblanceError =>
  new SemblanceError(
    'EXECUTOR_UNAVAILABLE',
    `executor slurm needs Slurm's ${program}, and it is not in PATH: install Slurm's client programs (Debian: slurm-client) on this machine, or choose --executor local`,
    { cause },
  );

/** What Slurm's programs, and through sbatch its jobs, are given: none of this process's credentials. */
export function slurmEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  // SLURM_JOB_ID and its like would be of a job that this process is in
  const passed = /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_ALL|TZ|SLURM_CONF|SBATCH_\w+)$/;
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && passed.test(entry[0]),
    ),
  );
}
