/**
 * Datasets and measures of face detection and recognition.
 *
 * @module
 */

export {
  type PersonSource,
  readPairs,
  readPersonFolders,
  readPersonSource,
  readWiderGroundTruth,
} from './datasets/index.ts';
export {
  detectPhotos,
  embedPhotos,
  measureDetection,
  measureIdentification,
  measureVerification,
} from './evaluate/index.ts';
export {
  averagePrecision,
  closedSetMetrics,
  detectAugmented,
  openSetMetrics,
  templateEmbedding,
  verificationMetrics,
  widerAveragePrecision,
} from './metrics/index.ts';
