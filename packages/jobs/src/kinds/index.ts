export type { Metric } from '../model.ts';
export { flattenMetrics, readJsonFile } from '../record/metrics.ts';
export { customTask, type TaskRequest } from './custom.ts';
export { kindBase, type OptionKind, type ResumeRule, type TaskKind } from './kind.ts';
