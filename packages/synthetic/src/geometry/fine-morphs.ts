import { bell, smoothstep } from '../core/math.ts';
import { EYE_X, MOUTH_Y } from './head.ts';
import type { FacePoint, Morph } from './morphs.ts';

const around = (p: FacePoint, x: number, sx: number, y: number, sy: number) =>
  bell(p.a, x, sx) * bell(p.y, y, sy);
/** One side of the face only: what makes it uneven. */
const left = (p: FacePoint) => smoothstep(-4, 4, p.x);

/**
 * The second table of what makes heads differ: skull, orbits, the parts of the nose, lips and chin, and unevenness.
 * People of the varied kind have them beside SHAPE_MORPHS. Units as there: mm per unit, one unit a standard deviation.
 */
export const FINE_MORPHS = {
  crownHeight: (p) => [0, 6 * smoothstep(50, 112, p.y), 0],
  headTaper: (p) => [p.side * 0.05 * p.a * smoothstep(-90, 80, p.y) - 0.025 * p.x, 0, 0],
  foreheadWidth: (p) => [p.side * 3.5 * bell(p.y, 58, 22) * bell(p.phi, 0.9, 0.5), 0, 0],
  foreheadBoss: (p) => [0, 0, 3 * around(p, 26, 16, 50, 14)],
  glabella: (p) => [0, 0, 2.2 * bell(p.x, 0, 10) * bell(p.y, 17, 8)],
  browBoneOuter: (p) => [p.side * 0.8 * around(p, 44, 10, 16, 7), 0, 2.6 * around(p, 44, 10, 15, 7)],
  browLength: (p) => [p.side * 2 * smoothstep(20, 45, p.a) * bell(p.y, 19, 8), 0, 0],
  templeHollow: (p) => [p.side * -2.8 * bell(p.y, 28, 15) * bell(p.phi, 1.05, 0.28), 0, 0],
  orbitHeight: (p) => [0, 2 * around(p, 31, 15, 10, 6) - 1.2 * around(p, 31, 15, -12, 6), 0],
  eyeBulge: (p) => [0, 0, 2 * around(p, EYE_X, 11, 0, 8)],
  eyeWidth: (p) => [p.side * 0.12 * (p.a - EYE_X) * around(p, EYE_X, 16, 0, 8), 0, 0],
  innerCorner: (p) => [p.side * -1.4 * around(p, 18, 6, -1, 6), -0.8 * around(p, 18, 6, -1, 6), 0],
  outerCorner: (p) => [0, 1.5 * around(p, 46, 8, 0, 7), 0],
  lidPouch: (p) => [0, 0, 1.5 * around(p, 29, 12, -13, 5)],
  zygomaHeight: (p) => [0, 3 * around(p, 46, 15, -20, 13), 0],
  zygomaForward: (p) => [0, 0, 3 * around(p, 36, 12, -24, 10)],
  cheekHollow: (p) => [p.side * -1.5 * around(p, 46, 12, -54, 14), 0, -3.4 * around(p, 42, 12, -54, 14)],
  nasionDepth: (p) => [0, 0, -2 * bell(p.x, 0, 9) * bell(p.y, 5, 7)],
  dorsumWidth: (p) => [p.side * 1.6 * smoothstep(0, 5, p.a) * bell(p.a, 7, 5) * bell(p.y, -24, 11), 0, 0],
  alarHeight: (p) => [0, 1.8 * around(p, 14, 6, -43, 6), 0],
  alarDepth: (p) => [0, 0, 2.2 * around(p, 15, 6, -43, 7)],
  columella: (p) => [
    0,
    -1.6 * bell(p.x, 0, 5) * bell(p.y, -49, 4),
    1.4 * bell(p.x, 0, 6) * bell(p.y, -51, 5),
  ],
  tipRound: (p) => [0, 0, 1.8 * bell(p.x, 0, 6) * bell(p.y, -42, 6) + 0.9 * around(p, 6, 4, -40, 5)],
  philtrum: (p) => [0, -2.4 * smoothstep(-50, -64, p.y) * bell(p.phi, 0, 1.1), 0],
  philtrumDepth: (p) => [0, 0, -0.9 * bell(p.x, 0, 3) * bell(p.y, -60, 6)],
  upperLipForward: (p) => [0, 0, 1.8 * bell(p.x, 0, 18) * bell(p.y, MOUTH_Y + 5, 5)],
  lowerLipForward: (p) => [0, 0, 1.8 * bell(p.x, 0, 16) * bell(p.y, MOUTH_Y - 6, 5)],
  upperLipHeight: (p) => [0, 1.3 * bell(p.x, 0, 16) * bell(p.y, MOUTH_Y + 6, 4), 0],
  lowerLipHeight: (p) => [0, -1.5 * bell(p.x, 0, 16) * bell(p.y, MOUTH_Y - 8, 4), 0],
  chinFold: (p) => [0, 0, -2 * bell(p.x, 0, 18) * bell(p.y, -91, 5)],
  chinTaper: (p) => [p.side * -4 * smoothstep(10, 40, p.a) * bell(p.y, -96, 14), 0, 0],
  chinBall: (p) => [0, 0, 2.4 * bell(p.x, 0, 12) * bell(p.y, -106, 9)],
  jawFlare: (p) => [p.side * 4 * bell(p.y, -68, 14) * bell(p.phi, 1.25, 0.3), 0, 0],
  jawSlope: (p) => [0, 6 * bell(p.phi, 0.95, 0.4) * smoothstep(-70, -108, p.y), 0],
  lowerFaceWidth: (p) => [0.045 * p.px * smoothstep(-20, -80, p.y), 0, 0],
  jowls: (p) => [
    p.side * 1.2 * around(p, 36, 11, -92, 9),
    -2.4 * around(p, 36, 12, -94, 9),
    1.6 * around(p, 34, 11, -92, 9),
  ],
  midFaceForward: (p) => [0, 0, 2.6 * bell(p.x, 0, 36) * bell(p.y, -45, 26)],
  unevenBrow: (p) => [0, 1.5 * left(p) * around(p, 29, 18, 20, 8), 0],
  unevenEye: (p) => [0, 0.09 * p.y * left(p) * around(p, EYE_X, 13, 0, 9), 0],
  unevenCheek: (p) => [
    1.6 * left(p) * around(p, 44, 16, -45, 24),
    0,
    1.4 * left(p) * around(p, 40, 16, -40, 20),
  ],
  unevenJaw: (p) => [0, -1.8 * left(p) * smoothstep(-70, -100, p.y) * bell(p.phi, 0.8, 0.5), 0],
  unevenMouth: (p) => [0.9 * bell(p.x, 0, 26) * bell(p.y, MOUTH_Y, 12), 0, 0],
} satisfies Record<string, Morph>;

export type FineName = keyof typeof FINE_MORPHS;
export const FINE_NAMES = Object.keys(FINE_MORPHS) as FineName[];
