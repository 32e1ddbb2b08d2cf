/**
 * Jobs and their versions: recorded, run in the background, compared, resumed.
 *
 * @module
 */

export type { Comparison, Row } from './compare/compare.ts';
export { type ComparisonPage, comparisonPage } from './compare/html.ts';
export { metricText } from './compare/metric-text.ts';
export type { SeedGroup } from './compare/seed-groups.ts';
export type { Modification } from './derive.ts';
export { artifactsOf, type DownloadOptions, verifiedArtifact } from './download.ts';
export { type Evaluation, type Miss, newestEvaluations } from './evaluations.ts';
export type { Executor, GroupSpec, WorkerGroup, WorkerSight } from './executor/executor.ts';
export type { ExecutorChoice, ExecutorKind, ExecutorOptions } from './executor/kind.ts';
export { missingLimits } from './executor/limits.ts';
export { localExecutor } from './executor/local.ts';
export { defaultJobsDir, storePaths, versionPaths } from './home.ts';
export type { Insight } from './insight.ts';
export { customTask, type TaskRequest } from './kinds/custom.ts';
export type { Lineage } from './lineage.ts';
export type { Marks } from './marks.ts';
export {
  type CodeRecord,
  durationMs,
  fullName,
  isSettled,
  type Version,
  type VersionSpec,
  versionName,
} from './model.ts';
export { JobParts, type JobPartsOptions } from './parts.ts';
export { isLowerBetter } from './record/best.ts';
export { givenGpus, listGpus } from './record/gpus.ts';
export type { RunProgress } from './record/run-progress.ts';
export type { NamedVersion, Registry } from './registry.ts';
export type { RunOptions } from './request.ts';
export { jobSchema } from './schemas.ts';
export { JobService } from './service.ts';
export type { JobServiceOptions } from './service-options.ts';
export { isEnded, type VersionState, versionStates } from './states.ts';
export type { JobInfo, VersionEvent, VersionFilter } from './store/version-store.ts';
export { type Candidate, gridCandidates, randomCandidates } from './sweep/candidates.ts';
export type { Halving } from './sweep/halving.ts';
export type { SweepRung, SweepView } from './sweep/view.ts';
export type { Templates } from './templates.ts';
export { namesVersion, versionPlace } from './version-place.ts';
