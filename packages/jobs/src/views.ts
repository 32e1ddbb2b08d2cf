/**
 * What is told of jobs besides their versions: comparisons, sweeps, evaluations, and the schemas of all of it.
 *
 * @module
 */

export { type Comparison, onlyDifferences } from './compare/compare.ts';
export type { Difference } from './compare/differences.ts';
export { evaluationsOf, type SeenEvaluation } from './evaluations.ts';
export { presetParameters } from './kinds/describe.ts';
export { namedVersions } from './named-versions.ts';
export { schemas as jobSchemas } from './schemas.ts';
export { type SweepSpace, sweepCandidates } from './sweep/candidates.ts';
