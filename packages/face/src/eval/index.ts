export {
  averagePrecision,
  type DetectionCounts,
  type DetectionResult,
  detectionCounts,
  pixelIou,
  widerAveragePrecision,
} from './detection.ts';
export {
  type ClosedSetMetrics,
  closedSetMetrics,
  type OpenSetMetrics,
  type OpenSetPoint,
  openSetCurve,
  openSetMetrics,
  type ProbeResult,
  thresholdAtFpir,
  tpirAtFpir,
} from './identification.ts';
export { type GroupIdentification, identificationByGroup } from './identification-groups.ts';
export {
  type IdentificationIntervals,
  identificationIntervals,
  type ProbeOfPerson,
} from './identification-intervals.ts';
export { type Interval, wilsonInterval } from './intervals.ts';
export { peopleOfPairs } from './pair-people.ts';
export { areaUnderRoc, equalErrorRate, type RocPoint, rocCurve, tarAtFar } from './roc.ts';
export { type TemplateFace, templateEmbedding } from './templates.ts';
export { type VerificationMetrics, type VerificationOptions, verificationMetrics } from './verification.ts';
export { type GroupRates, ratesByGroup } from './verification-groups.ts';
