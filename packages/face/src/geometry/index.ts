/**
 * Boxes, landmarks, anchors and similarities.
 *
 * @module
 */

export { type AnchorLayout, buildAnchors, countAnchors } from './anchors.ts';
export { boxArea, clipBox, growBox, iou } from './box.ts';
export { nms } from './nms.ts';
export { applySimilarity, invertSimilarity, type Similarity, similarityTransform } from './similarity.ts';
export type { Box, Face, Landmarks, Point } from './types.ts';
export { type Anchor, DEFAULT_VARIANCES, decodeBox, decodeLandmarks, type Variances } from './variances.ts';
