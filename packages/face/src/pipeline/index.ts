/**
 * Open → detect → align → embed → search, and each of its stages.
 *
 * @module
 */

export { chooseSubject } from './choose-subject.ts';
export { cosine } from './cosine.ts';
export { type Decision, type DecisionOptions, decide, type Reason } from './decide.ts';
export { eachEncoded, eachPhoto, type Outcome, photosAt } from './each-photo.ts';
export { embedSubject, type SubjectFace } from './embed-subject.ts';
export { createFinder } from './finder.ts';
export type { GallerySearch, SearchHit } from './gallery-search.ts';
export {
  type Answer,
  FacePipeline,
  type PipelineParts,
  type RecognizedFace,
  type RecognizeOptions,
  type SeenPicture,
  type Timing,
} from './pipeline.ts';
export { faceQuality, type Quality } from './quality.ts';
export type {
  DecodePlan,
  EmbeddedFace,
  FaceDetector,
  FaceFinder,
  FaceRecognizer,
  FoundFace,
  FoundPicture,
  PicturePlan,
  PictureSource,
} from './stages.ts';
export {
  chooseThreshold,
  DEFAULT_THRESHOLD,
  type Threshold,
  type ThresholdSources,
} from './threshold.ts';
