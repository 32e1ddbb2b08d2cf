/**
 * ONNX models with a manifest of their conventions: loading, importing, running, finding by name.
 *
 * @module
 */

export { type ConventionOptions, draftManifest, recognizeConventions } from './conventions.ts';
export { type DetectOptions, Detector } from './detector.ts';
export { type DialectScore, scoreDialect } from './dialect-score.ts';
export { type Dialect, dialects, type NamedDialect } from './dialects.ts';
export type { ScaleOptions } from './frame.ts';
export { Candidates } from './heads/candidates.ts';
export { detectorHeads } from './heads/index.ts';
export {
  type DefaultModels,
  findModel,
  findModels,
  modelsFolder,
  modelsNamed,
  type PulledModel,
  partNames,
  pulledModels,
  readDefaults,
  writeDefaults,
} from './home/index.ts';
export { assertDialect, type ImportOptions, type ImportResult, importOnnx } from './import.ts';
export { type ImpostorCurve, measureImpostors, rateAt, similarityAt } from './impostors.ts';
export { type LoadOptions, loadDetector, loadRecognizer, type OpenModel, openModel } from './load.ts';
export { loadForPhotos } from './load-for-photos.ts';
export {
  type DetectionManifest,
  type DetectorConventions,
  type InputConventions,
  MANIFEST_FORMAT,
  type Manifest,
  type ManifestDraft,
  parseManifest,
  type RecognitionManifest,
  type RecognizerConventions,
} from './manifest.ts';
export { MODEL_FILES, readManifest, verifyModel, writeManifest } from './model-folder.ts';
export { modelId } from './model-id.ts';
export type { OutputTensor, Port } from './network.ts';
export { type OnnxFacts, readOnnxFacts } from './onnx-facts.ts';
export { type EmbedOptions, Recognizer } from './recognizer.ts';
export { openSession, type Session, type SessionOptions, type ShapedSession } from './session.ts';
