import { bell, smoothstep } from '../core/math.ts';
import { FINE_MORPHS, FINE_NAMES, type FineName } from './fine-morphs.ts';
import type { Grid } from './grid.ts';
import { EYE_X, FACE_COORDINATES, MEAN_HEAD, MOUTH_HALF_WIDTH, MOUTH_Y } from './head.ts';

/** Where on the face a morph is asked for its displacement; mm on the mean head. */
export interface FacePoint {
  /** Face x, signed; `a` its absolute value, `side` its sign. */
  x: number;
  a: number;
  side: number;
  y: number;
  /** |angle| around the head, 0 in front, π at the back. */
  phi: number;
  /** Position on the mean head. */
  px: number;
  pz: number;
}

/** A displacement field in mm per unit of its parameter, on the mean head. */
export type Morph = (p: FacePoint) => readonly [number, number, number];

const around = (p: FacePoint, x: number, sx: number, y: number, sy: number) =>
  bell(p.a, x, sx) * bell(p.y, y, sy);
const isFront = (p: FacePoint) => smoothstep(1.75, 1.1, p.phi);

/**
 * What makes heads differ: one line a parameter, each normal with standard deviation 1. Adding one is
 * adding a line: identities draw it, the head applies it.
 */
export const SHAPE_MORPHS = {
  headWidth: (p) => [0.05 * p.px, 0, 0],
  headDepth: (p) => [0, 0, 0.045 * p.pz],
  faceLength: (p) => [0, -5 * smoothstep(-10, -110, p.y), 0],
  midFace: (p) => [0, -3 * smoothstep(0, -50, p.y) * isFront(p), 0],
  forehead: (p) => [0, 5 * smoothstep(18, 75, p.y), 0],
  foreheadSlope: (p) => [0, 0, -5 * smoothstep(25, 80, p.y) * smoothstep(116, 88, p.y) * isFront(p)],
  temples: (p) => [p.side * 3 * bell(p.y, 42, 20) * bell(p.phi, 1.2, 0.5), 0, 0],
  cheekbones: (p) => [
    p.side * 3.2 * bell(p.y, -18, 15) * bell(p.phi, 1.1, 0.4),
    0,
    2.5 * around(p, 46, 14, -22, 11),
  ],
  cheekFullness: (p) => [
    p.side * 4 * bell(p.y, -55, 22) * bell(p.phi, 1, 0.5),
    0,
    4 * around(p, 40, 15, -50, 19),
  ],
  jawWidth: (p) => [p.side * 5 * bell(p.y, -75, 19) * smoothstep(18, 48, p.a), 0, 0],
  jawAngle: (p) => [0, 5 * bell(p.y, -80, 20) * bell(p.phi, 1.2, 0.4), 0],
  chinWidth: (p) => [p.side * 4.5 * bell(p.y, -106, 10) * smoothstep(0, 26, p.a), 0, 0],
  chinLength: (p) => [0, -4 * bell(p.x, 0, 26) * smoothstep(-84, -110, p.y), 0],
  chinForward: (p) => [0, 0, 4.5 * bell(p.x, 0, 22) * bell(p.y, -104, 12)],
  chinCleft: (p) => [0, 0, -1.2 * bell(p.x, 0, 3) * bell(p.y, -102, 7)],
  browRidge: (p) => [0, 0, 2.4 * around(p, 24, 16, 16, 6)],
  browHeight: (p) => [0, 2 * around(p, 29, 19, 20, 8), 0],
  browTilt: (p) => [0, 2 * ((p.a - 29) / 16) * around(p, 29, 16, 19, 6), 0],
  eyeSpacing: (p) => [p.side * 2.4 * bell(p.a, 33, 17) * bell(p.y, 4, 17), 0, 0],
  eyeHeight: (p) => [0, 1.7 * bell(p.a, 32, 20) * bell(p.y, 4, 16), 0],
  eyeTilt: (p) => [0, 1.5 * ((p.a - EYE_X) / 14) * around(p, EYE_X, 13, 0, 9), 0],
  eyeSize: (p) => [
    p.side * 0.1 * (p.a - EYE_X) * around(p, EYE_X, 12, 0, 9),
    0.14 * p.y * around(p, EYE_X, 14, 0, 9),
    0,
  ],
  eyeDepth: (p) => [0, 0, -2.4 * around(p, 30, 14, 2, 10)],
  noseLength: (p) => [0, -3.6 * bell(p.x, 0, 17) * smoothstep(-4, -42, p.y) * smoothstep(-66, -50, p.y), 0],
  noseWidth: (p) => [p.side * 2.5 * smoothstep(0, 12, p.a) * bell(p.a, 13, 8) * bell(p.y, -43, 9), 0, 0],
  bridgeWidth: (p) => [p.side * 1.5 * smoothstep(0, 6, p.a) * bell(p.a, 8, 6) * bell(p.y, -12, 16), 0, 0],
  bridgeHeight: (p) => [0, 0, 2.3 * bell(p.x, 0, 8) * bell(p.y, -6, 13)],
  noseProjection: (p) => [0, 0, 3.4 * bell(p.x, 0, 9) * bell(p.y, -38, 13)],
  noseHump: (p) => [0, 0, 1.6 * bell(p.x, 0, 6) * bell(p.y, -18, 7)],
  noseTipUp: (p) => [0, 2.4 * bell(p.x, 0, 9) * bell(p.y, -42, 6), 0],
  noseTipWidth: (p) => [p.side * 1.4 * smoothstep(0, 6, p.a) * bell(p.a, 7, 4) * bell(p.y, -40, 6), 0, 0],
  nostrils: (p) => [0, 0, 2 * around(p, 13, 5, -43, 5)],
  mouthWidth: (p) => [
    p.side * 2.8 * smoothstep(0, 24, p.a) * bell(p.a, 23, 12) * bell(p.y, MOUTH_Y, 11),
    0,
    0,
  ],
  mouthHeight: (p) => [0, 2 * bell(p.x, 0, 32) * bell(p.y, MOUTH_Y, 13), 0],
  mouthForward: (p) => [0, 0, 2.6 * bell(p.x, 0, 22) * bell(p.y, MOUTH_Y, 12)],
  mouthCurve: (p) => [0, 1.5 * bell(p.a, MOUTH_HALF_WIDTH, 9) * bell(p.y, MOUTH_Y, 8), 0],
  lipVolume: (p) => [
    0,
    0.1 * (p.y - MOUTH_Y) * bell(p.x, 0, 17) * bell(p.y, MOUTH_Y, 8),
    1.5 * Math.max(0, 1 - (p.a / 25) ** 2) * (bell(p.y, -69, 3) + bell(p.y, -78, 4)),
  ],
  noseBend: (p) => [1.1 * bell(p.x, 0, 12) * bell(p.y, -36, 12), 0, 0],
  mouthTilt: (p) => [0, 1.1 * (p.x / 25) * bell(p.a, 18, 14) * bell(p.y, MOUTH_Y, 10), 0],
  eyeTiltBoth: (p) => [0, 0.7 * p.side * bell(p.a, 32, 15) * bell(p.y, 5, 13), 0],
  jawShift: (p) => [1.3 * smoothstep(-70, -110, p.y), 0, 0],
} satisfies Record<string, Morph>;

