import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkerGroup } from '../executor.ts';
import { putOnce, readExit, readIfThere, readStart, workerDir } from '../group-files.ts';
import { cancel } from './queue.ts';

/** Far longer than it is between two signs of life, for file systems that tell of them late. */
const SILENT_MS = 60_000;

const silencePath = (group: WorkerGroup): string => join(group.dir, 'silent');

/** That the job of a group was given up, in words. */
export const silenceOf = (group: WorkerGroup): string | null => readIfThere(silencePath(group));

/**
 * Watches for signs of life of jobs that run, as Slurm says: of one whose processes were killed together with the
 * `slurmstepd` that looks after them it says so for ever. Such a job is cancelled.
 */
export class Beats {
  /** When a file was last seen to change, by this machine's clock. */
  private readonly seen = new Map<string, { mtimeMs: number; atMs: number }>();

  async check(group: WorkerGroup, id: string, isFinished: boolean): Promise<void> {
    const silent = isFinished ? this.isSilent(join(group.dir, 'finished')) : this.isAnySilent(group);
    if (!silent) return;
    putOnce(
      silencePath(group),
      `Slurm job ${id} gave no sign of life for ${SILENT_MS / 1000} s, and was cancelled`,
    );
    await cancel([id]);
  }

  private isAnySilent(group: WorkerGroup): boolean {
    const dirs = Array.from({ length: group.numWorkers }, (_, i) => workerDir(group, i));
    const running = dirs.filter((dir) => readStart(dir) !== null && readExit(dir) === null);
    // the script that looks after them starts those that have not begun
    const isComplete = dirs.every((dir) => readStart(dir) !== null);
    return [...running, ...(isComplete ? [] : [group.dir])].some((dir) => this.isSilent(join(dir, 'beat')));
  }

  private isSilent(path: string): boolean {
    const mtimeMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const seen = this.seen.get(path);
    if (seen?.mtimeMs === mtimeMs) return Date.now() - seen.atMs > SILENT_MS;
    this.seen.set(path, { mtimeMs, atMs: Date.now() });
    return false;
  }
}
