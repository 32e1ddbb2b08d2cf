/**
 * Who is in a photo: models, galleries, and the pipeline that ties them together. `Semblance` is all of it in one object.
 *
 * @module
 */

export { alignFace, alignFaces } from './align/index.ts';
export { type ErrorCode, isSemblanceError, SemblanceError } from './error.ts';
export {
  type BuildReport,
  buildGallery,
  Gallery,
  type SubjectHit,
} from './gallery/index.ts';
export { type Box, type Face, iou, type Landmarks, nms, similarityTransform } from './geometry/index.ts';
export {
  annotate,
  decodeImage,
  encodeJpeg,
  encodePng,
  type Image,
  openPhoto,
  type Photo,
  type Picture,
  resizeImage,
} from './image/index.ts';
export {
  type DetectOptions,
  Detector,
  type EmbedOptions,
  importOnnx,
  type LoadOptions,
  loadDetector,
  loadRecognizer,
  type Manifest,
  Recognizer,
  verifyModel,
} from './models/index.ts';
export {
  chooseThreshold,
  cosine,
  type EmbeddedFace,
  eachPhoto,
  FacePipeline,
  faceQuality,
  type PicturePlan,
  photosAt,
  type RecognizedFace,
  type RecognizeOptions,
} from './pipeline/index.ts';
export { type Findings, Semblance, type SemblanceOptions, type Verification } from './semblance/index.ts';
