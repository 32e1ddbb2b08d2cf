import { Random } from '@semblance/core/random';

/** Side of every noise tile, a power of two so that wrapping is a mask. */
const SIDE = 256;
const MASK = SIDE - 1;

/** Uniform noise in [0, 1), one value a cell. */
export const WHITE: Float32Array = makeWhite(1);
/** Cloud-like noise around 0.5 (five octaves, tileable). */
export const CLOUDS: Float32Array = makeClouds(2);
/** Streaks along y, fine across x: hair, brushed surfaces. */
export const STRANDS: Float32Array = makeStrands(3);

function makeWhite(seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: SIDE * SIDE }, () => random.next());
}

function makeClouds(seed: number): Float32Array {
  const random = new Random(seed);
  const tile = new Float32Array(SIDE * SIDE);
  let amplitude = 1;
  let total = 0;
  for (let cells = 8; cells <= 128; cells *= 2) {
    const lattice = Float32Array.from({ length: cells * cells }, () => random.next());
    const step = cells / SIDE;
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++)
        tile[y * SIDE + x]! += amplitude * sampleSquare(lattice, cells, x * step, y * step);
    }
    total += amplitude;
    amplitude *= 0.55;
  }
  for (let i = 0; i < tile.length; i++) tile[i] = 0.5 + 1.6 * (tile[i]! / total - 0.5);
  return tile;
}

function makeStrands(seed: number): Float32Array {
  const random = new Random(seed);
  const tile = new Float32Array(SIDE * SIDE);
  const coarse = Float32Array.from({ length: 32 * 32 }, () => random.next());
  for (let x = 0; x < SIDE; x++) {
    const phase = random.next() * SIDE;
    const level = random.next();
    for (let y = 0; y < SIDE; y++) {
      const along = sampleSquare(coarse, 32, x / 8, ((y + phase) % SIDE) / 8);
      tile[y * SIDE + x] = 0.45 * level + 0.35 * along + 0.2 * WHITE[x * SIDE + ((y >> 3) & MASK)]!;
    }
  }
  return tile;
}

/** Smooth (cubic) interpolation in a square lattice that wraps round. */
function sampleSquare(lattice: Float32Array, side: number, x: number, y: number): number {
  const xi = Math.floor(x);
  const yi = Math.floor(y);
  const fx = x - xi;
  const fy = y - yi;
  const wx = fx * fx * (3 - 2 * fx);
  const wy = fy * fy * (3 - 2 * fy);
  const x0 = ((xi % side) + side) % side;
  const y0 = ((yi % side) + side) % side;
  const x1 = (x0 + 1) % side;
  const y1 = (y0 + 1) % side;
  const top = lattice[y0 * side + x0]! * (1 - wx) + lattice[y0 * side + x1]! * wx;
  const bottom = lattice[y1 * side + x0]! * (1 - wx) + lattice[y1 * side + x1]! * wx;
  return top * (1 - wy) + bottom * wy;
}

/** Bilinear value of a tile at (x, y) in cells; any real coordinates, the tile wraps round. */
export function sampleTile(tile: Float32Array, x: number, y: number): number {
  const xf = Math.floor(x);
  const yf = Math.floor(y);
  const fx = x - xf;
  const fy = y - yf;
  const x0 = xf & MASK;
  const x1 = (x0 + 1) & MASK;
  const y0 = (yf & MASK) * SIDE;
  const y1 = ((yf + 1) & MASK) * SIDE;
  const top = tile[y0 + x0]! + (tile[y0 + x1]! - tile[y0 + x0]!) * fx;
  const bottom = tile[y1 + x0]! + (tile[y1 + x1]! - tile[y1 + x0]!) * fx;
  return top + (bottom - top) * fy;
}
