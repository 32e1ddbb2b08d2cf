import type { Grid } from '../geometry/grid.ts';

/** What a sample shows; 0 is nothing. */
export const MATERIAL = {
  none: 0,
  face: 1,
  skin: 2,
  ear: 3,
  hair: 4,
  beard: 5,
  cloth: 6,
  hat: 7,
  mask: 8,
  frame: 9,
  glasses: 10,
} as const;

/** Floats a sample resolves to: u, v, normal x, y, z, openness, key light. */
export const ATTRIBUTES = 7;

/**
 * Visible-surface buffers of one picture in samples (several to a pixel). Only which triangle a sample
 * shows, and where in it, is kept: attributes are worked out for the samples that are shaded.
 */
export class Surface {
  width = 0;
  height = 0;
  /** 1 / distance to the camera: larger is nearer. */
  depth = new Float32Array(0);
  material = new Uint8Array(0);
  /** Grid × 2²⁰ + 2 · quad + half. */
  primitive = new Int32Array(0);
  /** Weights of the triangle's second and third vertex. */
  weights = new Float32Array(0);
  readonly grids: Grid[] = [];

  /** Sets the size and clears; memory only ever grows. */
  reset(width: number, height: number): void {
    const n = width * height;
    if (this.depth.length < n) {
      this.depth = new Float32Array(n);
      this.material = new Uint8Array(n);
      this.primitive = new Int32Array(n);
      this.weights = new Float32Array(2 * n);
    }
    this.width = width;
    this.height = height;
    this.grids.length = 0;
    this.depth.fill(0, 0, n);
    this.material.fill(0, 0, n);
  }

  /** Interpolates the attributes of a sample that shows something. */
  resolve(i: number, out: Float32Array): void {
    const primitive = this.primitive[i]!;
    const { cols, uv, normal, openness, keyLight } = this.grids[primitive >> 20]!;
    const quad = (primitive & 0xfffff) >> 1;
    const corner = quad + ((quad / (cols - 1)) | 0);
    const half = primitive & 1;
    const a = corner + half;
    const b = corner + cols;
    const c = half ? b + 1 : corner + 1;
    const wb = this.weights[2 * i]!;
    const wc = this.weights[2 * i + 1]!;
    const wa = 1 - wb - wc;
    out[0] = wa * uv[2 * a]! + wb * uv[2 * b]! + wc * uv[2 * c]!;
    out[1] = wa * uv[2 * a + 1]! + wb * uv[2 * b + 1]! + wc * uv[2 * c + 1]!;
    out[2] = wa * normal[3 * a]! + wb * normal[3 * b]! + wc * normal[3 * c]!;
    out[3] = wa * normal[3 * a + 1]! + wb * normal[3 * b + 1]! + wc * normal[3 * c + 1]!;
    out[4] = wa * normal[3 * a + 2]! + wb * normal[3 * b + 2]! + wc * normal[3 * c + 2]!;
    out[5] = wa * openness[a]! + wb * openness[b]! + wc * openness[c]!;
    out[6] = wa * keyLight[a]! + wb * keyLight[b]! + wc * keyLight[c]!;
  }
}

/** Where a grid's vertices fall: sample x, sample y and 1/distance per vertex. */
export type Projected = Float32Array;

export interface RasterOptions {
  /** Skips triangles that face away; for closed surfaces. */
  cull?: boolean;
  /** Is there a hole at (u, v)? Ragged edges of hair. */
  isHole?: (u: number, v: number) => boolean;
  /** Samples nearer than this buffer's are kept, instead of the target's own: overlays such as lenses. */
  occluder?: Surface;
}

/**
 * Draws a grid into the surface with a depth test; attributes are interpolated linearly over each triangle
 * (triangles are small, so perspective within one is not worth its cost).
 */
