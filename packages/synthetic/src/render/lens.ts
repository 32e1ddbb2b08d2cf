import { scratch } from '../core/arena.ts';
import type { Grid } from '../geometry/grid.ts';

/** A rotation matrix, row by row. */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** A head's turn in radians: yaw to the viewer's right, pitch up, roll clockwise as seen. */
export interface Pose {
  yaw: number;
  pitch: number;
  roll: number;
}

/** R = Rz(−roll) · Ry(yaw) · Rx(−pitch): nod first, then turn, then tilt. */
export function rotation({ yaw, pitch, roll }: Pose): Matrix {
  const [sy, cy] = [Math.sin(yaw), Math.cos(yaw)];
  const [sp, cp] = [Math.sin(-pitch), Math.cos(-pitch)];
  const [sr, cr] = [Math.sin(-roll), Math.cos(-roll)];
  return [
    cr * cy,
    cr * sy * sp - sr * cp,
    cr * sy * cp + sr * sp,
    sr * cy,
    sr * sy * sp + cr * cp,
    sr * sy * cp - cr * sp,
    -sy,
    cy * sp,
    cy * cp,
  ];
}

/** A pinhole camera on the z axis, looking at the head from `distanceMm`. */
export interface Camera {
  distanceMm: number;
  /** Pixels a millimetre at the head's centre. */
  scale: number;
  /** Pixel where the head's centre falls. */
  x: number;
  y: number;
  /** Rotation of the picture, rad, clockwise. */
  roll: number;
}

/** Projects a point; writes pixel x, pixel y and 1/distance. */
export function projectPoint(
  camera: Camera,
  x: number,
  y: number,
  z: number,
  out: Float32Array | number[],
  at: number,
): void {
  const inverse = 1 / Math.max(40, camera.distanceMm - z);
  const k = camera.scale * camera.distanceMm * inverse;
  const c = Math.cos(camera.roll);
  const s = Math.sin(camera.roll);
  out[at] = camera.x + k * (c * x + s * y);
  out[at + 1] = camera.y + k * (s * x - c * y);
  out[at + 2] = inverse;
}

/** Turns a point about the neck's pivot. */
export const PIVOT = [0, -80, -15] as const;

/** Rotates a grid about the pivot, in place: positions and normals. */
export function rotateGrid(grid: Grid, m: Matrix): void {
  const { position: p, normal: n } = grid;
  const [ox, oy, oz] = PIVOT;
  for (let i = 0; i < p.length; i += 3) {
    const x = p[i]! - ox;
    const y = p[i + 1]! - oy;
    const z = p[i + 2]! - oz;
    p[i] = m[0] * x + m[1] * y + m[2] * z + ox;
    p[i + 1] = m[3] * x + m[4] * y + m[5] * z + oy;
    p[i + 2] = m[6] * x + m[7] * y + m[8] * z + oz;
    const nx = n[i]!;
    const ny = n[i + 1]!;
    const nz = n[i + 2]!;
    n[i] = m[0] * nx + m[1] * ny + m[2] * nz;
    n[i + 1] = m[3] * nx + m[4] * ny + m[5] * nz;
    n[i + 2] = m[6] * nx + m[7] * ny + m[8] * nz;
  }
}

/** Projects every vertex of a grid to pixels. */
export function projectGrid(camera: Camera, grid: Grid): Float32Array {
  const { position: p } = grid;
  const out = scratch.floats(p.length);
  const c = Math.cos(camera.roll);
  const s = Math.sin(camera.roll);
  for (let i = 0; i < p.length; i += 3) {
    const inverse = 1 / Math.max(40, camera.distanceMm - p[i + 2]!);
    const k = camera.scale * camera.distanceMm * inverse;
    out[i] = camera.x + k * (c * p[i]! + s * p[i + 1]!);
    out[i + 1] = camera.y + k * (s * p[i]! - c * p[i + 1]!);
    out[i + 2] = inverse;
  }
  return out;
}
