/** Handwritten-looking digits, drawn from a seed: the dataset of torch-mnist.ts, in a module so that threads can open it. */
import { fromArray, type Tensor } from '@semblance/torch';
import type { Dataset } from '@semblance/torch/data';

export const side = 28;

// The strokes of 0 to 9 as points on a board of 4 × 6.
const strokes = [
  '1,0 3,0 4,2 4,4 3,6 1,6 0,4 0,2 1,0', '1,1 2,0 2,6', '0,1 1,0 3,0 4,1 4,2 0,6 4,6',
  '0,0 4,0 2,2 4,4 3,6 1,6 0,5', '3,6 3,0 0,4 4,4', '4,0 0,0 0,3 3,2 4,4 3,6 0,6',
  '3,0 1,2 0,4 1,6 3,6 4,5 3,3 1,3', '0,0 4,0 1,6', '2,3 0,2 1,0 3,0 4,2 2,3 0,4 1,6 3,6 4,4 2,3',
  '1,6 3,4 4,2 3,0 1,0 0,1 1,3 3,3',
].map((text) => text.split(' ').map((point) => point.split(',').map(Number) as [number, number])); // biome-ignore format: a table

/** Uniform numbers from a seed (mulberry32). */
function randomOf(seed: number): (low: number, high: number) => number {
  let state = seed;
  return (low, high) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return low + ((high - low) * ((t ^ (t >>> 14)) >>> 0)) / 2 ** 32;
  };
}

/** Brightness 0 to 1, row by row: turned, sheared, stretched, shifted, another pen, some noise. */
function draw(digit: number, seed: number): Float32Array {
  const random = randomOf(Math.imul(seed + 1, 0x9e3779b1));
  const [turn, shear, size, pen] = [
    random(-0.25, 0.25),
    random(-0.2, 0.3),
    random(2.6, 3.4),
    random(0.7, 1.4),
  ];
  const [left, top] = [side / 2 + random(-2, 2), side / 2 + random(-2, 2)];
  const points = strokes[digit]!.map(([px, py]) => {
    const [x, y] = [px - 2 + shear * (3 - py) + random(-0.2, 0.2), py - 3 + random(-0.2, 0.2)];
    return [
      left + size * (x * Math.cos(turn) - y * Math.sin(turn)),
      top + size * (x * Math.sin(turn) + y * Math.cos(turn)),
    ] as const;
  });
  return Float32Array.from({ length: side * side }, (_, at) => {
    const [x, y] = [at % side, Math.floor(at / side)];
    let near = Infinity;
    for (let i = 1; i < points.length; i++) {
      const [[ax, ay], [bx, by]] = [points[i - 1]!, points[i]!];
      const [dx, dy] = [bx - ax, by - ay];
      const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      near = Math.min(near, Math.hypot(x - ax - along * dx, y - ay - along * dy));
    }
    return Math.max(0, Math.min(1, pen + 0.5 - near)) * 0.9 + random(0, 0.1);
  });
}

export class Digits implements Dataset<[image: Tensor, label: bigint]> {
  readonly length: number;
  readonly #seed: number;

  constructor({ count, seed }: { count: number; seed: number }) {
    this.length = count;
    this.#seed = seed;
  }

  get(index: number): [image: Tensor, label: bigint] {
    const digit = index % 10;
    return [fromArray(draw(digit, this.#seed + index), [1, side, side]), BigInt(digit)];
  }
}

export default (data: { count: number; seed: number }): Digits => new Digits(data);