export type ShapeName = keyof typeof SHAPE_MORPHS;
export const SHAPE_NAMES = Object.keys(SHAPE_MORPHS) as ShapeName[];

const cornerOf = (p: FacePoint, sx: number, sy: number) => around(p, MOUTH_HALF_WIDTH, sx, MOUTH_Y, sy);
/** How far a point follows the opening jaw: the lip's edge as an arch, the chin wholly, the ears not at all. */
const jaw = (p: FacePoint) => {
  if (p.y > MOUTH_Y) return 0;
  const whole = smoothstep(1.5, 0.55, p.phi);
  const lip = Math.sqrt(Math.max(0, 1 - (p.a / MOUTH_HALF_WIDTH) ** 2));
  const t = smoothstep(MOUTH_Y, -92, p.y);
  return (lip + (whole - lip) * t) * (0.92 + 0.08 * t);
};

/** What a face does: displacement at full strength (parameter 1). */
export const EXPRESSION_MORPHS = {
  smile: (p) => [
    p.side * (4.3 * cornerOf(p, 13, 10) + 1.5 * around(p, 38, 12, -45, 14)),
    5 * cornerOf(p, 11, 10) + 2.6 * around(p, 36, 13, -32, 13) + 0.8 * bell(p.x, 0, 20) * bell(p.y, -66, 7),
    -3 * cornerOf(p, 11, 10) + 3.2 * around(p, 39, 11, -33, 10),
  ],
  open: (p) => [p.side * -2 * cornerOf(p, 9, 9), -24 * jaw(p), -7 * jaw(p)],
  showTeeth: (p) => [
    0,
    p.y < MOUTH_Y ? -5 * jaw(p) * smoothstep(-100, -82, p.y) : 2.5 * bell(p.x, 0, 20) * bell(p.y, -68, 6),
    0,
  ],
  pucker: (p) => [p.side * -7 * cornerOf(p, 11, 10), 0, 4 * bell(p.x, 0, 15) * bell(p.y, MOUTH_Y, 9)],
  sad: (p) => [0, -4.5 * cornerOf(p, 11, 9) + 2.5 * around(p, 15, 8, 19, 7), 0],
  browUp: (p) => [0, 5 * around(p, 29, 20, 21, 9), 0],
  browDown: (p) => [
    p.side * -1.8 * around(p, 13, 9, 17, 8),
    -4 * around(p, 20, 13, 17, 8),
    0.8 * around(p, 10, 7, 15, 7),
  ],
  sneer: (p) => [0, 2 * around(p, 14, 8, -44, 10), 0.6 * around(p, 14, 8, -40, 8)],
  skew: (p) => [2.2 * bell(p.x, 0, 28) * bell(p.y, MOUTH_Y, 16), 1.6 * (p.x / 25) * cornerOf(p, 12, 10), 0],
} satisfies Record<string, Morph>;

