import type { Version } from '../model.ts';
import type { VersionStore } from '../store/version-store.ts';
import { stopSweep } from './stop.ts';
import { findSweep, type SweepView, viewSweep } from './view.ts';

/** The sweeps of a store of jobs: `JobService.sweep` begins one. */
export class Sweeps {
  private readonly jobs: { readonly store: VersionStore; wake(): void };

  constructor(jobs: { readonly store: VersionStore; wake(): void }) {
    this.jobs = jobs;
  }

  /** How sweeps stand, newest first; those of one job where it is named. */
  async list(job?: string): Promise<SweepView[]> {
    const { store } = this.jobs;
    const sweeps = await store.sweeps(job === undefined ? {} : { job });
    return Promise.all(sweeps.map((sweep) => viewSweep(store, sweep)));
  }

  /**
   * How a sweep stands: its rungs, and which version is the best.
   *
   * @param reference its number, or a job for its newest
   * @throws SWEEP_NOT_FOUND
   */
  async find(reference: string): Promise<SweepView> {
    const { store } = this.jobs;
    return viewSweep(store, await findSweep(store, reference));
  }

  /**
   * Ends a sweep: it makes no further versions, and those that wait or run are stopped.
   *
   * @returns the versions that were told to stop
   * @throws SWEEP_NOT_FOUND, VERSION_WRONG_STATE where nothing of it waits or runs
   */
  async stop(id: number): Promise<Version[]> {
    const stopped = await stopSweep(this.jobs.store, id);
    this.jobs.wake();
    return stopped;
  }
}
