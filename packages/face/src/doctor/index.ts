/**
 * What is wrong with photos that people are to be known by, and with galleries of them.
 *
 * @module
 */

export { judgePhoto, type PhotoFinding, requireGoodPhoto } from './check-photo.ts';
export { type CropMeasures, measureCrop } from './crop-measures.ts';
export { type ExamineOptions, examineGallery, type FacePicture } from './examine-gallery.ts';
export type {
  AlikeSubjects,
  CheckedFace,
  DuplicateFaces,
  GalleryCheckup,
  LikelyMislabel,
  MissingPhoto,
} from './gallery-checkup.ts';
export { type HeadPose, headPose } from './head-pose.ts';
export { type MeasuredFace, measureFace, type PhotoFacts } from './photo-facts.ts';
export {
  type CheckMode,
  checkModes,
  type PhotoLimit,
  type PhotoProblem,
  photoLimits,
} from './photo-limits.ts';
