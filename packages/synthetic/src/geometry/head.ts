import { bell, curve, smoothstep } from '../core/math.ts';
import { createGrid, type Grid } from './grid.ts';

/**
 * The mean head: a closed grid around the vertical axis. Column = angle `phi` (0 in front, + to the
 * viewer's right), row = height `y` above the eye line. Every vertex also keeps its *face coordinates*
 * (x, y) on the mean head, in millimetres: all features, textures and deformations are defined in them,
 * so that an identity or an expression may move the skin without losing what is painted on it.
 */
export const EYE_X = 32;
export const EYE_Y = 0;
export const MOUTH_Y = -73;
export const MOUTH_HALF_WIDTH = 25;
export const NOSE_TIP_Y = -41;
export const CHIN_Y = -112;
export const HAIRLINE_Y = 68;
/** Half the height of the slit between the two rows that part when the mouth opens. */
export const LIP_GAP = 0.1;

const HALF_WIDTH = curve([
  [-113, 15],
  [-109, 22],
  [-103, 30],
  [-95, 38.5],
  [-85, 46.5],
  [-72, 54],
  [-60, 59],
  [-45, 63.5],
  [-30, 67],
  [-15, 69.5],
  [0, 71],
  [10, 72],
  [30, 74],
  [50, 75],
]);
const FRONT = curve([
  [-113, 80],
  [-110, 87],
  [-105, 91],
  [-98, 92.5],
  [-86, 92],
  [-72, 95],
  [-58, 95],
  [-48, 93.5],
  [-30, 91],
  [-10, 91],
  [8, 94],
  [22, 98.5],
  [35, 98],
  [50, 94],
]);
const BACK = curve([
  [-113, 50],
  [-95, 16],
  [-80, -14],
  [-60, -46],
  [-40, -66],
  [-20, -83],
  [0, -93],
  [25, -98],
  [50, -95],
]);
const MIDDLE = curve([
  [-113, 60],
  [-105, 52],
  [-95, 42],
  [-80, 22],
  [-60, 9],
  [-40, 3],
  [0, -2],
  [50, -5],
]);

/** Half the width of the mean face at height y, in mm: face x = halfWidth(y) · sin(phi). */
export function faceHalfWidth(y: number): number {
  if (y <= 50) return HALF_WIDTH(y);
  return 75 * Math.sqrt(Math.max(0, 1 - ((y - 50) / 66) ** 2));
}

function buildAngles(): number[] {
  const half: number[] = [];
  let phi = 0;
  while (phi < Math.PI - 0.05) {
    half.push(phi);
    phi += phi < 0.55 ? 0.04 : phi < 1.3 ? 0.07 : 0.19;
  }
  half.push(Math.PI);
  return [
    ...half
      .slice(1)
      .map((v) => -v)
      .reverse(),
    ...half,
  ];
}

interface HeadRow {
  /** Height, mm. */
  y: number;
  /** Below the chin the rows close towards the throat: 1 on the face, towards 0 at the centre. */
  closing: number;
}

function buildRows(): HeadRow[] {
  const rows: HeadRow[] = [];
  const add = (y: number, closing = 1) => rows.push({ y, closing });
  for (const angle of [89.6, 83, 76, 68, 60, 52, 44, 36, 28, 20, 13, 6]) {
    add(50 + 66 * Math.sin((angle * Math.PI) / 180));
  }
  for (let y = 50; y > 26; y -= 4) add(y);
  for (let y = 26; y > -60; y -= 2.7) add(y);
  for (const y of [-60.5, -63, -65, -67, -69, -70.6, -72, MOUTH_Y + LIP_GAP]) add(y);
  for (const y of [MOUTH_Y - LIP_GAP, -74.2, -75.6, -77.3, -79.2, -81, -83, -85.5]) add(y);
  for (let y = -88; y > -110; y -= 2.6) add(y);
  add(-110.5);
  add(-113);
  add(-114, 0.82);
  add(-114.4, 0.5);
  add(-114.4, 0.2);
  add(-114.4, 0);
  return rows;
}

