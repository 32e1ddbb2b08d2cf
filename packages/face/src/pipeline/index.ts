export { chooseSubject } from './choose-subject.ts';
export { DEFAULT_THRESHOLD, type Decision, type DecisionOptions, decide, type Reason } from './decide.ts';
export { eachPhoto, photosAt } from './each-photo.ts';
export type { GallerySearch, SearchHit } from './gallery-search.ts';
export {
  type EmbeddedFace,
  type FaceDetector,
  FacePipeline,
  type FaceRecognizer,
  type PipelineParts,
  type RecognizedFace,
  type RecognizeOptions,
} from './pipeline.ts';
export { faceQuality, type Quality } from './quality.ts';
