export { alignFace, alignFaces } from './align/index.ts';
export { asSemblanceError, type ErrorCode, isSemblanceError, SemblanceError } from './error.ts';
export {
  type BuildReport,
  buildGallery,
  createMemoryStore,
  Gallery,
  type GalleryStore,
  openSqliteStore,
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
  openModel,
  Recognizer,
  verifyModel,
} from './models/index.ts';
export {
  eachPhoto,
  FacePipeline,
  faceQuality,
  photosAt,
  type RecognizedFace,
  type RecognizeOptions,
} from './pipeline/index.ts';
