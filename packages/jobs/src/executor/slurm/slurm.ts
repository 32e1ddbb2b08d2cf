import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolderSync } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import type { Executor, GroupSpec, WorkerGroup } from '../executor.ts';
import { BARRED, putOnce, settled, workerDir } from '../group-files.ts';
import { localExecutor } from '../local.ts';
import { Beats } from './beats.ts';
import { claimOf, commentOf, commentsOf, markOfComment, readTruth, writeGroup } from './group.ts';
import { inImage } from './in-image.ts';
import { type SlurmOptions, sbatchArgs } from './options.ts';
import { cancel, type QueuedJob, SlurmQueue, within } from './queue.ts';
import { GroupSight } from './sight.ts';
import { submit } from './submit.ts';

/** How long a start waits for Slurm's answer; it comes all the same, and the next look finds it. */
const PATIENCE_MS = 2000;
/** How long an end waits for it: it is tried again as a whole. */
const END_PATIENCE_MS = 5000;
/** How long a job whose workers have ended is given to leave by itself. */
const LEAVE_MS = 3000;
const GONE_MS = 10_000;

/**
 * Workers as jobs of Slurm: a group is one job, of which `srun` starts each worker under the launcher that local workers
 * have. What becomes of them stands in files of the group's folder, which the cluster's machines see too; the queue says
 * what waits, and whether what left no code still runs.
 *
 * @param pollMs between questions to the controller
 * @param home folder of the jobs, which containers of an image see
 */
export function slurmExecutor(options: SlurmOptions = {}, { pollMs = 2000, home = '/' } = {}): Executor {
  const queue = new SlurmQueue(pollMs);
  const beats = new Beats();
  const local = localExecutor();
  /** Submissions that have not been answered, and answers that nobody has heard. */
  const submissions = new Map<string, Promise<void>>();
  const refusals = new Map<string, unknown>();

  async function start(
    group: WorkerGroup,
    proposed: GroupSpec,
    env: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const refusal = refusals.get(group.dir);
    if (refusal) {
      refusals.delete(group.dir);
      throw refusal;
    }
    if (submissions.has(group.dir)) return;
    makeFolderSync(group.dir);
    const spec = settled(group, proposed);
    const { job, submitted } = readTruth(group);
    if (job !== null || submitted !== null) return;
    writeGroup(
      group,
      options.image === undefined ? spec : await inImage(group, spec, options, home, Object.keys(env)),
    );
    const submission = submit(group, sbatchArgs(group, group.numWorkers, spec.limits, options), env)
      .catch((error: SemblanceError) => {
        // a controller that is away is asked again by the next look
        if (error.code !== 'EXECUTOR_UNAVAILABLE') refusals.set(group.dir, error);
      })
      .finally(() => submissions.delete(group.dir));
    submissions.set(group.dir, submission);
    await within(submission, PATIENCE_MS);
    if (refusals.has(group.dir)) await start(group, proposed, env);
  }

  async function look(group: WorkerGroup) {
    const sight = new GroupSight(group, queue, beats);
    return submissions.has(group.dir) ? sight.whileSubmitting() : sight.take();
  }

  async function end(group: WorkerGroup, isForced: boolean): Promise<void> {
    makeFolderSync(group.dir);
    putOnce(claimOf(group), BARRED);
    for (let i = 0; i < group.numWorkers; i++) {
      makeFolderSync(workerDir(group, i));
      putOnce(join(workerDir(group, i), 'start'), BARRED);
    }
    const { job, isFinished } = readTruth(group);
    if (job === 'barred') {
      const waiting = await jobsWhere(({ comment }) => comment === commentOf(group));
      await cancel(waiting.map(({ id }) => id));
    } else if (job !== null && !isFinished) {
      // to the workers, and not to the script that looks after them
      await cancel([job], isForced ? 'KILL' : 'TERM');
      if (isForced) await cancel([job]);
    }
  }

  /** Jobs that hold a place or wait for one. */
  async function jobsWhere(matches: (job: QueuedJob) => boolean): Promise<QueuedJob[]> {
    const jobs = await queue.jobs(Date.now(), END_PATIENCE_MS);
    return [...jobs.values()].filter((job) => job.state !== 'COMPLETING' && matches(job));
  }

  async function endLeftovers(mark: string): Promise<number> {
    const start = commentsOf(mark);
    const left = () => jobsWhere(({ comment }) => comment.startsWith(start));
    const beganMs = Date.now();
    let cancelled = false;
    for (let jobs = await left(); jobs.length > 0; jobs = await left()) {
      const waitedMs = Date.now() - beganMs;
      const isDue = (job: QueuedJob): boolean => job.state === 'PENDING' || waitedMs > LEAVE_MS;
      const due = cancelled ? [] : jobs.filter(isDue);
      await cancel(due.map(({ id }) => id));
      cancelled ||= waitedMs > LEAVE_MS;
      if (waitedMs > GONE_MS)
        throw new SemblanceError(
          'EXECUTOR_UNAVAILABLE',
          `Slurm job ${jobs[0]!.id} does not end: scancel ${jobs[0]!.id} by hand`,
        );
      await sleep(100);
    }
    return local.endLeftovers(mark);
  }

  async function marks(): Promise<string[]> {
    const jobs = await queue.jobs();
    return [...jobs.values()].flatMap(({ state, comment }) =>
      state === 'COMPLETING' ? [] : (markOfComment(comment) ?? []),
    );
  }

  return { name: 'slurm', start, look, end, endLeftovers, marks };
}
