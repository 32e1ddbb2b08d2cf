import type { Box, Face, Landmarks } from '@semblance/face/geometry';
import { iou } from '@semblance/face/geometry';
import { type Image, type Picture, pixelsOf } from '@semblance/face/image';
import type { DetectOptions } from '@semblance/face/models';
import type { FaceDetector } from '@semblance/face/pipeline';

export interface TestTimeOptions {
  /** Shorter sides that the photo is brought to, one pass each; none leaves the scale to the detector's options. */
  shortSides?: readonly number[];
  /** Longer side that no pass exceeds (Infinity). */
  longSide?: number;
  /** Adds a mirrored pass to each (false). */
  flip?: boolean;
  /** Boxes of several passes that overlap by this IoU or more are one face (0.4). */
  voteThreshold?: number;
  detect?: DetectOptions;
}

/**
 * Detects at several scales and mirrored, and puts the passes together by box voting.
 *
 * For a short side s the scale is s / min(width, height), or less so that the longer side stays within `longSide`: the
 * rule "1600, at most 2150" of RetinaFace's evaluation is `{ shortSides: [1600], longSide: 2150 }`. A single pass gives
 * what the detector gives.
 *
 * @throws what the detector throws
 * @example
 * ```ts
 * import { decodeImage, loadDetector } from '@semblance/face';
 * import { detectAugmented } from '@semblance/lab';
 *
 * await using detector = await loadDetector('models/detector');
 * const image = await decodeImage('photo.jpg');
 * const faces = await detectAugmented(detector, image, { shortSides: [64, 128], flip: true });
 * console.log(faces[0]?.score);
 * ```
 */
export async function detectAugmented(
  detector: FaceDetector,
  image: Picture,
  {
    shortSides = [],
    longSide = Infinity,
    flip = false,
    voteThreshold = 0.4,
    detect = {},
  }: TestTimeOptions = {},
): Promise<Face[]> {
  const { width, height } = image;
  const scales = shortSides.map((side) =>
    Math.min(side / Math.min(width, height), longSide / Math.max(width, height)),
  );
  const passes: Face[][] = [];
  const pictures = flip ? [image, mirror(await pixelsOf(image))] : [image];
  for (const scale of scales.length > 0 ? [...new Set(scales)] : [detect.scale]) {
    for (const picture of pictures) {
      const faces = await detector.detect(picture, { ...detect, ...(scale === undefined ? {} : { scale }) });
      passes.push(picture === image ? faces : faces.map((face) => mirrorFace(face, width)));
    }
  }
  return passes.length === 1 ? passes[0]! : voteBoxes(passes.flat(), voteThreshold);
}

/**
 * Box voting: by falling score, each face takes the others that overlap it by IoU ≥ threshold with it, and its box
 * becomes their mean, weighted by score: Σ s·b / Σ s. It keeps its own score and landmarks.
 *
 * @see Gidaris and Komodakis, Object detection via a multi-region and semantic segmentation-aware CNN model, 2015
 */
export function voteBoxes(faces: readonly Face[], threshold = 0.4): Face[] {
  let left = [...faces].sort((a, b) => b.score - a.score);
  const voted: Face[] = [];
  while (left.length > 0) {
    const best = left[0]!;
    const voters = left.filter((face) => face === best || iou(face.box, best.box) >= threshold);
    const total = voters.reduce((sum, { score }) => sum + score, 0);
    const mean = (k: number): number =>
      voters.reduce((sum, { box, score }) => sum + score * box[k]!, 0) / total;
    const box: Box = total > 0 ? [mean(0), mean(1), mean(2), mean(3)] : best.box;
    voted.push({ ...best, box });
    const gone = new Set(voters);
    left = left.filter((face) => !gone.has(face));
  }
  return voted;
}

/** The picture with left and right exchanged. */
function mirror({ data, width, height }: Image): Image {
  const out = new Uint8Array(data.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = 3 * (row * width + column);
      const to = 3 * (row * width + width - 1 - column);
      for (let k = 0; k < 3; k++) out[to + k] = data[from + k]!;
    }
  }
  return { data: out, width, height };
}

/** A face of the mirrored picture in the picture itself: the left eye was the right one. */
function mirrorFace({ box: [x1, y1, x2, y2], score, landmarks }: Face, width: number): Face {
  const at = ([x, y]: [number, number]): [number, number] => [width - x, y];
  const mirrored: Landmarks | null =
    landmarks && [landmarks[1]!, landmarks[0]!, landmarks[2]!, landmarks[4]!, landmarks[3]!].map(at);
  return { box: [width - x2, y1, width - x1, y2], score, landmarks: mirrored };
}
