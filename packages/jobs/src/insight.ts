import { versionPaths } from './home.ts';
import { type Lineage, lineageOf } from './lineage.ts';
import type { JobStore } from './make-version.ts';
import type { Version } from './model.ts';
import { runMetrics } from './record/best.ts';
import { type RunProgress, runProgress } from './record/run-progress.ts';
import { waitingTexts } from './supervisor/waiting.ts';

/** What is known of versions as of now, besides what their rows say. */
export class Insight {
  private readonly jobs: JobStore;

  constructor(jobs: JobStore) {
    this.jobs = jobs;
  }

  /** Figures of the run: of one that runs as they are now, with the best of each. */
  async metrics(version: Version): Promise<Version['metrics']> {
    if (version.state !== 'running') return version.metrics;
    const { home, parts } = this.jobs;
    return runMetrics(parts.kind(version.spec.task), versionPaths(home, version).outputs);
  }

  /** How far a running version is, where its metrics tell. */
  async progress(version: Version): Promise<RunProgress | null> {
    if (version.state !== 'running') return null;
    const { home, parts } = this.jobs;
    return runProgress(parts.kind(version.spec.task), versionPaths(home, version).outputs, version);
  }

  /** Behind what versions wait, by their ids; those that do not wait are left out. */
  waiting(versions: readonly Version[]): Promise<ReadonlyMap<number, string>> {
    return waitingTexts(this.jobs.store, versions);
  }

  /** What used a version, how it was evaluated, where it was deployed, and its aliases. */
  lineage(version: Version): Promise<Lineage> {
    return lineageOf(this.jobs.store, version);
  }
}
