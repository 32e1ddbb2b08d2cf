import type { Random } from '@semblance/core/random';
import { smoothstep } from '../core/math.ts';
import { computeNormals, createGrid, type Grid } from './grid.ts';
import { FACE_COORDINATES, gridPosition, HEAD_ANGLES, HEAD_COLS, HEAD_ROWS, pointOnGrid } from './head.ts';

/** Frames and lenses, mm; the lens outline is the superellipse |x/w|ⁿ + |y/h|ⁿ = 1. */
export interface Frames {
  halfWidth: number;
  halfHeight: number;
  /** Exponent: 2 round to 6 square. */
  squareness: number;
  thickness: number;
  rimless: boolean;
  color: readonly [number, number, number];
  /** 0 clear to 1 opaque. */
  tint: number;
  tintColor: readonly [number, number, number];
  /** Centre of each lens from the nose, mm. */
  centreX: number;
  centreY: number;
}

export function createFrames(random: Random, sunglasses: boolean): Frames {
  const dark = random.chance(0.6);
  const thin = random.chance(0.5);
  const hue = random.next();
  const bright = random.range(0.05, 0.5);
  return {
    halfWidth: random.range(21, sunglasses ? 31 : 27),
    halfHeight: random.range(14, sunglasses ? 25 : 21),
    squareness: random.range(2, 5.5),
    thickness: thin ? random.range(0.9, 1.8) : random.range(2.2, 4.5),
    rimless: !sunglasses && random.chance(0.12),
    color: dark
      ? [0.015, 0.013, 0.013]
      : thin
        ? [bright, 0.85 * bright, 0.7 * bright]
        : [bright * (0.4 + 0.6 * hue), bright * (1 - hue) * 0.6, bright * 0.35],
    tint: sunglasses ? random.range(0.75, 0.99) : random.chance(0.12) ? random.range(0.1, 0.35) : 0.03,
    tintColor: sunglasses
      ? [0.02 + 0.05 * random.next(), 0.02 + 0.03 * random.next(), 0.02 + 0.05 * random.next()]
      : [0.08, 0.07, 0.06],
    centreX: 33,
    centreY: -3 + random.normal(1.5),
  };
}

/** The front of a pair of glasses before the eyes; uv = x, y in mm on the frames. */
export function buildGlassesFront(head: Grid, frames: Frames): Grid {
  const cols = 33;
  const rows = 9;
  const grid = createGrid(cols, rows);
  const nasion = pointOnGrid(head, gridPosition(0, 2), [0, 0, 0]);
  const left = pointOnGrid(head, gridPosition(-32, 0), [0, 0, 0]);
  const right = pointOnGrid(head, gridPosition(32, 0), [0, 0, 0]);
  const centreY = (left[1] + right[1]) / 2;
  const z = Math.max(nasion[2] + 1.5, (left[2] + right[2]) / 2 + 13);
  const spacing = Math.max(0.92, Math.min(1.1, (right[0] - left[0]) / 64));
  const reachX = frames.centreX + frames.halfWidth + frames.thickness + 4;
  const reachY = frames.halfHeight + frames.thickness + 2;
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const i = row * cols + col;
      const u = reachX * (-1 + (2 * col) / (cols - 1));
      const v = frames.centreY + reachY * (1 - (2 * row) / (rows - 1));
      grid.position.set([u * spacing, centreY + v, z - (u * u) / 420 - 0.04 * (v + 10)], 3 * i);
      grid.uv.set([u, v], 2 * i);
    }
  }
  computeNormals(grid, false);
  return grid;
}

/** One temple of the glasses, from the frame to over the ear. */
export function buildTemple(front: Grid, head: Grid, side: -1 | 1): Grid {
  const cols = 9;
  const grid = createGrid(cols, 2);
  const edge = 3 * (2 * front.cols + (side > 0 ? front.cols - 3 : 2));
  const ear = pointOnGrid(
    head,
    { col: side > 0 ? HEAD_COLS - 1 - earColumn : earColumn, row: earRow },
    [0, 0, 0],
  );
  for (let col = 0; col < cols; col++) {
    const t = col / (cols - 1);
    for (let row = 0; row < 2; row++) {
      const i = row * cols + col;
      const x0 = front.position[edge]!;
      const x1 = ear[0] + side * 4;
      const bow = side * 3 * Math.sin(Math.PI * t);
      grid.position.set(
        [
          x0 + (x1 - x0) * Math.min(1, t * 1.35) + bow,
          front.position[edge + 1]! + (row === 0 ? 1.6 : -1.6) + (4 - front.position[edge + 1]!) * t * 0.6,
          front.position[edge + 2]! + (ear[2] - 6 - front.position[edge + 2]!) * t,
        ],
        3 * i,
      );
      grid.uv.set([t, row], 2 * i);
    }
  }
  computeNormals(grid, false, side);
  return grid;
}
const earColumn = HEAD_ANGLES.findIndex((phi) => phi > -1.55);
const earRow = HEAD_ROWS.findIndex((row) => row.y < 6);

export type HatKind = 'beanie' | 'cap' | 'brim' | 'hood' | 'headscarf';

