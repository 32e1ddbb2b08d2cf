import type { Image } from '../image/image.ts';
import { resizeImage } from '../image/resize.ts';

/** What an aligned face says of its picture; brightness is 0 to 255. */
export interface CropMeasures {
  /** Variance of the Laplacian of the brightness in the inner face: little where it is blurred. */
  detail: number;
  /** Mean brightness of the inner face. */
  brightness: number;
  /** Standard deviation of the brightness there. */
  contrast: number;
  /** Share of it that is black or white: nothing is left there. */
  clipped: number;
  /** Difference of its left and its right half over their sum: 0 for light from the front. */
  unevenness: number;
  /** Mean brightness around the eyes over that of the cheeks: dark glasses are below a half. */
  eyeLight: number;
  /** Standard deviation of the brightness around the mouth over that around the eyes: a mask leaves little. */
  mouthDetail: number;
}

/** Side of the crop that is measured, in pixels: measures of other sizes could not be compared. */
const SIDE = 112;
const [BLACK, WHITE] = [12, 243];

/** A part of the crop, in its pixels. */
interface Part {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
const INNER: Part = { left: 28, top: 34, right: 84, bottom: 100 };
const LEFT_HALF: Part = { ...INNER, right: 56 };
const RIGHT_HALF: Part = { ...INNER, left: 56 };
const EYES: readonly Part[] = [38, 74].map((x) => ({ left: x - 9, top: 46, right: x + 9, bottom: 58 }));
const CHEEKS: readonly Part[] = [32, 80].map((x) => ({ left: x - 7, top: 66, right: x + 7, bottom: 80 }));
const MOUTH: Part = { left: 38, top: 82, right: 74, bottom: 102 };

/** Measures an aligned crop. */
export async function measureCrop(crop: Image): Promise<CropMeasures> {
  const isMeasured = crop.width === SIDE && crop.height === SIDE;
  const grey = greyOf(isMeasured ? crop : await resizeImage(crop, SIDE, SIDE));
  const inner = statistics(grey, INNER);
  const [left, right] = [statistics(grey, LEFT_HALF).mean, statistics(grey, RIGHT_HALF).mean];
  const eyes = EYES.map((part) => statistics(grey, part));
  const cheeks = mean(CHEEKS.map((part) => statistics(grey, part).mean));
  return {
    detail: laplacianVariance(grey, INNER),
    brightness: inner.mean,
    contrast: inner.deviation,
    clipped: inner.clipped,
    unevenness: Math.abs(left - right) / Math.max(1, left + right),
    eyeLight: mean(eyes.map((eye) => eye.mean)) / Math.max(1, cheeks),
    mouthDetail: statistics(grey, MOUTH).deviation / Math.max(1, mean(eyes.map((eye) => eye.deviation))),
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function greyOf({ data }: Image): Float64Array {
  const grey = new Float64Array(SIDE * SIDE);
  for (let i = 0; i < grey.length; i++)
    grey[i] = 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!;
  return grey;
}

function statistics(grey: Float64Array, { left, top, right, bottom }: Part) {
  let [sum, squares, clipped] = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const value = grey[y * SIDE + x]!;
      sum += value;
      squares += value * value;
      if (value < BLACK || value > WHITE) clipped++;
    }
  }
  const count = (right - left) * (bottom - top);
  const average = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - average * average));
  return { mean: average, deviation, clipped: clipped / count };
}

function laplacianVariance(grey: Float64Array, { left, top, right, bottom }: Part): number {
  let [sum, squares] = [0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = y * SIDE + left; at < y * SIDE + right; at++) {
      const value = 4 * grey[at]! - grey[at - 1]! - grey[at + 1]! - grey[at - SIDE]! - grey[at + SIDE]!;
      sum += value;
      squares += value * value;
    }
  }
  const count = (right - left) * (bottom - top);
  return squares / count - (sum / count) ** 2;
}
