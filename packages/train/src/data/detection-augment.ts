import type { Random } from '@semblance/core/random';
import { cropImage, type Image } from '@semblance/face/image';
import {
  clipTargets,
  type FaceTargets,
  mapTargets,
  numFaces,
  selectFaces,
} from '../detector/face-targets.ts';
import { type DistortStrength, distort } from './distort.ts';
import { interpolations, resample } from './resample.ts';

export interface DetectionSample {
  image: Image;
  targets: FaceTargets;
}

export interface DetectionAugmentation {
  /** Side of the square the network sees, in pixels. */
  inputSize: number;
  /** Sides of the square crops as parts of the image's short side; none for no crop. */
  cropScales: readonly number[];
  /**
   * What is cropped or padded is up to so many times as wide as high, or as high as wide, and becomes a square all the
   * same: for detectors of photos that are stretched, and of faces seen from the side. 1 for squares alone.
   */
  stretch: number;
  distortion: DistortStrength | null;
  mirror: boolean;
  /** Colour of padding: the mean the network subtracts, so that padding is zero to it. */
  padRgb: readonly [number, number, number];
  /** Faces smaller than this in the final square are left out, in pixels. */
  minFace: number;
}

/** RetinaFace's crops. */
export const retinafaceCropScales = [0.3, 0.45, 0.6, 0.8, 1] as const;

const maxCropTries = 250;

/**
 * RetinaFace's augmentation: crop → distort colours → pad to a square if there was no crop → mirror → resize, with
 * the crop and the padding of another shape than a square where `stretch` is above 1.
 *
 * A pure function of its arguments: the sample given is not changed, and the same rng stream gives the same
 * result. Boxes are clipped to the image; faces whose centre is outside the crop are left out, and so are those without
 * an area: their log-size would be infinite.
 *
 * Deng et al., "RetinaFace" (2019), as in biubug6/Pytorch_Retinaface.
 */
export function augmentDetection(
  given: DetectionSample,
  rng: Random,
  augmentation: DetectionAugmentation,
): DetectionSample {
  const { inputSize, distortion, padRgb, stretch } = augmentation;
  const aspect = stretch > 1 ? stretch ** rng.range(-1, 1) : 1;
  const { width, height } = given.image;
  const sample = { image: given.image, targets: clipTargets(given.targets, width, height) };
  const crop = randomCrop(sample, rng, augmentation.cropScales, aspect);
  let { image, targets } = crop ?? sample;
  if (distortion) image = distort(image, rng, distortion);
  if (!crop) image = padTo(image, aspect, padRgb);
  if (augmentation.mirror && rng.chance()) ({ image, targets } = mirror({ image, targets }));
  const scaleX = inputSize / image.width;
  const scaleY = inputSize / image.height;
  const how = interpolations[rng.below(interpolations.length)]!;
  image = resample(image, inputSize, inputSize, how);
  targets = withoutTiny(mapTargets(targets, scaleX, 0, scaleY, 0), augmentation.minFace);
  return { image, targets };
}

/**
 * A crop with at least one face wholly inside, or undefined where 250 tries find none.
 *
 * @param scales sizes as parts of the largest crop of this aspect, of which each try draws one
 * @param aspect width / height
 */
export function randomCrop(
  { image, targets }: DetectionSample,
  rng: Random,
  scales: readonly number[],
  aspect = 1,
): DetectionSample | undefined {
  const largest = Math.min(image.width, image.height * aspect);
  const n = numFaces(targets);
  if (n === 0 || scales.length === 0) return undefined;
  const { boxes } = targets;
  for (let tries = 0; tries < maxCropTries; tries++) {
    const scale = scales[rng.below(scales.length)]!;
    const width = Math.max(1, Math.floor(scale * largest));
    const height = Math.min(image.height, Math.max(1, Math.floor((scale * largest) / aspect)));
    const left = rng.below(image.width - width + 1);
    const top = rng.below(image.height - height + 1);
    let hasWholeFace = false;
    const kept: number[] = [];
    for (let i = 0; i < n; i++) {
      const x1 = boxes[4 * i]! - left;
      const y1 = boxes[4 * i + 1]! - top;
      const x2 = boxes[4 * i + 2]! - left;
      const y2 = boxes[4 * i + 3]! - top;
      hasWholeFace ||= x1 >= 0 && y1 >= 0 && x2 <= width && y2 <= height && x2 > x1 && y2 > y1;
      const centreX = (x1 + x2) / 2;
      const centreY = (y1 + y2) / 2;
      if (centreX > 0 && centreX < width && centreY > 0 && centreY < height) kept.push(i);
    }
    if (!hasWholeFace) continue;
    const moved = mapTargets(selectFaces(targets, kept), 1, -left, 1, -top);
    const clip = (value: number, i: number) => Math.min(Math.max(value, 0), i % 2 === 0 ? width : height);
    const clipped = { ...moved, boxes: moved.boxes.map(clip), landmarks: moved.landmarks.map(clip) };
    return { image: cropImage(image, { left, top, width, height }), targets: clipped };
  }
  return undefined;
}

/** The sample mirrored left to right: eyes and mouth corners change places, so that left stays left. */
export function mirror({ image, targets }: DetectionSample): DetectionSample {
  const { width, height } = image;
  const data = new Uint8Array(image.data.length);
  for (let y = 0; y < height; y++) {
    for (
      let x = 0, from = y * width * 3, to = (y * width + width - 1) * 3;
      x < width;
      x++, from += 3, to -= 3
    ) {
      data[to] = image.data[from]!;
      data[to + 1] = image.data[from + 1]!;
      data[to + 2] = image.data[from + 2]!;
    }
  }
  const boxes = new Float32Array(targets.boxes.length);
  const landmarks = new Float32Array(targets.landmarks.length);
  for (let i = 0; i < boxes.length; i += 4) {
    boxes[i] = width - targets.boxes[i + 2]!;
    boxes[i + 1] = targets.boxes[i + 1]!;
    boxes[i + 2] = width - targets.boxes[i]!;
    boxes[i + 3] = targets.boxes[i + 3]!;
  }
  const swapped = [1, 0, 2, 4, 3];
  for (let i = 0; i < landmarks.length; i += 10) {
    for (const [to, from] of swapped.entries()) {
      landmarks[i + 2 * to] = width - targets.landmarks[i + 2 * from]!;
      landmarks[i + 2 * to + 1] = targets.landmarks[i + 2 * from + 1]!;
    }
  }
  return { image: { data, width, height }, targets: { ...targets, boxes, landmarks } };
}

/** The image in the top left corner of the smallest one of this aspect (width / height) that holds it. */
export function padTo(image: Image, aspect: number, rgb: readonly [number, number, number]): Image {
  const width = Math.max(image.width, Math.round(image.height * aspect));
  const height = Math.max(image.height, Math.round(image.width / aspect));
  if (width === image.width && height === image.height) return image;
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i += 3) data.set(rgb, i);
  for (let y = 0; y < image.height; y++) {
    const from = y * image.width * 3;
    data.set(image.data.subarray(from, from + image.width * 3), y * width * 3);
  }
  return { data, width, height };
}

function withoutTiny(targets: FaceTargets, minFace: number): FaceTargets {
  const { boxes } = targets;
  const kept: number[] = [];
  for (let i = 0; i < numFaces(targets); i++) {
    const width = boxes[4 * i + 2]! - boxes[4 * i]!;
    const height = boxes[4 * i + 3]! - boxes[4 * i + 1]!;
    if (width >= minFace && height >= minFace) kept.push(i);
  }
  return kept.length === numFaces(targets) ? targets : selectFaces(targets, kept);
}
