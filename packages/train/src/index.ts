export { backboneNames, backbones, createBackbone } from './backbones/index.ts';
export {
  createDetector,
  detectorNames,
  type RetinaFaceDialect,
  retinafaceDialects,
} from './detector/index.ts';
export { weightsDialects } from './import/dialects.ts';
export {
  type ImportTorchOptions,
  type ImportTorchResult,
  importTorchWeights,
} from './import/import-torch-weights.ts';
export { canLaunchRanks, launchRanks, type RanksToLaunch, thisRank } from './launch-ranks.ts';
export { createHead, type LossSpec, losses, lossNames, MarginHead } from './losses/index.ts';
export { type WritePreviewOptions, writeDetectionPreview } from './preview-detection.ts';
export {
  type QuantizeDetectorOptions,
  type QuantizeDetectorResult,
  quantizeDetector,
} from './quantize/quantize-detector.ts';
export {
  type DetectionRecipe,
  detectionRecipe,
  detectionRecipes,
  type RecipeOverrides,
  type RecognitionRecipe,
  recognitionRecipe,
  recognitionRecipes,
} from './recipes/index.ts';
export { type TrainDetectionOptions, trainDetection } from './train-detection.ts';
export {
  resolveRecognitionRecipe,
  type TrainOptions,
  type TrainRecognitionOptions,
  type TrainResult,
  trainRecognition,
} from './train-recognition.ts';
export { engineVersions } from './trainer/engine.ts';
export { type MetricsLine, readMetrics } from './trainer/metrics-log.ts';
export type { OnProgress, StepEvent, TrainingEvent } from './trainer/progress.ts';