/** Presses hair flat (in place) where a hat sits on it. */
export function pressHair(hair: Grid, head: Grid, kind: HatKind, low: number): void {
  for (let i = 0; i < hair.cols * hair.rows; i++) {
    const edge = hatEdge(kind, low, FACE_COORDINATES[3 * i + 2]!);
    const t = 0.85 * smoothstep(edge - 18, edge + 6, FACE_COORDINATES[3 * i + 1]!);
    if (t === 0) continue;
    for (let k = 3 * i; k < 3 * i + 3; k++) {
      hair.position[k]! += (head.position[k]! - hair.position[k]!) * t;
    }
  }
}

/** The lowest height a hat covers at angle phi, mm. */
function hatEdge(kind: HatKind, low: number, angle: number): number {
  switch (kind) {
    case 'beanie':
      return low + 8 - 34 * smoothstep(0.7, 1.7, angle);
    case 'cap':
    case 'brim':
      return low + 12 - 12 * smoothstep(0.6, 2.6, angle);
    case 'hood':
    case 'headscarf':
      return low + 14 - 160 * smoothstep(0.35, 1.18, angle) - 20 * smoothstep(1.1, 1.4, angle);
  }
}

/** A hat as a second skin over the head; uv = (angle, mm above its edge). */
export function buildHat(kind: HatKind, head: Grid, hairVolume: number, low: number): Grid {
  const wraps = kind === 'hood' || kind === 'headscarf';
  const rows = wraps ? HEAD_ROWS.length - 4 : HEAD_ROWS.findIndex((row) => row.y < -20);
  const grid = createGrid(HEAD_COLS, rows, true);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < HEAD_COLS; col++) {
      const i = row * HEAD_COLS + col;
      const y = FACE_COORDINATES[3 * i + 1]!;
      const angle = FACE_COORDINATES[3 * i + 2]!;
      const inside = y - hatEdge(kind, low, angle);
      const crown =
        kind === 'brim' ? 12 * smoothstep(70, 100, y) : kind === 'cap' ? 8 * smoothstep(60, 100, y) : 4;
      const rise =
        inside < -3 ? -3 : (wraps ? 7 : 5) + Math.min(13, hairVolume) + crown * smoothstep(0, 25, inside);
      for (let k = 0; k < 3; k++) {
        grid.position[3 * i + k] = head.position[3 * i + k]! + rise * head.normal[3 * i + k]!;
      }
      if (rise < 0) grid.hidden![i] = 1;
      grid.uv.set([HEAD_ANGLES[col]!, inside], 2 * i);
      grid.openness[i] = 0.85;
    }
  }
  computeNormals(grid, true);
  return grid;
}

/** The brim of a hat: all round, or in front only (a cap); uv = (angle, 0 at the head to 1 outside). */
export function buildBrim(kind: HatKind, head: Grid, low: number, widthMm: number): Grid {
  const cols = 37;
  const grid = createGrid(cols, 4);
  const y = low + 14;
  const row = HEAD_ROWS.findIndex((r) => r.y < y);
  const reach = kind === 'cap' ? 1.15 : Math.PI;
  const at: [number, number, number] = [0, 0, 0];
  for (let r = 0; r < 4; r++) {
    for (let col = 0; col < cols; col++) {
      const phi = reach * (-1 + (2 * col) / (cols - 1));
      const i = r * cols + col;
      let gridCol = 0;
      while (gridCol < HEAD_COLS - 2 && HEAD_ANGLES[gridCol + 1]! < phi) gridCol++;
      pointOnGrid(head, { col: gridCol, row }, at);
      const taper = kind === 'cap' ? Math.sqrt(Math.max(0, 1 - (phi / reach) ** 2)) : 1;
      const out = 6 + (r / 3) * widthMm * taper;
      grid.position.set(
        [
          at[0] + out * Math.sin(phi),
          y - (r / 3) * (kind === 'cap' ? 14 * taper : 4) - 12 * smoothstep(0.6, 2.6, Math.abs(phi)),
          at[2] + out * Math.cos(phi),
        ],
        3 * i,
      );
      grid.uv.set([phi, 20 * (r / 3) + 4], 2 * i);
      grid.openness[i] = 0.8;
    }
  }
  computeNormals(grid, kind !== 'cap');
  return grid;
}

/** A face mask over nose, mouth and chin; uv = face x, y in mm. */
export function buildMask(head: Grid, top: number): Grid {
  const first = HEAD_ROWS.findIndex((row) => row.y < top + 12);
  const grid = createGrid(HEAD_COLS, HEAD_ROWS.length - 3 - first, true);
  for (let i = 0; i < grid.cols * grid.rows; i++) {
    const from = i + first * HEAD_COLS;
    const x = FACE_COORDINATES[3 * from]!;
    const y = FACE_COORDINATES[3 * from + 1]!;
    const angle = FACE_COORDINATES[3 * from + 2]!;
    const edge = top - 0.006 * x * x;
    const inside = Math.min(edge - y, (1.05 - angle) * 60);
    const rise =
      inside < -2
        ? -4
        : 3 + 3 * smoothstep(0, 12, inside) + 5 * Math.exp(-((x / 26) ** 2)) * smoothstep(-40, -60, y);
    for (let k = 0; k < 3; k++) {
      grid.position[3 * i + k] = head.position[3 * from + k]! + rise * head.normal[3 * from + k]!;
    }
    if (rise < 0) grid.hidden![i] = 1;
    grid.uv.set([x, y], 2 * i);
    grid.openness[i] = 0.9;
  }
  computeNormals(grid, true);
  return grid;
}
