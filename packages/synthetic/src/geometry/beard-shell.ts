import { bell, curve, smoothstep } from '../core/math.ts';
import { CLOUDS, sampleTile } from '../core/noise.ts';
import type { Beard } from '../identity/beard.ts';
import type { Identity } from '../identity/identity.ts';
import { computeNormals, createGrid, type Grid } from './grid.ts';
import { FACE_COORDINATES, HEAD_ANGLES, HEAD_COLS, HEAD_ROWS, MOUTH_Y } from './head.ts';

// Upper edge of a cheek beard over the angle around the head.
const CHEEK_LINE = curve([
  [0.4, -82],
  [0.55, -74],
  [0.8, -64],
  [1, -48],
  [1.15, -22],
  [1.25, -4],
]);

/** How densely a beard covers the face at (x, y) mm and |phi| rad: 0 bare to 1. */
export function beardDensity(beard: Beard, x: number, y: number, phi: number): number {
  if (beard.style === 'none' || y > 5 || phi > 1.5) return 0;
  const a = Math.abs(x);
  const lipLine = -59.5 - 0.0062 * a * a;
  const moustache =
    beard.moustache *
    smoothstep(7.5, 4, Math.abs(y - lipLine)) *
    smoothstep(36, 25, a) *
    (1 - 0.5 * bell(a, 0, 2));
  const chin = beard.chin * smoothstep(34, 24, a) * smoothstep(-84, -92, y);
  const link =
    0.8 *
    Math.min(beard.chin, beard.moustache) *
    smoothstep(5, 2, Math.abs(a - 30)) *
    smoothstep(-62, -68, y) *
    smoothstep(-100, -92, y);
  const soul = beard.soulPatch * smoothstep(7, 4, a) * smoothstep(-82, -86, y) * smoothstep(-97, -92, y);
  const line = CHEEK_LINE(phi) + beard.cheekLine * smoothstep(1.25, 0.9, phi);
  const cheeks =
    beard.cheeks *
    smoothstep(line + 5, line - 6, y) *
    smoothstep(0.32, 0.5, phi) *
    smoothstep(1.5, 1.35, phi);
  const density = Math.max(moustache, chin, link, soul, cheeks);
  return y > MOUTH_Y - 8 && y < MOUTH_Y + 5 ? density * smoothstep(24, 28, a) : density;
}

const FIRST_ROW = HEAD_ROWS.findIndex((row) => row.y < 4);

/** A beard long enough to stand off the skin, as a second skin over the lower head; uv = (angle, density × 20 and more inside). */
export function buildBeardShell(identity: Identity, head: Grid): Grid | null {
  const { beard } = identity;
  if (beard.lengthMm < 1.5) return null;
  const grid = createGrid(HEAD_COLS, HEAD_ROWS.length - FIRST_ROW, true);
  for (let i = 0; i < grid.cols * grid.rows; i++) {
    const from = i + FIRST_ROW * HEAD_COLS;
    const x = FACE_COORDINATES[3 * from]!;
    const y = FACE_COORDINATES[3 * from + 1]!;
    const phi = FACE_COORDINATES[3 * from + 2]!;
    const density = beardDensity(beard, x, y, phi);
    const tufts = sampleTile(CLOUDS, x * 0.5 + identity.skin.patternX, y * 0.4) - 0.5;
    const low = 1 + 0.5 * smoothstep(-90, -112, y);
    const rise =
      density < 0.3
        ? -1.5
        : 0.62 *
            beard.lengthMm *
            low *
            smoothstep(0.25, 1, density) *
            smoothstep(1.42, 0.8, phi) *
            (1 + 0.9 * tufts) -
          0.2;
    for (let k = 0; k < 3; k++) {
      grid.position[3 * i + k] = head.position[3 * from + k]! + rise * head.normal[3 * from + k]!;
    }
    if (rise < -1) grid.hidden![i] = 1;
    // Beyond the ragged edge v goes on down the beard, so that strands have a texture along them too.
    const along = 0.8 * smoothstep(0.8, 1, density) * (60 - y);
    grid.uv.set([HEAD_ANGLES[from % HEAD_COLS]!, density * 20 + along], 2 * i);
    grid.openness[i] = head.openness[from]! * (0.65 + 0.35 * smoothstep(0.3, 1, density));
  }
  computeNormals(grid, true);
  return grid;
}
