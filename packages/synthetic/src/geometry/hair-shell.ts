import { smoothstep } from '../core/math.ts';
import { CLOUDS, sampleTile } from '../core/noise.ts';
import type { Identity } from '../identity/identity.ts';
import { computeNormals, createGrid, type Grid } from './grid.ts';
import { hairDepth } from './hairline.ts';
import { HEAD_ANGLES, HEAD_COLS, HEAD_ROWS } from './head.ts';

/** Rows of the head that hair may cover: everything above the nape. */
const SHELL_ROWS = HEAD_ROWS.findIndex((row) => row.y < -62);

/**
 * Hair on the head as a second skin: the head's grid pushed out by the cut's volume, and pulled under the
 * skin where there is none, so that the depth test cuts the outline. uv = (angle, depth inside the hair in mm).
 */
export function buildHairCap(identity: Identity, head: Grid): Grid | null {
  const { hair } = identity;
  if (hair.style === 'bald') return null;
  const grid = createGrid(HEAD_COLS, SHELL_ROWS, true);
  for (let row = 0; row < SHELL_ROWS; row++) {
    const { y } = HEAD_ROWS[row]!;
    for (let col = 0; col < HEAD_COLS; col++) {
      const phi = HEAD_ANGLES[col]!;
      const i = row * HEAD_COLS + col;
      const depth = hairDepth(hair, phi, y);
      const top = smoothstep(10, 85, y);
      // Hanging hair takes over from the cap on its way down.
      const handOver = hair.hanging > 0 ? 0.3 + 0.7 * smoothstep(-45, 35, y) : 1;
      const frontLift = hair.style === 'quiff' ? 1 + 0.5 * smoothstep(0.9, 0.1, Math.abs(phi)) : 1;
      const volume =
        handOver *
        (hair.sides * (1 - top) + hair.top * top * frontLift) *
        (1 + 0.15 * hair.part * Math.sin(phi));
      const ragged = hair.curl * (sampleTile(CLOUDS, phi * 24 + hair.patternX, y * 0.5) - 0.5);
      const rise =
        depth < -4
          ? -2.5
          : volume * (1 - Math.exp(-(depth + 4) / (4 + 0.35 * volume))) * (1 + 1.1 * ragged) - 0.6;
      for (let k = 0; k < 3; k++) {
        grid.position[3 * i + k] = head.position[3 * i + k]! + rise * head.normal[3 * i + k]!;
      }
      if (rise < -1) grid.hidden![i] = 1;
      grid.uv.set([phi, depth], 2 * i);
      grid.openness[i] = 0.45 + 0.55 * smoothstep(-2, 22, depth);
    }
  }
  computeNormals(grid, true);
  return grid;
}

const CURTAIN_COLS = 40;
const CURTAIN_ROWS = 26;

/**
 * Hair that hangs below the ears: a curtain from one side of the face round the back to the other side.
 * uv = (angle, mm from the lower end or the front edge).
 */
export function buildHairCurtain(identity: Identity): Grid | null {
  const { hair, shape } = identity;
  if (hair.hanging === 0) return null;
  const grid = createGrid(CURTAIN_COLS, CURTAIN_ROWS);
  const headWidth = 1 + 0.05 * shape.headWidth;
  const top = 70;
  const bottom = -25 - hair.hanging;
  for (let row = 0; row < CURTAIN_ROWS; row++) {
    const t = row / (CURTAIN_ROWS - 1);
    const y = top + (bottom - top) * t;
    for (let col = 0; col < CURTAIN_COLS; col++) {
      const around = col / (CURTAIN_COLS - 1);
      const phi = hair.opening + (2 * Math.PI - 2 * hair.opening) * around;
      const i = row * CURTAIN_COLS + col;
      const crown = Math.sqrt(Math.max(0.05, 1 - (Math.max(0, y - 20) / 100) ** 2));
      const taper =
        1 - 0.16 * smoothstep(-30, 40, y) - 0.1 * smoothstep(-40, -120, y) + 0.12 * smoothstep(-120, -190, y);
      const wave = 1 + hair.curl * 0.16 * (sampleTile(CLOUDS, phi * 14 + hair.patternX, y * 0.35) - 0.5);
      const halfWidth = (75 * headWidth + 0.75 * hair.sides) * crown * taper * wave;
      const halfDepth = (97 + 0.6 * hair.sides) * crown * wave * (1 - 0.14 * smoothstep(-30, 40, y));
      grid.position.set([halfWidth * Math.sin(phi), y, -6 + halfDepth * Math.cos(phi)], 3 * i);
      const fromEdge = Math.min(around, 1 - around) * (2 * Math.PI - 2 * hair.opening) * 80;
      grid.uv.set([phi, Math.min(fromEdge + 3, y - bottom)], 2 * i);
      grid.openness[i] = 0.5 + 0.5 * smoothstep(0, 12, fromEdge) * (1 - 0.35 * smoothstep(-40, -110, y));
    }
  }
  computeNormals(grid, false, 1);
  return grid;
}
