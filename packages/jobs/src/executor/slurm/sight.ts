import { SemblanceError } from '../../error.ts';
import type { WorkerGroup, WorkerSight } from '../executor.ts';
import { readExit, readStart, workerDir } from '../group-files.ts';
import { type Beats, silenceOf } from './beats.ts';
import { commentOf, type GroupTruth, readTruth } from './group.ts';
import type { JobFate, QueuedJob, SlurmQueue } from './queue.ts';
import { endOf, isTakenAway, waitOf } from './words.ts';

/** How long the reason of a worker's failure is looked for with Slurm, which hears of it later than we do. */
const REASON_MS = 15_000;

/** What is seen of a group: first from its files, then from the queue where these leave something open. */
export class GroupSight {
  private readonly group: WorkerGroup;
  private readonly queue: SlurmQueue;

  private readonly beats: Beats;

  constructor(group: WorkerGroup, queue: SlurmQueue, beats: Beats) {
    this.group = group;
    this.queue = queue;
    this.beats = beats;
  }

  async take(): Promise<WorkerSight[]> {
    const truth = readTruth(this.group);
    if (truth.job === 'barred') return this.workers(() => ({ state: 'barred' }));
    const ended = this.workers(() => ({ state: 'absent' }));
    if (ended.every((sight) => sight.state === 'ended' && sight.code === 0)) return ended;
    try {
      return await this.withQueue();
    } catch (error) {
      if (!(error instanceof SemblanceError)) throw error;
      const why = error.message;
      return this.workers((hasBegun) => (hasBegun ? { state: 'running' } : { state: 'waiting', why }));
    }
  }

  whileSubmitting(): WorkerSight[] {
    return this.workers(() => ({ state: 'waiting', why: 'Slurm is asked for a place' }));
  }

  private async withQueue(): Promise<WorkerSight[]> {
    let jobs = await this.queue.jobs();
    // after the queue: a job that had gone from it has left all its files by now
    let truth = readTruth(this.group);
    let job = this.jobOf(truth, jobs);
    if (!job && (truth.job ?? truth.submitted) !== null) {
      // younger than what the queue said, or over
      jobs = await this.queue.jobs(Date.now());
      truth = readTruth(this.group);
      job = this.jobOf(truth, jobs);
    }
    if (truth.job === 'barred') return this.workers(() => ({ state: 'barred' }));
    if (job && truth.job === null) return this.waiting(job);
    if (job) {
      if (job.state === 'RUNNING') await this.beats.check(this.group, job.id, truth.isFinished);
      return this.running(truth);
    }
    const id = truth.job ?? truth.submitted;
    return id === null ? this.workers(() => ({ state: 'absent' })) : this.over(id, await this.queue.fate(id));
  }

  /** The group's job among those in the queue; numbers begin anew when a cluster is set up again. */
  private jobOf({ job, submitted }: GroupTruth, jobs: ReadonlyMap<string, QueuedJob>): QueuedJob | undefined {
    const comment = commentOf(this.group);
    const id = job ?? submitted;
    if (id === null) return [...jobs.values()].find((queued) => queued.comment === comment);
    const found = jobs.get(id);
    return found?.comment === comment ? found : undefined;
  }

  private waiting(job: QueuedJob): WorkerSight[] {
    return this.workers(() => ({ state: 'waiting', why: waitOf(job) }));
  }

  private running({ isFinished }: GroupTruth): WorkerSight[] {
    const sights = this.workers((hasBegun) => {
      if (!isFinished) return { state: 'running' };
      const why = hasBegun
        ? 'it was killed together with its launcher'
        : 'srun could not start it: see slurm.log in the folder of the attempt';
      return { state: 'gone', why };
    });
    const isOver = sights.every(({ state }) => state === 'ended' || state === 'gone');
    // the queue may know why, once the job has left it
    const isYoung = (sight: WorkerSight): boolean =>
      sight.state === 'ended' && sight.code !== 0 && Date.now() - sight.atMs < REASON_MS;
    return isOver ? sights.map((sight) => (isYoung(sight) ? { state: 'running' } : sight)) : sights;
  }

  private over(id: string, fate: JobFate | null): WorkerSight[] {
    const why = silenceOf(this.group) ?? endOf(id, fate);
    if (isTakenAway(fate))
      return this.workers(() => ({ state: 'absent' })).map((sight) =>
        sight.state === 'ended' && sight.code === 0 ? sight : { state: 'gone', why, isTakenAway: true },
      );
    const isTold = fate !== null && !['COMPLETED', 'FAILED'].includes(fate.state);
    return this.workers(() => ({ state: 'gone', why })).map((sight) =>
      sight.state === 'ended' && sight.code !== 0 && isTold ? { ...sight, why } : sight,
    );
  }

  /** Each worker as its files say; `other` says what it is of whom they do not tell the end. */
  private workers(other: (hasBegun: boolean) => WorkerSight): WorkerSight[] {
    return Array.from({ length: this.group.numWorkers }, (_, i) => {
      const dir = workerDir(this.group, i);
      const ended = readExit(dir);
      if (ended) return ended;
      const start = readStart(dir);
      return start === 'barred' ? { state: 'barred' } : other(start !== null);
    });
  }
}
