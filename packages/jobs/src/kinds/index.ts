/**
 * Kinds of tasks: what a job can run.
 *
 * @module
 */

export { readJsonFile } from '@semblance/core/files';
export type { Metric } from '../model.ts';
export { flattenMetrics } from '../record/metrics.ts';
export { customTask, type TaskRequest } from './custom.ts';
export { kindBase, type OptionKind, type ResumeRule, type TaskKind } from './kind.ts';
