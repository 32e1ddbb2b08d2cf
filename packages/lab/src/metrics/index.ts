/**
 * Measures by their protocols: verification, identification, detection, intervals.
 *
 * @module
 */

export { type Interval, wilsonInterval } from '@semblance/core/statistics';
export { type Agreement, type ClusteringMetrics, clusteringMetrics } from './clustering.ts';
export {
  averagePrecision,
  type DetectionCounts,
  type DetectionResult,
  detectionCounts,
  type JudgedDetection,
  judgeDetections,
  precisionRecallCurve,
} from './detection.ts';
export {
  type FaceOutcome,
  faceOutcomes,
  type GroupRecall,
  landmarkErrors,
  recallByGroup,
} from './detection-faces.ts';
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
export { findLabelNoise, type LabelNoise, type LabelNoiseOptions, type Suspect } from './label-noise.ts';
export { type AlikePair, findAlike, groupsOfPairs, MOST_COMPARED } from './near-duplicates.ts';
export { peopleOfPairs } from './pair-people.ts';
export { areaUnderPrCurve, type PrPoint } from './precision-recall.ts';
export { areaUnderRoc, equalErrorRate, type RocPoint, rocCurve, tarAtFar } from './roc.ts';
export { type TemplateFace, templateEmbedding } from './templates.ts';
export { detectAugmented, type TestTimeOptions, voteBoxes } from './test-time.ts';
export { type VerificationMetrics, type VerificationOptions, verificationMetrics } from './verification.ts';
export {
  type GroupRates,
  type RateSpread,
  rateSpread,
  ratesByGroup,
  thresholdAtFmr,
} from './verification-groups.ts';
export { pixelIou, widerAveragePrecision, widerCurve } from './wider.ts';
