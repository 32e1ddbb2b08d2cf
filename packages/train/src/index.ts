/**
 * Training detectors and recognizers: backbones, losses, recipes, and the trainer.
 *
 * @module
 */

export {
  type BackboneSpec,
  backboneNames,
  backbones,
  createBackbone,
  defineBackbone,
} from './backbones/index.ts';
export {
  describeTraining,
  type TrainingDescription,
  type TrainingToDescribe,
} from './describe-training.ts';
export {
  createDetector,
  type DetectorSpec,
  defineDetector,
  detectorNames,
  type RetinaFaceDialect,
  retinafaceDialects,
} from './detector/index.ts';
export { type WeightsDialect, weightsDialects } from './import/dialects.ts';
export {
  type ImportTorchOptions,
  type ImportTorchResult,
  importTorchWeights,
} from './import/import-torch-weights.ts';
export { canLaunchRanks, launchRanks, type RanksToLaunch, thisRank } from './launch-ranks.ts';
export { createHead, defineLoss, type LossSpec, losses, lossNames } from './losses/index.ts';
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
  type TrainOptions,
  type TrainRecognitionOptions,
  type TrainResult,
  trainRecognition,
} from './train-recognition.ts';
export { type MetricsLine, readMetrics } from './trainer/metrics-log.ts';
export type { OnProgress, StepEvent, TrainingEvent } from './trainer/progress.ts';
