import { Random } from '@semblance/core/random';

/** Side of a picture in pixels. */
export const digitSide = 20;
export const numDigits = 8;

type Point = readonly [x: number, y: number];

/** A part of an ellipse as points, angles in turns from the right, clockwise. */
function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number): Point[] {
  return Array.from({ length: 9 }, (_, i) => {
    const turn = 2 * Math.PI * (from + ((to - from) * i) / 8);
    return [cx + rx * Math.cos(turn), cy + ry * Math.sin(turn)];
  });
}

/** The pen strokes of 0 to 7, in a square from −1 to 1, y downwards. */
const strokes: readonly (readonly Point[])[][] = [
  [arc(0, 0, 0.5, 0.8, 0, 1)],
  [[[-0.3, -0.5], [0.05, -0.8], [0.05, 0.8]]], // biome-ignore format: points
  [[...arc(0, -0.4, 0.45, 0.4, 0.5, 1.1), [-0.5, 0.8], [0.5, 0.8]]], // biome-ignore format: points
  [arc(-0.05, -0.4, 0.45, 0.4, 0.55, 1.25), arc(-0.05, 0.4, 0.5, 0.4, 0.75, 1.45)],
  [[[0.2, 0.8], [0.2, -0.8], [-0.5, 0.3], [0.5, 0.3]]], // biome-ignore format: points
  [[[0.45, -0.8], [-0.35, -0.8], [-0.4, -0.1], ...arc(-0.05, 0.3, 0.5, 0.48, 0.65, 1.4)]], // biome-ignore format: points
  [[[0.3, -0.8], [-0.3, -0.1], ...arc(0, 0.35, 0.45, 0.45, 0.5, 1.5)]], // biome-ignore format: points
  [[[-0.5, -0.8], [0.5, -0.8], [-0.1, 0.8]]], // biome-ignore format: points
];

export interface Digits {
  /** Brightness 0 to 1, [count, 1, side, side] row by row. */
  pixels: Float32Array;
  labels: BigInt64Array;
}

/**
 * Handwritten-looking digits from 0 to 7, drawn anew from a seed: each is turned, sheared, stretched, shifted and
 * written with another pen, on a noisy ground. Classes come in turn.
 */
export function drawDigits(count: number, seed: number): Digits {
  const pixels = new Float32Array(count * digitSide * digitSide);
  for (let n = 0; n < count; n++) {
    drawDigit(strokes[n % numDigits]!, Random.of(seed, n), pixels, n * digitSide * digitSide);
  }
  return { pixels, labels: BigInt64Array.from({ length: count }, (_, n) => BigInt(n % numDigits)) };
}

function drawDigit(shape: (readonly Point[])[], rng: Random, pixels: Float32Array, offset: number): void {
  const middle = digitSide / 2 - 0.5;
  const turn = rng.range(-0.3, 0.3);
  const shear = rng.range(-0.25, 0.25);
  const [width, height] = [rng.range(0.6, 0.85) * middle, rng.range(0.75, 0.95) * middle];
  const [dx, dy] = [rng.range(-1.5, 1.5), rng.range(-1.5, 1.5)];
  const pen = rng.range(0.7, 1.5);
  const place = ([x, y]: Point): Point => {
    const [px, py] = [
      (x + shear * y + rng.range(-0.05, 0.05)) * width,
      (y + rng.range(-0.05, 0.05)) * height,
    ];
    return [
      middle + dx + px * Math.cos(turn) - py * Math.sin(turn),
      middle + dy + px * Math.sin(turn) + py * Math.cos(turn),
    ];
  };
  const lines = shape.map((points) => points.map(place));
  const contrast = rng.range(0.7, 1);
  const near = squaredDistances(lines);
  for (let i = 0; i < near.length; i++) {
    const inked = Math.min(1, Math.max(0, pen + 0.5 - Math.sqrt(near[i]!)));
    pixels[offset + i] = inked * contrast + rng.range(0, 0.2);
  }
}

/** Of every pixel, the squared distance from the nearest line. */
function squaredDistances(lines: readonly (readonly Point[])[]): Float64Array {
  const near = new Float64Array(digitSide * digitSide).fill(Infinity);
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      const [ax, ay] = line[i - 1]!;
      const [bx, by] = line[i]!;
      const dx = bx - ax;
      const dy = by - ay;
      const square = dx * dx + dy * dy || 1;
      for (let y = 0; y < digitSide; y++) {
        for (let x = 0; x < digitSide; x++) {
          const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square));
          const ox = x - ax - t * dx;
          const oy = y - ay - t * dy;
          const at = y * digitSide + x;
          near[at] = Math.min(near[at]!, ox * ox + oy * oy);
        }
      }
    }
  }
  return near;
}