export const HEAD_ANGLES: readonly number[] = buildAngles();
export const HEAD_ROWS: readonly HeadRow[] = buildRows();
export const HEAD_COLS: number = HEAD_ANGLES.length;
/** Rows of the upper and the lower lip's edge. */
export const UPPER_LIP_ROW: number = HEAD_ROWS.findIndex((row) => row.y === MOUTH_Y + LIP_GAP);

// Nose ridge: height above the face and half-width, from the root down to the lip.
const NOSE_HEIGHT = curve([
  [-56, 0],
  [-53, 2.5],
  [-50.5, 7.5],
  [-47.5, 15.5],
  [-44, 21.5],
  [-40, 23],
  [-34, 20.5],
  [-22, 13.5],
  [-10, 7.5],
  [0, 3],
  [8, 0.6],
  [14, 0],
]);
const NOSE_HALF_WIDTH = curve([
  [-52, 8],
  [-44, 10],
  [-38, 10],
  [-30, 8.5],
  [-16, 7],
  [0, 6],
  [10, 7],
]);

/** Relief of the mean face over the smooth skull, mm towards the viewer, at face coordinates (x, y). */
function relief(x: number, y: number): number {
  const a = Math.abs(x);
  let z = 0;
  const noseX = a / NOSE_HALF_WIDTH(y);
  z += NOSE_HEIGHT(y) * Math.exp(-0.66 * noseX * noseX);
  z += 9.5 * bell(a, 12, 4.6) * bell(y, -44, 5.2) * (y < -44 ? bell(y, -44, 5) : 1);
  z += 3 * bell(a, 26, 17) * bell(y, 17, 6.5);
  z -= 7.5 * bell(a, 31, 14) * bell(y, 0, 10.5);
  z -= 5 * bell(a, 15, 6) * bell(y, -3, 8);
  const eye = Math.hypot((a - EYE_X) / 14.5, (y - EYE_Y + 0.5) / 11.5);
  if (eye < 1) z += 6.5 * Math.sqrt(1 - eye * eye) * (1 - 0.3 * eye);
  z -= 1.2 * bell(a, 26, 11) * bell(y, -15, 3.5);
  z += 4 * bell(a, 43, 15) * bell(y, -24, 11);
  z -= 2.5 * bell(a, 46, 12) * bell(y, -58, 16);
  z -= 1.5 * bell(a, 17 + 0.28 * (-48 - y), 4.5) * smoothstep(-84, -66, y) * smoothstep(-40, -50, y);
  z += 2.5 * bell(a, 0, 22) * bell(y, -70, 15);
  const lip = Math.max(0, 1 - (a / MOUTH_HALF_WIDTH) ** 2);
  z += 4 * lip * bell(y, -69.3, 3);
  z += 5 * Math.sqrt(lip) * lip * bell(y, -78.3, 3.6);
  z -= 4 * Math.sqrt(lip) * bell(y, MOUTH_Y, 1.7);
  z -= 2 * bell(a, MOUTH_HALF_WIDTH + 1, 3.5) * bell(y, MOUTH_Y, 4);
  z -= 1.6 * bell(a, 0, 2.6) * bell(y, -58, 5);
  z += 0.8 * bell(a, 5.5, 2) * bell(y, -60, 6);
  z -= 4 * bell(a, 0, 17) * bell(y, -88, 4.5);
  z += 4.5 * bell(a, 0, 14) * bell(y, -101, 8);
  return z;
}

/** How much of the sky a point of the bare mean face sees: sockets, nose sides, under lip and chin are darker. */
function faceOpenness(x: number, y: number, closing: number): number {
  const a = Math.abs(x);
  let o = 1;
  o -= 0.3 * bell(a, 17, 7) * bell(y, -1, 8);
  o -= 0.3 * bell(a, 31, 13) * bell(y, 6, 5);
  o -= 0.3 * bell(a, 20, 4) * bell(y, -44, 7);
  o -= 0.4 * bell(a, 7, 7) * bell(y, -52, 3.4);
  o -= 0.2 * Math.max(0, 1 - (a / 25) ** 2) * bell(y, MOUTH_Y, 2);
  o -= 0.25 * bell(a, 0, 17) * bell(y, -87, 4);
  o -= 0.4 * smoothstep(-108, -114, y);
  return Math.max(0.12, o * (0.35 + 0.65 * closing));
}

