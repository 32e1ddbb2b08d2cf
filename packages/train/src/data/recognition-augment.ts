import type { Random } from '@semblance/core/random';
import type { Image } from '@semblance/face/image';

/** How aligned crops are varied in training: adding a kind is one entry. */
export const recognitionAugmentations = {
  /** Crops as they are. */
  none: {},
  /** Mirrored half of the time: all that large sets need, where more does harm. */
  flip: { flip: true },
  /** Mirrored, moved, scaled and relit a little. */
  light: { flip: true, shift: 0.04, zoom: 0.06, light: 0.25 },
  /** Besides turned, bleached and partly covered: for sets of some thousand photos, which are soon known by heart. */
  strong: { flip: true, shift: 0.05, zoom: 0.1, turnDegrees: 8, light: 0.35, grey: 0.1, cover: 0.4 },
} satisfies Record<string, RecognitionAugmentation>;

export type RecognitionAugmentationName = keyof typeof recognitionAugmentations;

/** Every strength is 0 if not given. */
export interface RecognitionAugmentation {
  flip?: boolean;
  /** Largest shift as a part of the side. */
  shift?: number;
  /** Largest change of scale: 1 − zoom … 1 + zoom. */
  zoom?: number;
  /** Largest turn to either side. */
  turnDegrees?: number;
  /** Largest change of contrast, and of brightness as a part of 128. */
  light?: number;
  /** Probability of losing all colour. */
  grey?: number;
  /** Probability of a rectangle of 2 to 15 % of the crop being covered by one colour. */
  cover?: number;
}

/**
 * Writes a varied copy of a square crop into `out`: mirrored, moved, scaled, turned, relit and covered as the
 * stream says.
 *
 * @param out S·S·3 bytes, row by row, R, G, B
 */
export function augmentCrop(
  crop: Image,
  rng: Random,
  augmentation: RecognitionAugmentation,
  out: Uint8Array,
): void {
  const { flip = false, shift = 0, zoom = 0, turnDegrees = 0, light = 0, grey = 0, cover = 0 } = augmentation;
  const isMirrored = flip && rng.chance();
  if (shift === 0 && zoom === 0 && turnDegrees === 0 && light === 0) {
    if (isMirrored) copyMirrored(crop, out);
    else out.set(crop.data);
  } else {
    const size = crop.width;
    const scale = 1 + rng.range(-zoom, zoom);
    const shiftX = rng.range(-shift, shift) * size;
    const shiftY = rng.range(-shift, shift) * size;
    const contrast = 1 + rng.range(-light, light);
    const brightness = rng.range(-light, light) * 128;
    const turn = (turnDegrees > 0 ? rng.range(-turnDegrees, turnDegrees) : 0) * (Math.PI / 180);
    const tone = new Uint8ClampedArray(256);
    for (let v = 0; v < 256; v++) tone[v] = (v - 128) * contrast + 128 + brightness;
    const [cos, sin] = [scale * Math.cos(turn), scale * Math.sin(turn)];
    const sign = isMirrored ? -1 : 1;
    warp(crop, out, { xx: sign * cos, xy: -sin, yx: sign * sin, yy: cos, shiftX, shiftY }, tone);
  }
  if (grey > 0 && rng.chance(grey)) bleach(out);
  if (cover > 0 && rng.chance(cover)) coverPart(out, crop.width, rng);
}

/** Source position of an output pixel about the centre: (xx·x + xy·y + shiftX, yx·x + yy·y + shiftY). */
export interface Warp {
  xx: number;
  xy: number;
  yx: number;
  yy: number;
  shiftX: number;
  shiftY: number;
}

/** Bilinear sampling, edge pixels repeated outwards. */
export function warp(crop: Image, out: Uint8Array, map: Warp, tone: Uint8ClampedArray): void {
  const { data, width: size } = crop;
  const { xx, xy, yx, yy, shiftX, shiftY } = map;
  const centre = (size - 1) / 2;
  const last = size - 1;
  const stride = size * 3;
  for (let y = 0, to = 0; y < size; y++) {
    const rowX = xy * (y - centre) + centre + shiftX;
    const rowY = yy * (y - centre) + centre + shiftY;
    for (let x = 0; x < size; x++) {
      const sourceX = Math.min(Math.max(xx * (x - centre) + rowX, 0), last);
      const sourceY = Math.min(Math.max(yx * (x - centre) + rowY, 0), last);
      const left = Math.min(Math.floor(sourceX), last - 1);
      const top = Math.min(Math.floor(sourceY), last - 1);
      const u = sourceX - left;
      const v = sourceY - top;
      const at = top * stride + left * 3;
      for (let c = 0; c < 3; c++, to++) {
        const upper = data[at + c]! + u * (data[at + 3 + c]! - data[at + c]!);
        const lower = data[at + stride + c]! + u * (data[at + stride + 3 + c]! - data[at + stride + c]!);
        out[to] = tone[Math.floor(upper + v * (lower - upper) + 0.5)]!;
      }
    }
  }
}

/** Every pixel becomes its luminance (ITU-R BT.601). */
function bleach(pixels: Uint8Array): void {
  for (let i = 0; i < pixels.length; i += 3) {
    const value = 0.299 * pixels[i]! + 0.587 * pixels[i + 1]! + 0.114 * pixels[i + 2]! + 0.5;
    pixels.fill(value, i, i + 3);
  }
}

/** Covers a rectangle, as a hand or a microphone would. Zhong et al., "Random Erasing Data Augmentation" (2017). */
function coverPart(pixels: Uint8Array, size: number, rng: Random): void {
  const area = rng.range(0.02, 0.15) * size * size;
  const aspect = Math.exp(rng.range(-0.7, 0.7));
  const width = Math.min(size, Math.max(1, Math.round(Math.sqrt(area * aspect))));
  const height = Math.min(size, Math.max(1, Math.round(Math.sqrt(area / aspect))));
  const left = rng.below(size - width + 1);
  const top = rng.below(size - height + 1);
  const colour = [rng.below(256), rng.below(256), rng.below(256)];
  for (let y = top; y < top + height; y++) {
    for (let x = left; x < left + width; x++) pixels.set(colour, (y * size + x) * 3);
  }
}

function copyMirrored({ data, width, height }: Image, out: Uint8Array): void {
  for (let y = 0; y < height; y++) {
    let from = y * width * 3;
    for (let to = (y * width + width - 1) * 3, x = 0; x < width; x++, to -= 3) {
      out[to] = data[from++]!;
      out[to + 1] = data[from++]!;
      out[to + 2] = data[from++]!;
    }
  }
}
