import type { Face } from '../geometry/types.ts';
import type { Image } from '../image/image.ts';

/** What the quality of a face is made of, each from 0 (useless) to 1 (as good as any). */
export interface Quality {
  /** The product of the others. */
  quality: number;
  /** Distance between the eyes against that of the 112 × 112 template: large enough from 1 on. */
  size: number;
  /** Detail left in the aligned crop: 0 for a smear. */
  sharpness: number;
  /** 1 seen from the front; 0 in profile. */
  pose: number;
  /** The detector's score. */
  score: number;
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));

/**
 * How well a face can be recognised, judged without a network: size · sharpness · pose · score.
 *
 * size = √(eye–mouth distance in pixels / 40), at most 1, since an aligned crop shows 40 of its own there;
 * sharpness = mean of max(0, |Laplacian| − 2) over the mean contrast, in the inner part of the crop, against
 * 0.12, which 95 % of press photos exceed; a Gaussian blur of σ = 2 pixels leaves 0.4 of it, σ = 3 leaves 0.1;
 * pose from where the nose stands between the eyes and the mouth corners: in the middle of the template's
 * is 1, beyond an eye is 0.
 *
 * @param crop the aligned crop of the face.
 * @param face box, landmarks and score, in pixels of the picture
 * @example
 * ```ts
 * import { alignFace, decodeImage, faceQuality, loadDetector } from '@semblance/face';
 *
 * await using detector = await loadDetector('models/detector');
 * const image = await decodeImage('photo.jpg');
 * const [face] = await detector.detect(image);
 * const { quality, size, sharpness, pose, score } = faceQuality(face!, alignFace(image, face!.landmarks!));
 * console.log(Math.abs(quality - size * sharpness * pose * score) < 1e-9); // true
 * ```
 */
export function faceQuality(face: Face, crop: Image): Quality {
  const size = face.landmarks ? clamp(Math.sqrt(faceHeight(face.landmarks) / 40)) : 0;
  const pose = face.landmarks ? frontality(face.landmarks) : 0;
  const sharpness = cropSharpness(crop);
  const score = clamp(face.score);
  return { quality: size * sharpness * pose * score, size, sharpness, pose, score };
}

type Points = NonNullable<Face['landmarks']>;

/** Pixels from the middle of the eyes to the middle of the mouth: unlike the eyes' distance, it outlasts a turned head. */
function faceHeight([leftEye, rightEye, , leftMouth, rightMouth]: Points): number {
  const dx = (leftMouth![0] + rightMouth![0] - leftEye![0] - rightEye![0]) / 2;
  const dy = (leftMouth![1] + rightMouth![1] - leftEye![1] - rightEye![1]) / 2;
  return Math.hypot(dx, dy);
}

/** 1 − the nose's distance from the middle line, in halves of the eyes' distance, squared. */
function frontality([leftEye, rightEye, nose, leftMouth, rightMouth]: Points): number {
  const eyes = [(leftEye![0] + rightEye![0]) / 2, (leftEye![1] + rightEye![1]) / 2] as const;
  const mouth = [(leftMouth![0] + rightMouth![0]) / 2, (leftMouth![1] + rightMouth![1]) / 2] as const;
  const [downX, downY] = [mouth[0] - eyes[0], mouth[1] - eyes[1]];
  const height = Math.hypot(downX, downY);
  if (!(height > 0)) return 0;
  // Across: from the middle line of the face; along: 0 at the eyes, 1 at the mouth.
  const [noseX, noseY] = [nose![0] - eyes[0], nose![1] - eyes[1]];
  const across = Math.abs(noseX * downY - noseY * downX) / height;
  const along = (noseX * downX + noseY * downY) / (height * height);
  // Half the eyes' distance of a face seen from the front is 0.435 of its eye–mouth distance.
  const turned = clamp(across / (0.435 * height));
  const tilted = clamp(Math.abs(along - 0.49) / 0.5);
  return (1 - turned ** 2) * (1 - tilted ** 2);
}

/** Detail over contrast of a photo that is just clear. */
const CLEAR = 0.12;
/** Steps of brightness that rounding to 8 bits makes, and that are no detail. */
const ROUNDING = 2;

/** Brightness of each pixel of the crop that is judged: kept for the next, since all crops are of one size. */
let greys = new Float64Array(0);

/** Detail of the brightness in the middle of the crop, over its contrast. */
function cropSharpness({ data, width, height }: Image): number {
  const [left, right] = [Math.floor(width * 0.25), Math.ceil(width * 0.75)];
  const [top, bottom] = [Math.floor(height * 0.3), Math.ceil(height * 0.9)];
  // each pixel is looked at five times: by itself and by its neighbours
  if (greys.length !== width * height) greys = new Float64Array(width * height);
  for (let i = Math.max(0, top - 1) * width; i < Math.min(height, bottom + 1) * width; i++) {
    greys[i] = 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!;
  }
  let [sum, count] = [0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++, count++) sum += greys[at]!;
  }
  const mean = sum / count;
  let [detail, contrast] = [0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++) {
      const here = greys[at]!;
      const laplacian = 4 * here - greys[at - 1]! - greys[at + 1]! - greys[at - width]! - greys[at + width]!;
      detail += Math.max(0, Math.abs(laplacian) - ROUNDING);
      contrast += Math.abs(here - mean);
    }
  }
  return contrast > 0 ? clamp(detail / contrast / CLEAR) : 0;
}
