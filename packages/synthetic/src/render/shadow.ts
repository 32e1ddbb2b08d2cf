import { scratch } from '../core/arena.ts';
import type { Grid } from '../geometry/grid.ts';

/** Cells a side of the shadow map; coarse, because penumbras of faces are soft. */
const SIDE = 112;
/** What the map covers, mm from its centre. */
const REACH = 230;
const CENTRE_Y = -50;

/**
 * Depth of the nearest surface towards the key light, for the shadows of nose, brow, chin, hair and hat.
 * The map looks along the light with parallel rays.
 */
export class ShadowMap {
  readonly #depth = scratch.floats(SIDE * SIDE);
  /** Axes of the map: along its rows, its columns, and to the light. */
  readonly #axes: Float64Array;
  readonly #spread: number;

  /** @param hardness 0 soft to 1 hard edges. */
  constructor(direction: readonly [number, number, number], hardness: number) {
    const [x, y, z] = direction;
    const flat = Math.hypot(x, z) || 1e-6;
    const k = SIDE / 2 / REACH;
    this.#axes = Float64Array.of(
      (k * z) / flat,
      0,
      (-k * x) / flat,
      (-k * x * y) / flat,
      k * flat,
      (-k * z * y) / flat,
      x,
      y,
      z,
    );
    this.#spread = 1 + 2.2 * (1 - hardness);
    this.#depth.fill(-1e9);
  }

  /** Adds a surface that throws shadows (positions in camera axes, mm). */
  add(grid: Grid): void {
    const { cols, rows, position: p, hidden } = grid;
    const n = cols * rows;
    const q = scratch.floats(3 * n);
    const m = this.#axes;
    for (let i = 0; i < 3 * n; i += 3) {
      const x = p[i]!;
      const y = p[i + 1]! - CENTRE_Y;
      const z = p[i + 2]!;
      q[i] = x * m[0]! + z * m[2]! + SIDE / 2;
      q[i + 1] = x * m[3]! + y * m[4]! + z * m[5]! + SIDE / 2;
      q[i + 2] = x * m[6]! + y * m[7]! + z * m[8]!;
    }
    // Cells are larger than most quads, so vertices and their midpoints cover the map.
    for (let row = 0; row + 1 < rows; row++) {
      for (let col = 0; col + 1 < cols; col++) {
        const v = row * cols + col;
        if (hidden !== null && hidden[v]! & hidden[v + 1]! & hidden[v + cols]! & hidden[v + cols + 1]!)
          continue;
        const a = 3 * v;
        this.#quad(q, a, a + 3, a + 3 * cols, a + 3 * cols + 3);
      }
    }
  }

  #quad(q: Float32Array, a: number, b: number, c: number, d: number): void {
    const minX = Math.max(0, Math.ceil(Math.min(q[a]!, q[b]!, q[c]!, q[d]!) - 0.5));
    const maxX = Math.min(SIDE - 1, Math.floor(Math.max(q[a]!, q[b]!, q[c]!, q[d]!) - 0.5));
    const minY = Math.max(0, Math.ceil(Math.min(q[a + 1]!, q[b + 1]!, q[c + 1]!, q[d + 1]!) - 0.5));
    const maxY = Math.min(SIDE - 1, Math.floor(Math.max(q[a + 1]!, q[b + 1]!, q[c + 1]!, q[d + 1]!) - 0.5));
    const z = 0.25 * (q[a + 2]! + q[b + 2]! + q[c + 2]! + q[d + 2]!);
    for (let y = minY; y <= maxY; y++) {
      for (let x = minX; x <= maxX; x++) if (z > this.#depth[y * SIDE + x]!) this.#depth[y * SIDE + x] = z;
    }
  }

  /** Share of the light that reaches a point, 0 to 1, averaged over five places of the map. */
  visibility(x: number, y: number, z: number): number {
    const m = this.#axes;
    const yy = y - CENTRE_Y;
    const sx = x * m[0]! + z * m[2]! + SIDE / 2 - 0.5;
    const sy = x * m[3]! + yy * m[4]! + z * m[5]! + SIDE / 2 - 0.5;
    const depth = x * m[6]! + yy * m[7]! + z * m[8]!;
    const s = this.#spread;
    return (
      0.28 * this.#at(sx, sy, depth) +
      0.18 *
        (this.#at(sx - s, sy, depth) +
          this.#at(sx + s, sy, depth) +
          this.#at(sx, sy - s, depth) +
          this.#at(sx, sy + s, depth))
    );
  }

  #at(x: number, y: number, depth: number): number {
    const xi = Math.floor(x);
    const yi = Math.floor(y);
    if (xi < 0 || yi < 0 || xi >= SIDE - 1 || yi >= SIDE - 1) return 1;
    const fx = x - xi;
    const fy = y - yi;
    const i = yi * SIDE + xi;
    const d = this.#depth;
    return (
      lit(d[i]! - depth) * (1 - fx) * (1 - fy) +
      lit(d[i + 1]! - depth) * fx * (1 - fy) +
      lit(d[i + SIDE]! - depth) * (1 - fx) * fy +
      lit(d[i + SIDE + 1]! - depth) * fx * fy
    );
  }
}

/** Nearer than 5 mm counts as the surface itself; a soft step hides the map's cells. */
function lit(nearer: number): number {
  return nearer < 5 ? 1 : nearer > 11 ? 0 : (11 - nearer) / 6;
}
