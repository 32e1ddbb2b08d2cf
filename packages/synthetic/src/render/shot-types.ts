import type { Frames, HatKind } from '../geometry/accessories.ts';
import type { ExpressionName } from '../geometry/morphs.ts';
import type { Identity } from '../identity/identity.ts';
import type { Cloth } from './cloth.ts';
import type { Camera, Pose } from './lens.ts';
import type { Light } from './light.ts';

/** Everything about one person in one photo. */
export interface Shot {
  identity: Identity;
  pose: Pose;
  torsoYaw: number;
  expression: Partial<Record<ExpressionName, number>>;
  eyeOpen: readonly [number, number];
  gaze: readonly [number, number];
  light: Light;
  camera: Camera;
  clothes: Cloth;
  trousers: Cloth;
  glasses: { frames: Frames; glare: number; glareShift: number } | null;
  hat: { kind: HatKind; cloth: Cloth; low: number; brimMm: number } | null;
  mask: { cloth: Cloth; top: number } | null;
}
