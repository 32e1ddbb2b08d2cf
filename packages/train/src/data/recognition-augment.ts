import type { Image } from '@semblance/face';
import type { Rng } from './rng.ts';

/** How aligned crops are varied in training: adding a kind is one entry. */
export const recognitionAugmentations = {
  /** Crops as they are. */
  none: { flip: false, shift: 0, zoom: 0, light: 0 },
  /** Mirrored half of the time: all that large sets need, where more does harm. */
  flip: { flip: true, shift: 0, zoom: 0, light: 0 },
  /** Mirrored, moved, scaled and relit a little: for sets of some thousand photos. */
  light: { flip: true, shift: 0.04, zoom: 0.06, light: 0.25 },
} satisfies Record<string, RecognitionAugmentation>;

export type RecognitionAugmentationName = keyof typeof recognitionAugmentations;

export interface RecognitionAugmentation {
  flip: boolean;
  /** Largest shift as a part of the side. */
  shift: number;
  /** Largest change of scale: 1 − zoom … 1 + zoom. */
  zoom: number;
  /** Largest change of contrast, and of brightness as a part of 128. */
  light: number;
}

/**
 * Writes a varied copy of a square crop into `out`: mirrored, moved, scaled and relit as the stream says.
 *
 * @param out S·S·3 bytes, row by row, R, G, B
 */
export function augmentCrop(
  crop: Image,
  rng: Rng,
  { flip, shift, zoom, light }: RecognitionAugmentation,
  out: Uint8Array,
): void {
  const isMirrored = flip && rng.chance();
  if (shift === 0 && zoom === 0 && light === 0) {
    if (isMirrored) copyMirrored(crop, out);
    else out.set(crop.data);
    return;
  }
  const size = crop.width;
  const scale = 1 + rng.range(-zoom, zoom);
  const shiftX = rng.range(-shift, shift) * size;
  const shiftY = rng.range(-shift, shift) * size;
  const contrast = 1 + rng.range(-light, light);
  const brightness = rng.range(-light, light) * 128;
  const tone = new Uint8ClampedArray(256);
  for (let v = 0; v < 256; v++) tone[v] = (v - 128) * contrast + 128 + brightness;
  warp(crop, out, { scale: isMirrored ? -scale : scale, scaleY: scale, shiftX, shiftY }, tone);
}

interface Warp {
  /** Negative mirrors. */
  scale: number;
  scaleY: number;
  shiftX: number;
  shiftY: number;
}

/** Bilinear sampling about the centre, edge pixels repeated outwards. */
function warp(
  crop: Image,
  out: Uint8Array,
  { scale, scaleY, shiftX, shiftY }: Warp,
  tone: Uint8ClampedArray,
): void {
  const { data, width: size } = crop;
  const centre = (size - 1) / 2;
  const last = size - 1;
  const stride = size * 3;
  for (let y = 0, to = 0; y < size; y++) {
    const sourceY = Math.min(Math.max((y - centre) * scaleY + centre + shiftY, 0), last);
    const top = Math.min(Math.floor(sourceY), last - 1);
    const v = sourceY - top;
    for (let x = 0; x < size; x++) {
      const sourceX = Math.min(Math.max((x - centre) * scale + centre + shiftX, 0), last);
      const left = Math.min(Math.floor(sourceX), last - 1);
      const u = sourceX - left;
      const at = top * stride + left * 3;
      for (let c = 0; c < 3; c++, to++) {
        const upper = data[at + c]! + u * (data[at + 3 + c]! - data[at + c]!);
        const lower = data[at + stride + c]! + u * (data[at + stride + 3 + c]! - data[at + stride + c]!);
        out[to] = tone[Math.floor(upper + v * (lower - upper) + 0.5)]!;
      }
    }
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
