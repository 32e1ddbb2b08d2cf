export type { Comparison, Row } from './compare/compare.ts';
export { comparisonPage, metricText } from './compare/html.ts';
export { localExecutor } from './executor/local.ts';
export { defaultJobsDir, versionPaths } from './home.ts';
export { taskKinds } from './kinds/index.ts';
export { type TaskRequest, taskOfCommand } from './kinds/task-args.ts';
export {
  durationMs,
  fullName,
  isSettled,
  type Version,
  type VersionSpec,
  versionName,
} from './model.ts';
export type { RunOptions } from './request.ts';
export { JobService, type JobServiceOptions, type Modification } from './service.ts';
export { isEnded, type VersionState, versionStates } from './states.ts';
export type { JobInfo, VersionEvent, VersionFilter } from './store/version-store.ts';
export { type Candidate, gridCandidates, randomCandidates } from './sweep/candidates.ts';
export type { Halving } from './sweep/halving.ts';
