/**
 * From photos and models to measures and reports.
 *
 * @module
 */

export { parseAttributes, readAttributes } from './attributes.ts';
export { detectPhotos } from './detect-photos.ts';
export { type DetectionMetrics, measureDetection, type Rule, sizeSubset } from './detection.ts';
export { detectionReport } from './detection-report.ts';
export { type EmbedPhotosOptions, embedPhotos } from './embed-photos.ts';
export { openEmbeddingCache } from './embedding-cache.ts';
export {
  embeddingsOf,
  firstPhotos,
  type IdentificationResult,
  measureIdentification,
} from './identification.ts';
export {
  type IdentificationPlan,
  photosOfPlan,
  planIdentification,
  type Template,
} from './identification-plan.ts';
export { identificationCurve, identificationReport } from './identification-report.ts';
export { measureImpostorsOf } from './impostors.ts';
export {
  type Protocol,
  type ProtocolName,
  protocolLines,
  protocolNames,
  protocols,
  readProtocol,
} from './protocols.ts';
export { writeReport } from './report-folder.ts';
export { parseTemplatePlan, readTemplatePlan } from './template-file.ts';
export { measureVerification, type VerificationResult } from './verification.ts';
export { verificationCurves, verificationReport } from './verification-report.ts';
export { readVerificationSet } from './verification-set.ts';
export { readWiderPhotos } from './wider-photos.ts';
export { type WorstPair, worstOfBothKinds, worstPairs } from './worst-pairs.ts';
