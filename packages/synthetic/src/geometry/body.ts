import { curve } from '../core/math.ts';
import type { Identity } from '../identity/identity.ts';
import { computeNormals, createGrid, type Grid } from './grid.ts';
import { gridPositionAtAngle, pointOnGrid } from './head.ts';

const AROUND = 28;

/** The neck, from under the jaw to the collar; uv = (angle, y). The head and the torso pull at its two ends. */
export function buildNeck(identity: Identity): Grid {
  const rows = 11;
  const grid = createGrid(AROUND + 1, rows);
  const halfWidth = curve([
    [-172, 76],
    [-150, 57],
    [-120, 50],
    [-70, 47],
    [-10, 44],
  ]);
  for (let row = 0; row < rows; row++) {
    const t = row / (rows - 1);
    const y = -12 - 160 * t;
    for (let col = 0; col <= AROUND; col++) {
      const phi = -Math.PI + (2 * Math.PI * col) / AROUND;
      const i = row * (AROUND + 1) + col;
      const w = halfWidth(y) * identity.neckWidth;
      const depth = (42 + 17 * t) * (0.5 + 0.5 * identity.neckWidth);
      const larynx = 4 * identity.masculinity * Math.exp(-(((y + 128) / 10) ** 2) - (phi / 0.16) ** 2);
      const tendon = 1.5 * Math.exp(-(((Math.abs(phi) - 0.55 + 0.35 * t) / 0.14) ** 2));
      grid.position.set(
        [w * Math.sin(phi), y, -25 + 2 * t + (depth + larynx + tendon) * Math.cos(phi)],
        3 * i,
      );
      grid.uv.set([phi, y], 2 * i);
      // The jaw keeps the light of the sky off the upper neck.
      grid.openness[i] = 0.22 + 0.66 * Math.min(1, Math.max(0, (-95 - y) / 55));
    }
  }
  computeNormals(grid, true);
  return grid;
}

/** uv v from here down is trousers or a skirt. */
export const WAIST = 480;

/**
 * The body from the neck down to the feet, legs in one piece; uv = (angle, mm along the surface below the
 * neck).
 */
export function buildTorso(identity: Identity): Grid {
  const rings: readonly (readonly [number, number, number])[] = [
    [50, -140, 46],
    [72, -157, 60],
    [102, -168, 72],
    [136, -178, 82],
    [160, -192, 92],
    [172, -214, 102],
    [176, -250, 112],
    [172, -330, 122],
    [160, -460, 112],
    [152, -570, 104],
    [172, -680, 116],
    [168, -820, 112],
    [130, -1150, 90],
    [110, -1450, 80],
  ];
  const grid = createGrid(AROUND + 1, rings.length);
  const build = bodyScale(identity);
  let along = 0;
  rings.forEach(([w, y, d], row) => {
    if (row > 0) along += Math.hypot(w - rings[row - 1]![0], y - rings[row - 1]![1]);
    for (let col = 0; col <= AROUND; col++) {
      const phi = -Math.PI + (2 * Math.PI * col) / AROUND;
      const i = row * (AROUND + 1) + col;
      const dip = Math.max(0, Math.cos(phi)) * (row < 4 ? 22 - 3 * row : 10);
      const spread = 1 + (build - 1) * Math.min(1, row / 3);
      // Below the shoulders a small body is short as well as narrow.
      const height = y > -200 ? y : -200 + (y + 200) * build;
      grid.position.set([w * spread * Math.sin(phi), height - dip, -28 + d * Math.cos(phi)], 3 * i);
      grid.uv.set([phi, along], 2 * i);
      grid.openness[i] = row < 2 ? 0.65 : 0.9;
    }
  });
  computeNormals(grid, true);
  return grid;
}

function bodyScale(identity: Identity): number {
  return (identity.age < 15 ? 0.74 : 0.92) + 0.14 * identity.masculinity + 0.02 * identity.shape.jawWidth;
}

const ARM_STEPS = [0, 0.02, 0.05, 0.1, 0.16, 0.3, 0.45, 0.7, 1];

/** An arm hanging down on the given side (−1 viewer's left, 1 right); uv as the torso's. */
export function buildArm(identity: Identity, side: -1 | 1, swing: number): Grid {
  const rows = ARM_STEPS.length;
  const around = 10;
  const grid = createGrid(around + 1, rows);
  const build = bodyScale(identity);
  for (let row = 0; row < rows; row++) {
    const t = ARM_STEPS[row]!;
    const radius = (54 - 25 * t) * Math.sqrt(Math.min(1, 0.06 + t / 0.13)) * build;
    // Away from the body, and the forearm to the front.
    const x = side * (160 + 50 * Math.sin(swing) * t + 14 * Math.sin(Math.PI * t)) * build;
    const z = -34 + 120 * Math.max(0, t - 0.45) * Math.sin(swing + 0.3);
    const y = -190 - 560 * t * build;
    for (let col = 0; col <= around; col++) {
      const phi = -Math.PI + (2 * Math.PI * col) / around;
      const i = row * (around + 1) + col;
      grid.position.set([x + radius * Math.sin(phi), y, z + radius * Math.cos(phi)], 3 * i);
      grid.uv.set([phi * 0.5, 120 + 320 * t], 2 * i);
      grid.openness[i] = 0.8;
    }
  }
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
      size * 29 * Math.sqrt(Math.max(0.02, 1 - t * t)) * (t < 0 ? 0.7 + 0.3 * (1 + t) + 0.15 * lobe : 1);
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
