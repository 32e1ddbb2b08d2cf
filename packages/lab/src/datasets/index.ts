/**
 * Datasets read and written: people, pairs, detection labels, RecordIO, tar, MAT files.
 *
 * @module
 */

export { parseVerificationBin, readVerificationBin, type VerificationBin } from './bin/verification-bin.ts';
export { parseCocoLabels } from './coco-labels.ts';
export { type DetectionFormatName, detectionFormats, readDetectionLabels } from './detection-labels.ts';
export { parseDlibLabels } from './dlib-labels.ts';
export { type FacesInPhoto, facesInPhoto } from './faces-in-photo.ts';
export type { ImageList, OpenImages } from './image-list.ts';
export { countImages, openImages, selectImages } from './image-lists/index.ts';
export type { LabelledFace, LabelledImage, LabelOptions, ParsedLabels } from './label-types.ts';
export { type MatValue, parseMatFile } from './mat-file.ts';
export { formatPairs, type ImagePair, type Pairs, parsePairs, readPairs } from './pairs.ts';
export { type Person, type PersonFolders, readPersonFolders } from './person-folders.ts';
export type { PersonSource, PersonSourceKindName, WritePersonOptions } from './person-source.ts';
export { personSourceKinds, readPersonSource, writePersonSource } from './person-sources/index.ts';
export { type DatasetTask, recogniseDataset } from './recognise.ts';
export * from './recordio/index.ts';
export { parseRetinafaceLabels } from './retinaface-labels.ts';
export { parseScrfdLabels } from './scrfd-labels.ts';
export {
  readWiderGroundTruth,
  type WiderPhoto,
  type WiderSubset,
  widerSubsets,
} from './wider-ground-truth.ts';
export { parseWiderLabels } from './wider-labels.ts';
export { type WriteDetectionOptions, writeDetectionLabels } from './write-detection-labels.ts';