export function rasterize(
  surface: Surface,
  grid: Grid,
  projected: Projected,
  material: number,
  options: RasterOptions = {},
): void {
  const { cols, rows, hidden } = grid;
  const id = surface.grids.push(grid) - 1;
  const cull = options.cull ?? false;
  const isHole = options.isHole ?? null;
  const occluder = options.occluder ?? null;
  for (let row = 0; row + 1 < rows; row++) {
    for (let col = 0; col + 1 < cols; col++) {
      const a = row * cols + col;
      const b = a + cols;
      if (hidden !== null && hidden[a]! & hidden[b]! & hidden[a + 1]! & hidden[b + 1]!) continue;
      const primitive = (id << 20) + 2 * (row * (cols - 1) + col);
      triangle(surface, grid, projected, material, cull, isHole, occluder, primitive, a, b, a + 1);
      triangle(surface, grid, projected, material, cull, isHole, occluder, primitive + 1, a + 1, b, b + 1);
    }
  }
}

function triangle(
  surface: Surface,
  grid: Grid,
  p: Projected,
  material: number,
  cull: boolean,
  isHole: ((u: number, v: number) => boolean) | null,
  occluder: Surface | null,
  primitive: number,
  a: number,
  b: number,
  c: number,
): void {
  const ax = p[3 * a]!;
  const ay = p[3 * a + 1]!;
  const bx = p[3 * b]!;
  const by = p[3 * b + 1]!;
  const cx = p[3 * c]!;
  const cy = p[3 * c + 1]!;
  // Columns run right and rows down, so a triangle seen from outside has a negative area here.
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (area === 0 || (cull && area > 0)) return;
  const { width, height } = surface;
  let low = ax < bx ? ax : bx;
  let high = ax < bx ? bx : ax;
  const minX = Math.max(0, Math.ceil((low < cx ? low : cx) - 0.5));
  const maxX = Math.min(width - 1, Math.floor((high > cx ? high : cx) - 0.5));
  if (minX > maxX) return;
  low = ay < by ? ay : by;
  high = ay < by ? by : ay;
  const minY = Math.max(0, Math.ceil((low < cy ? low : cy) - 0.5));
  const maxY = Math.min(height - 1, Math.floor((high > cy ? high : cy) - 0.5));
  if (minY > maxY) return;

  const inverse = 1 / area;
  const stepB = (cy - ay) * inverse;
  const stepC = (ay - by) * inverse;
  const aw = p[3 * a + 2]!;
  const bw = p[3 * b + 2]! - aw;
  const cw = p[3 * c + 2]! - aw;
  const { depth, material: materials, primitive: primitives, weights } = surface;
  const dx = minX + 0.5 - ax;
  for (let y = minY; y <= maxY; y++) {
    const dy = y + 0.5 - ay;
    let wb = (dx * (cy - ay) - dy * (cx - ax)) * inverse;
    let wc = (dy * (bx - ax) - dx * (by - ay)) * inverse;
    let entered = false;
    for (let x = minX; x <= maxX; x++, wb += stepB, wc += stepC) {
      if (wb < 0 || wc < 0 || wb + wc > 1) {
        // A triangle's row is one run: what comes after it is outside again.
        if (entered) break;
        continue;
      }
      entered = true;
      const i = y * width + x;
      const d = aw + wb * bw + wc * cw;
      if (d <= depth[i]! || (occluder !== null && d <= occluder.depth[i]!)) continue;
      if (isHole !== null) {
        const wa = 1 - wb - wc;
        const { uv } = grid;
        const u = wa * uv[2 * a]! + wb * uv[2 * b]! + wc * uv[2 * c]!;
        if (isHole(u, wa * uv[2 * a + 1]! + wb * uv[2 * b + 1]! + wc * uv[2 * c + 1]!)) continue;
      }
      depth[i] = d;
      materials[i] = material;
      primitives[i] = primitive;
      weights[2 * i] = wb;
      weights[2 * i + 1] = wc;
    }
  }
}
