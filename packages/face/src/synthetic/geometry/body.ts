import { curve } from '../core/math.ts';
import type { Identity } from '../identity/identity.ts';
import { computeNormals, createGrid, type Grid } from './grid.ts';
import { gridPositionAtAngle, pointOnGrid } from './head.ts';

const AROUND = 28;

/** The neck, from under the jaw to the collar; uv = (angle, y). The head and the torso pull at its two ends. */
export function buildNeck(identity: Identity): Grid {
  const rows = 9;
  const grid = createGrid(AROUND + 1, rows);
  const halfWidth = curve([
    [-172, 76],
    [-150, 56],
    [-125, 49],
    [-50, 50],
  ]);
  for (let row = 0; row < rows; row++) {
    const t = row / (rows - 1);
    const y = -50 - 122 * t;
    for (let col = 0; col <= AROUND; col++) {
      const phi = -Math.PI + (2 * Math.PI * col) / AROUND;
      const i = row * (AROUND + 1) + col;
      const w = halfWidth(y) * identity.neckWidth;
      const depth = (50 + 10 * t) * (0.5 + 0.5 * identity.neckWidth);
      const larynx = 4 * identity.masculinity * Math.exp(-(((y + 128) / 10) ** 2) - (phi / 0.16) ** 2);
      const tendon = 1.5 * Math.exp(-(((Math.abs(phi) - 0.55 + 0.35 * t) / 0.14) ** 2));
      grid.position.set(
        [w * Math.sin(phi), y, -18 - 6 * t + (depth + larynx + tendon) * Math.cos(phi)],
        3 * i,
      );
      grid.uv.set([phi, y], 2 * i);
      // The jaw keeps the light of the sky off the upper neck.
      grid.openness[i] = 0.2 + 0.68 * Math.min(1, t * t * 1.7);
    }
  }
  computeNormals(grid, true);
  return grid;
}

/** Shoulders and chest; uv = (angle, mm along the surface below the neck). */
export function buildTorso(identity: Identity): Grid {
  const rings: readonly (readonly [number, number, number])[] = [
    [50, -140, 46],
    [72, -157, 60],
    [105, -168, 74],
    [145, -178, 86],
    [178, -192, 94],
    [196, -214, 102],
    [206, -250, 110],
    [210, -310, 118],
    [206, -420, 120],
    [200, -560, 120],
  ];
  const grid = createGrid(AROUND + 1, rings.length);
  const build =
    (identity.age < 15 ? 0.72 : 0.9) + 0.14 * identity.masculinity + 0.02 * identity.shape.jawWidth;
  let along = 0;
  rings.forEach(([w, y, d], row) => {
    if (row > 0) along += Math.hypot(w - rings[row - 1]![0], y - rings[row - 1]![1]);
    for (let col = 0; col <= AROUND; col++) {
      const phi = -Math.PI + (2 * Math.PI * col) / AROUND;
      const i = row * (AROUND + 1) + col;
      const dip = Math.max(0, Math.cos(phi)) * (row < 4 ? 22 - 3 * row : 10);
      const spread = 1 + (build - 1) * Math.min(1, row / 3);
      grid.position.set([w * spread * Math.sin(phi), y - dip, -28 + d * Math.cos(phi)], 3 * i);
      grid.uv.set([phi, along], 2 * i);
      grid.openness[i] = row < 2 ? 0.65 : 0.9;
    }
  });
  computeNormals(grid, true);
  return grid;
}

/** One ear on the given side (−1 viewer's left, 1 right); uv = (0 at the head to 1 at the rim, −1 lobe to 1 top). */
export function buildEar(identity: Identity, head: Grid, side: -1 | 1): Grid {
  const cols = 7;
  const rows = 13;
  const grid = createGrid(cols, rows);
  const root: [number, number, number] = [0, 0, 0];
  const { size, spread, lobe } = identity.ears;
  const tilt = 0.3 + 0.32 * spread;
  for (let row = 0; row < rows; row++) {
    const t = 1 - (2 * row) / (rows - 1);
    pointOnGrid(head, gridPositionAtAngle(side * 1.6, -18 + 22 * t), root);
    const width =
      size * 24 * Math.sqrt(Math.max(0.02, 1 - t * t)) * (t < 0 ? 0.7 + 0.3 * (1 + t) + 0.15 * lobe : 1);
    for (let col = 0; col < cols; col++) {
      const s = col / (cols - 1);
      const i = row * cols + col;
      const bowl = -5 * Math.sin(Math.PI * s) * (1 - t * t) + 3 * Math.max(0, s - 0.75) * 4;
      const out = s * width * Math.sin(tilt) + bowl - 3;
      const back = s * width * Math.cos(tilt) - 4;
      grid.position.set(
        [root[0] + side * out, -18 + size * 29 * t + 4 * s * t, root[2] - back - 3 * t],
        3 * i,
      );
      grid.uv.set([s, t], 2 * i);
      grid.openness[i] = 0.55 + 0.45 * s;
    }
  }
  computeNormals(grid, false, side);
  return grid;
}
