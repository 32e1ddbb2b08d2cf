import { Random } from '@semblance/core/random';
import { clamp } from '../core/math.ts';
import { createFrames } from '../geometry/accessories.ts';
import type { ExpressionName } from '../geometry/morphs.ts';
import type { Identity } from '../identity/identity.ts';
import { createCloth } from './cloth.ts';
import type { Camera, Pose } from './lens.ts';
import type { Light } from './light.ts';
import type { Shot } from './shot-types.ts';

/** Draws what a face does; strength 0 is a passport's neutral. */
function createExpression(random: Random, strength: number): Partial<Record<ExpressionName, number>> {
  const mood = random.weighted({
    neutral: 3,
    smile: 4 * strength,
    laugh: 1.6 * strength,
    talk: 2 * strength,
    surprise: 0.5 * strength,
    sad: 0.5 * strength,
    frown: 0.6 * strength,
    pout: 0.4 * strength,
  });
  const k = random.range(0.4, 1);
  const base: Partial<Record<ExpressionName, number>> = {
    skew: random.normal(0.3) * strength,
    browUp: Math.max(0, random.normal(0.25)) * strength,
  };
  switch (mood) {
    case 'neutral':
      return { ...base, smile: random.range(-0.1, 0.2) };
    case 'smile':
      return { ...base, smile: k, showTeeth: random.chance(0.55) ? random.range(0.5, 1) : 0 };
    case 'laugh':
      return { ...base, smile: 0.5 + 0.7 * k, showTeeth: 1, open: random.range(0.15, 0.6) };
    case 'talk':
      return {
        ...base,
        open: random.range(0.08, 0.6),
        smile: random.range(-0.2, 0.4),
        pucker: random.chance(0.3) ? random.range(0, 0.6) : 0,
      };
    case 'surprise':
      return { ...base, open: random.range(0.3, 1), browUp: random.range(0.5, 1.2) };
    case 'sad':
      return { ...base, sad: k, browDown: random.range(0, 0.5) };
    case 'frown':
      return { ...base, browDown: k, sneer: random.range(0, 0.7), smile: random.range(-0.2, 0.1) };
    case 'pout':
      return { ...base, pucker: k };
  }
}

/** Draws a pose within ±60° of yaw; most people look near the camera. */
function createPose(random: Random, strength: number): Pose {
  const wide = random.chance(0.35 * strength);
  const yaw = wide ? random.pick([-1, 1]) * random.range(0.45, 1.05) : random.normal(0.06 + 0.3 * strength);
  return {
    yaw: clamp(yaw, -1.05, 1.05),
    pitch: clamp(random.normal(0.05 + 0.17 * strength), -0.5, 0.5),
    roll: clamp(random.normal(0.03 + 0.16 * strength), -0.6, 0.6),
  };
}

/** What may differ between two photos of a person, all of it drawn from one stream. */
export interface ShotOptions {
  /** 0 a passport photo to 1 anything. */
  strength: number;
  light: Light;
  /** Pose and camera are given where the caller frames the face itself. */
  camera: (pose: Pose) => Camera;
  /** Multiplies how often people wear masks, hats and sunglasses. */
  disguise?: number;
}

/** Draws one photo's worth of pose, expression, gaze, clothes and things worn. */
export function createShot(identity: Identity, random: Random, options: ShotOptions): Shot {
  const { strength, light, disguise = 1 } = options;
  const pose = createPose(random.fork(1), strength);
  const face = random.fork(2);
  const worn = random.fork(3);
  const expression = createExpression(face, strength);
  const blink = face.chance(0.05 * strength) ? face.range(0, 0.3) : 1;
  const lids = clamp(
    face.range(0.85, 1.08) -
      0.22 * Math.max(0, expression.smile ?? 0) +
      0.2 * (expression.browUp ?? 0) -
      0.12 * (expression.browDown ?? 0),
    0,
    1.25,
  );
  // Eyes turn back towards the camera, or wander.
  const atCamera = face.chance(0.65) ? 1 : face.range(-0.3, 1);
  const sunglasses = worn.chance(0.05 * strength * disguise);
  const wears = worn.chance(identity.habits.glasses * Math.min(1, 0.5 + strength));
  const style = sunglasses ? worn.fork(1) : new Random(identity.habits.frameSeed);
  const hat = worn.chance(identity.habits.hat * strength * disguise);
  const kind = worn.weighted({
    beanie: 1,
    cap: 1.3,
    brim: 0.6,
    hood: 0.5,
    headscarf: identity.masculinity < 0.5 ? 0.8 : 0.1,
  });
  return {
    identity,
    pose,
    torsoYaw: pose.yaw * worn.range(0, 0.6) + worn.normal(0.15) * strength,
    expression,
    eyeOpen: [lids * blink, lids * blink * face.range(0.93, 1)],
    gaze: [
      clamp(-pose.yaw * 6 * atCamera + face.normal(0.8) * strength, -5.5, 5.5),
      clamp(-pose.pitch * 5 * atCamera + face.normal(0.6) * strength, -2.5, 2.5),
    ],
    light,
    camera: options.camera(pose),
    clothes: createCloth(worn),
    trousers: createCloth(worn.fork(2)),
    glasses:
      sunglasses || wears
        ? {
            frames: createFrames(style, sunglasses),
            glare: worn.chance(0.4) ? worn.range(0, 0.5) : 0,
            glareShift: worn.normal(14),
          }
        : null,
    hat: hat ? { kind, cloth: createCloth(worn), low: worn.range(26, 52), brimMm: worn.range(40, 75) } : null,
    mask: worn.chance(0.035 * strength * disguise)
      ? { cloth: maskCloth(worn), top: worn.range(-30, -14) }
      : null,
  };
}

function maskCloth(random: Random): Shot['clothes'] {
  const cloth = createCloth(random);
  return random.chance(0.6)
    ? {
        ...cloth,
        pattern: 'plain',
        color: random.pick([
          [0.45, 0.62, 0.72],
          [0.8, 0.8, 0.8],
          [0.03, 0.03, 0.04],
        ] as const),
      }
    : cloth;
}