export type ExpressionName = keyof typeof EXPRESSION_MORPHS;
export const EXPRESSION_NAMES = Object.keys(EXPRESSION_MORPHS) as ExpressionName[];

/** A morph evaluated at every vertex, kept only from the first row it touches to the last. */
interface Basis {
  first: number;
  delta: Float32Array;
}

function evaluate(morph: Morph): Basis {
  const n = MEAN_HEAD.cols * MEAN_HEAD.rows;
  const all = new Float32Array(3 * n);
  let first = 3 * n;
  let last = 0;
  for (let i = 0; i < n; i++) {
    const x = FACE_COORDINATES[3 * i]!;
    const point: FacePoint = {
      x,
      a: Math.abs(x),
      side: Math.sign(x),
      y: FACE_COORDINATES[3 * i + 1]!,
      phi: FACE_COORDINATES[3 * i + 2]!,
      px: MEAN_HEAD.position[3 * i]!,
      pz: MEAN_HEAD.position[3 * i + 2]!,
    };
    const [dx, dy, dz] = morph(point);
    // Features live in front: the same face x occurs once more at the back of the head.
    const weight =
      morph === SHAPE_MORPHS.headWidth || morph === SHAPE_MORPHS.headDepth
        ? 1
        : smoothstep(2.4, 1.5, point.phi);
    if (Math.abs(dx) + Math.abs(dy) + Math.abs(dz) < 0.01 || weight === 0) continue;
    all.set([dx * weight, dy * weight, dz * weight], 3 * i);
    first = Math.min(first, 3 * i);
    last = Math.max(last, 3 * i + 3);
  }
  return { first, delta: all.slice(first, Math.max(first, last)) };
}

let shapeBases: Basis[] | undefined;
let fineBases: Basis[] | undefined;
let expressionBases: Basis[] | undefined;

function addBases(target: Float32Array, bases: Basis[], weights: readonly number[]): void {
  bases.forEach(({ first, delta }, k) => {
    const weight = weights[k]!;
    if (weight === 0) return;
    for (let i = 0; i < delta.length; i++) target[first + i]! += weight * delta[i]!;
  });
}

/** Moves the grid's vertices (a copy of the mean head) by Σ weight · morph, in the order of SHAPE_NAMES. */
export function applyShape(grid: Grid, shape: Readonly<Record<ShapeName, number>>): void {
  shapeBases ??= SHAPE_NAMES.map((name) => evaluate(SHAPE_MORPHS[name]));
  addBases(
    grid.position,
    shapeBases,
    SHAPE_NAMES.map((name) => shape[name]),
  );
}

/** Moves the grid's vertices by the finer morphs, in the order of FINE_NAMES. */
export function applyFineShape(grid: Grid, fine: Readonly<Partial<Record<FineName, number>>>): void {
  fineBases ??= FINE_NAMES.map((name) => evaluate(FINE_MORPHS[name]));
  addBases(
    grid.position,
    fineBases,
    FINE_NAMES.map((name) => fine[name] ?? 0),
  );
}

/** Moves the grid's vertices by an expression. */
export function applyExpression(
  grid: Grid,
  expression: Readonly<Partial<Record<ExpressionName, number>>>,
): void {
  expressionBases ??= EXPRESSION_NAMES.map((name) => evaluate(EXPRESSION_MORPHS[name]));
  addBases(
    grid.position,
    expressionBases,
    EXPRESSION_NAMES.map((name) => expression[name] ?? 0),
  );
}