/** Face coordinates of the grid's vertices: x, y, |phi| per vertex. */
export const FACE_COORDINATES: Float32Array = new Float32Array(3 * HEAD_COLS * HEAD_ROWS.length);

function buildMeanHead(): Grid {
  const grid = createGrid(HEAD_COLS, HEAD_ROWS.length);
  HEAD_ROWS.forEach(({ y, closing }, row) => {
    HEAD_ANGLES.forEach((phi, col) => {
      const i = row * HEAD_COLS + col;
      const halfWidth = faceHalfWidth(y);
      const x = halfWidth * Math.sin(phi);
      const cos = Math.cos(phi);
      const dome = y > 50 ? Math.sqrt(Math.max(0, 1 - ((y - 50) / 66) ** 2)) : 1;
      const middle = MIDDLE(y);
      const front = middle + (FRONT(y) - middle) * dome ** 0.92;
      const back = middle + (BACK(y) - middle) * dome;
      let z = cos > 0 ? middle + (front - middle) * cos : middle - (middle - back) * -cos;
      if (cos > 0 && closing === 1) z += relief(x, y) * smoothstep(0, 0.35, cos);
      const centre = 64;
      grid.position.set([x * closing, y, centre + (z - centre) * closing], 3 * i);
      grid.uv.set([phi, y], 2 * i);
      grid.openness[i] = cos > 0 ? faceOpenness(x, y, closing) : 0.9;
      // The underside moves with the chin's edge.
      FACE_COORDINATES.set([x * closing, closing < 1 ? -114 : y, Math.abs(phi)], 3 * i);
    });
  });
  return grid;
}

/** The mean head, built once. */
export const MEAN_HEAD: Grid = buildMeanHead();

/** Fractional grid position (column, row) of face coordinates (x, y) in front; for landmarks and outlines. */
export function gridPosition(x: number, y: number): { col: number; row: number } {
  const phi = Math.asin(Math.max(-1, Math.min(1, x / faceHalfWidth(y))));
  return gridPositionAtAngle(phi, y);
}

/** Fractional grid position of angle phi (rad, −π to π) and height y (mm). */
export function gridPositionAtAngle(phi: number, y: number): { col: number; row: number } {
  let col = 0;
  while (col < HEAD_COLS - 2 && HEAD_ANGLES[col + 1]! < phi) col++;
  const colPart = (phi - HEAD_ANGLES[col]!) / (HEAD_ANGLES[col + 1]! - HEAD_ANGLES[col]!);
  let row = 0;
  while (row < HEAD_ROWS.length - 7 && HEAD_ROWS[row + 1]!.y > y) row++;
  const rowPart = (y - HEAD_ROWS[row]!.y) / (HEAD_ROWS[row + 1]!.y - HEAD_ROWS[row]!.y);
  return { col: col + colPart, row: row + Math.max(0, Math.min(1, rowPart)) };
}

/** Bilinear point on a grid at a fractional position, written into `out` (x, y, z). */
export function pointOnGrid(
  grid: Grid,
  at: { col: number; row: number },
  out: [number, number, number],
): [number, number, number] {
  const col = Math.min(grid.cols - 2, Math.floor(at.col));
  const row = Math.min(grid.rows - 2, Math.floor(at.row));
  const fc = at.col - col;
  const fr = at.row - row;
  const i = 3 * (row * grid.cols + col);
  const below = i + 3 * grid.cols;
  const p = grid.position;
  for (let k = 0; k < 3; k++) {
    const top = p[i + k]! * (1 - fc) + p[i + 3 + k]! * fc;
    const bottom = p[below + k]! * (1 - fc) + p[below + 3 + k]! * fc;
    out[k] = top * (1 - fr) + bottom * fr;
  }
  return out;
}
