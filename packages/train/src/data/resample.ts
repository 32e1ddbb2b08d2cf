import type { Image } from '@semblance/face/image';

/** The interpolations a detector is trained with, so that it depends on none of them. */
export const interpolations = ['nearest', 'linear', 'cubic', 'area', 'lanczos'] as const;
export type Interpolation = (typeof interpolations)[number];

/**
 * The image at another size, with pixel centres mapped as x' + ½ = (x + ½) · width' / width.
 *
 * As in OpenCV, only `area` averages over the pixels that vanish when shrinking: the others take a fixed
 * number of neighbours (1, 2, 4 and 8 a side), and their aliasing is part of the augmentation. Separable, in
 * plain arrays: the same bytes on every machine.
 */
export function resample(image: Image, width: number, height: number, how: Interpolation): Image {
  if (width === image.width && height === image.height) return image;
  const across = axisTaps(image.width, width, how);
  const down = axisTaps(image.height, height, how);

  const { data } = image;
  const rows = new Float32Array(image.height * width * 3);
  for (let y = 0, out = 0; y < image.height; y++) {
    const row = y * image.width * 3;
    for (let x = 0; x < width; x++) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let t = 0, tap = x * across.count; t < across.count; t++, tap++) {
        const weight = across.weights[tap]!;
        const at = row + across.indices[tap]! * 3;
        r += weight * data[at]!;
        g += weight * data[at + 1]!;
        b += weight * data[at + 2]!;
      }
      rows[out++] = r;
      rows[out++] = g;
      rows[out++] = b;
    }
  }

  // Uint8ClampedArray rounds and clamps on store: cubic and lanczos overshoot.
  const pixels = new Uint8ClampedArray(width * height * 3);
  const stride = width * 3;
  const sums = new Float32Array(stride);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let t = 0, tap = y * down.count; t < down.count; t++, tap++) {
      const weight = down.weights[tap]!;
      if (weight === 0) continue;
      const row = down.indices[tap]! * stride;
      for (let k = 0; k < stride; k++) sums[k]! += weight * rows[row + k]!;
    }
    pixels.set(sums, y * stride);
  }
  return { data: new Uint8Array(pixels.buffer), width, height };
}

interface AxisTaps {
  /** Taps of an output pixel. */
  count: number;
  /** Source index of tap t of output pixel x at x · count + t. */
  indices: Int32Array;
  weights: Float32Array;
}

function axisTaps(from: number, to: number, how: Interpolation): AxisTaps {
  const scale = from / to;
  if (how === 'area' && scale > 1) return areaTaps(from, to, scale);
  const kernel = kernels[how];
  const count = kernel.reach * 2;
  const indices = new Int32Array(to * count);
  const weights = new Float32Array(to * count);
  for (let x = 0; x < to; x++) {
    const centre = (x + 0.5) * scale - 0.5;
    const first = Math.floor(centre) - kernel.reach + 1;
    let sum = 0;
    for (let t = 0; t < count; t++) sum += kernel.weight(centre - (first + t));
    for (let t = 0; t < count; t++) {
      indices[x * count + t] = Math.min(Math.max(first + t, 0), from - 1);
      weights[x * count + t] = kernel.weight(centre - (first + t)) / sum;
    }
  }
  return { count, indices, weights };
}

/** Each output pixel is the mean of the source under it, edge pixels counted by their covered part. */
function areaTaps(from: number, to: number, scale: number): AxisTaps {
  const count = Math.ceil(scale) + 1;
  const indices = new Int32Array(to * count);
  const weights = new Float32Array(to * count);
  for (let x = 0; x < to; x++) {
    const start = x * scale;
    const end = start + scale;
    for (let t = 0; t < count; t++) {
      const source = Math.floor(start) + t;
      const covered = Math.min(end, source + 1) - Math.max(start, source);
      indices[x * count + t] = Math.min(source, from - 1);
      weights[x * count + t] = source < from && covered > 0 ? covered / scale : 0;
    }
  }
  return { count, indices, weights };
}

interface Kernel {
  /** Neighbours on each side. */
  reach: number;
  weight(distance: number): number;
}

const linear: Kernel = { reach: 1, weight: (d) => Math.max(0, 1 - Math.abs(d)) };

const kernels: Record<Interpolation, Kernel> = {
  // A half-open interval, so that a pixel half-way between two takes one of them and not both or none.
  nearest: { reach: 1, weight: (d) => (d >= -0.5 && d < 0.5 ? 1 : 0) },
  linear,
  // Enlarging by area is linear interpolation.
  area: linear,
  cubic: {
    reach: 2,
    weight(d) {
      const a = -0.75;
      const x = Math.abs(d);
      if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    },
  },
  lanczos: {
    reach: 4,
    weight(d) {
      if (d === 0) return 1;
      if (Math.abs(d) >= 4) return 0;
      const x = Math.PI * d;
      return (4 * Math.sin(x) * Math.sin(x / 4)) / (x * x);
    },
  },
};
