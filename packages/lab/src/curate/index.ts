/**
 * Datasets cleaned and people aligned.
 *
 * @module
 */

export { type AlignPeopleOptions, type AlignPeopleResult, alignPeople } from './align-people.ts';
export { type CleanResult, findProblems } from './clean.ts';
export { cleanReport } from './clean-report.ts';
export { convertBin } from './convert-bin.ts';
export { fillLandmarks } from './fill-landmarks.ts';
export { histogram, histogramLines } from './histogram.ts';
export { type Inspection, inspect } from './inspect.ts';
export { spread } from './photo-check.ts';
