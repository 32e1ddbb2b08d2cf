import type { Arena } from '../core/arena.ts';

/**
 * A surface as a grid of vertices: neighbours in the grid are neighbours on the surface, so faces,
 * normals and texture coordinates need no index lists. Millimetres; x to the viewer's right, y up,
 * z towards the viewer.
 */
export interface Grid {
  readonly cols: number;
  readonly rows: number;
  /** x, y, z per vertex. */
  readonly position: Float32Array;
  /** Unit normal per vertex. */
  readonly normal: Float32Array;
  /** Texture coordinates u, v per vertex; their meaning belongs to the material. */
  readonly uv: Float32Array;
  /** Share of the sky each vertex sees, 0 to 1. */
  readonly openness: Float32Array;
  /** Share of the key light that reaches each vertex, 0 to 1. */
  readonly keyLight: Float32Array;
  /** 1 where a vertex lies under another surface by design; quads of such vertices are left out. */
  readonly hidden: Uint8Array | null;
}

export function createGrid(cols: number, rows: number, canHide = false): Grid {
  const n = cols * rows;
  return {
    cols,
    rows,
    position: new Float32Array(3 * n),
    normal: new Float32Array(3 * n),
    uv: new Float32Array(2 * n),
    openness: new Float32Array(n).fill(1),
    keyLight: new Float32Array(n).fill(1),
    hidden: canHide ? new Uint8Array(n) : null,
  };
}

/**
 * A grid that shares what does not move (texture coordinates) and owns what does.
 * @param arena where the copy lives until the arena's next reset; the heap if not given.
 */
export function posableCopy(grid: Grid, arena?: Arena): Grid {
  const copy = (from: Float32Array) => (arena ? arena.copy(from) : from.slice());
  return { ...grid, position: copy(grid.position), normal: copy(grid.normal), keyLight: copy(grid.keyLight) };
}

/**
 * Fills in unit normals from finite differences of the positions: (∂P/∂col) × (∂P/∂row), times `side`.
 * @param wrap the last column is the first one's neighbour (closed round).
 */
export function computeNormals(grid: Grid, wrap: boolean, side: 1 | -1 = 1): void {
  const { cols, rows, position: p, normal: n } = grid;
  for (let row = 0; row < rows; row++) {
    const up = (row > 0 ? row - 1 : 0) * cols;
    const down = (row + 1 < rows ? row + 1 : row) * cols;
    for (let col = 0; col < cols; col++) {
      // A closed grid repeats its first column as its last one.
      const left = row * cols + (col > 0 ? col - 1 : wrap ? cols - 2 : 0);
      const right = row * cols + (col + 1 < cols ? col + 1 : wrap ? 1 : col);
      const i = 3 * (row * cols + col);
      const l = 3 * left;
      const r = 3 * right;
      const u = 3 * (up + col);
      const d = 3 * (down + col);
      const ax = p[r]! - p[l]!;
      const ay = p[r + 1]! - p[l + 1]!;
      const az = p[r + 2]! - p[l + 2]!;
      const bx = p[u]! - p[d]!;
      const by = p[u + 1]! - p[d + 1]!;
      const bz = p[u + 2]! - p[d + 2]!;
      const nx = ay * bz - az * by;
      const ny = az * bx - ax * bz;
      const nz = ax * by - ay * bx;
      const scale = side / (Math.sqrt(nx * nx + ny * ny + nz * nz) + 1e-9);
      n[i] = nx * scale;
      n[i + 1] = ny * scale;
      n[i + 2] = nz * scale;
    }
  }
}
