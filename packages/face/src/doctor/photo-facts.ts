import type { Landmarks } from '../geometry/types.ts';
import type { Image } from '../image/image.ts';
import { type CropMeasures, measureCrop } from './crop-measures.ts';
import { type HeadPose, headPose } from './head-pose.ts';

/** What is measured of the face of a photo. */
export interface PhotoFacts extends CropMeasures, HeadPose {
  /** Faces that were found in the photo. */
  numFaces: number;
  /** Pixels of the photo from eye to eye, as if the head were not turned. */
  eyeDistance: number;
}

/** What is asked of a face that was found. */
export interface MeasuredFace {
  landmarks: Landmarks;
  /** The aligned crop. */
  crop: Image;
}

/**
 * Measures the face of a photo: its size, its pose by the five landmarks, its sharpness and light by the aligned crop.
 *
 * Five landmarks say nothing of what covers a face: dark glasses and masks are guessed from the crop's brightness, and hands or
 * hair are not seen at all.
 */
export async function measureFace({ landmarks, crop }: MeasuredFace, numFaces: number): Promise<PhotoFacts> {
  return {
    numFaces,
    eyeDistance: eyeDistance(landmarks),
    ...headPose(landmarks),
    ...(await measureCrop(crop)),
  };
}

/** From eye to eye, or what the height of the face says where a turned head brings the eyes together. */
function eyeDistance([left, right, , leftMouth, rightMouth]: Landmarks): number {
  const across = Math.hypot(right![0] - left![0], right![1] - left![1]);
  const dx = (leftMouth![0] + rightMouth![0] - left![0] - right![0]) / 2;
  const dy = (leftMouth![1] + rightMouth![1] - left![1] - right![1]) / 2;
  return Math.max(across, Math.hypot(dx, dy) / EYES_TO_MOUTH);
}

/** Of the alignment template: the distance from the eyes to the mouth, in eye distances. */
const EYES_TO_MOUTH = 1.154;
