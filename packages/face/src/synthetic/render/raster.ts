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

/** Floats a sample keeps: u, v, normal x, y, z, openness. */
export const ATTRIBUTES = 6;

/** Visible-surface buffers of one picture in samples (several to a pixel); reused from picture to picture. */
export class Surface {
  width = 0;
  height = 0;
  /** 1 / distance to the camera: larger is nearer. */
  depth = new Float32Array(0);
  material = new Uint8Array(0);
  attributes = new Float32Array(0);

  /** Sets the size and clears; memory only ever grows. */
  reset(width: number, height: number): void {
    const n = width * height;
    if (this.depth.length < n) {
      this.depth = new Float32Array(n);
      this.material = new Uint8Array(n);
      this.attributes = new Float32Array(ATTRIBUTES * n);
    }
    this.width = width;
    this.height = height;
    this.depth.fill(0, 0, n);
    this.material.fill(0, 0, n);
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
  const { cols, rows } = grid;
  for (let row = 0; row + 1 < rows; row++) {
    for (let col = 0; col + 1 < cols; col++) {
      const a = row * cols + col;
      triangle(surface, grid, projected, material, options, a, a + cols, a + 1);
      triangle(surface, grid, projected, material, options, a + 1, a + cols, a + cols + 1);
    }
  }
}

function triangle(
  surface: Surface,
  grid: Grid,
  p: Projected,
  material: number,
  options: RasterOptions,
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
  if (area === 0 || (options.cull && area > 0)) return;
  const minX = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
  const maxX = Math.min(surface.width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
  if (minX > maxX) return;
  const minY = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
  const maxY = Math.min(surface.height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
  if (minY > maxY) return;

  const inverse = 1 / area;
  const stepB = (cy - ay) * inverse;
  const stepC = (ay - by) * inverse;
  const aw = p[3 * a + 2]!;
  const bw = p[3 * b + 2]!;
  const cw = p[3 * c + 2]!;
  const { uv, normal, openness } = grid;
  const { attributes, depth, material: materials, width } = surface;
  const test = options.occluder;
  const isHole = options.isHole;
  for (let y = minY; y <= maxY; y++) {
    const dy = y + 0.5 - ay;
    const dx = minX + 0.5 - ax;
    let wb = (dx * (cy - ay) - dy * (cx - ax)) * inverse;
    let wc = (dy * (bx - ax) - dx * (by - ay)) * inverse;
    for (let x = minX; x <= maxX; x++, wb += stepB, wc += stepC) {
      const wa = 1 - wb - wc;
      if (wa < 0 || wb < 0 || wc < 0) continue;
      const i = y * width + x;
      const d = wa * aw + wb * bw + wc * cw;
      if (d <= depth[i]! || (test !== undefined && d <= test.depth[i]!)) continue;
      const u = wa * uv[2 * a]! + wb * uv[2 * b]! + wc * uv[2 * c]!;
      const v = wa * uv[2 * a + 1]! + wb * uv[2 * b + 1]! + wc * uv[2 * c + 1]!;
      if (isHole?.(u, v)) continue;
      depth[i] = d;
      materials[i] = material;
      const o = ATTRIBUTES * i;
      attributes[o] = u;
      attributes[o + 1] = v;
      attributes[o + 2] = wa * normal[3 * a]! + wb * normal[3 * b]! + wc * normal[3 * c]!;
      attributes[o + 3] = wa * normal[3 * a + 1]! + wb * normal[3 * b + 1]! + wc * normal[3 * c + 1]!;
      attributes[o + 4] = wa * normal[3 * a + 2]! + wb * normal[3 * b + 2]! + wc * normal[3 * c + 2]!;
      attributes[o + 5] = wa * openness[a]! + wb * openness[b]! + wc * openness[c]!;
    }
  }
}
