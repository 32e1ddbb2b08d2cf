import { mix, smoothstep } from '../core/math.ts';
import { CLOUDS, sampleTile } from '../core/noise.ts';
import { EYE_X, faceHalfWidth } from '../geometry/head.ts';
import type { Identity } from '../identity/identity.ts';
import type { Light } from './light.ts';
import type { Sample } from './sample.ts';

export interface EyeState {
  /** 0 closed to 1 open, wider above 1; viewer's left and right. */
  openLeft: number;
  openRight: number;
  /** Where the pupils look, mm from the middle of the eye. */
  gazeX: number;
  gazeY: number;
  /** How far the lower lids are pushed up (a smile), mm. */
  squintMm: number;
  /** Pupil radius over iris radius. */
  pupil: number;
  /** mm a sample, to soften edges by. */
  sampleMm: number;
}

const HALF_WIDTH = 16;
const LID_ROWS = Float32Array.from({ length: 33 }, (_, i) => faceHalfWidth(i - 16));

/** Paints lids, lashes, white, iris and pupil over the skin at (angle, height) when they fall near an eye. */
export function createEyePainter(
  identity: Identity,
  state: EyeState,
  light: Light,
): (sample: Sample, phi: number, y: number) => void {
  const { eyes, skin } = identity;
  const [kx, ky, kz] = light.key.direction;
  // The window or lamp that shows in the eye, a little off its middle towards the light.
  const glintX = 2.6 * kx;
  const glintY = 1.2 + 2 * ky;
  const glintLevel = kz > -0.2 ? 0.5 : 0.12;
  const edge = 0.35 + 0.5 * state.sampleMm;
  const irisRadius = eyes.irisRadius;
  const pupilRadius = irisRadius * state.pupil;

  return (sample, phi, y) => {
    const x = LID_ROWS[(y + 16) | 0]! * Math.sin(phi);
    const side = x > 0 ? 1 : -1;
    const outwards = x * side - EYE_X;
    if (outwards < -HALF_WIDTH - 4 || outwards > HALF_WIDTH + 5 || Math.abs(phi) > 1.2) return;
    const open = side < 0 ? state.openLeft : state.openRight;
    const t = outwards / HALF_WIDTH;
    const inside = Math.max(0, 1 - t * t);
    const skewed = t - 0.45 * eyes.lidPeak * inside;
    const arch = Math.max(0, 1 - Math.abs(skewed) ** 2.3);
    const bottom = -eyes.lowerLid * inside ** 0.85 * (1 + 0.18 * t) + state.squintMm * inside;
    const top = mix(bottom + 0.2, eyes.upperLid * arch, open);

    // Fold and lid above the opening.
    const above = y - top;
    if (above > 0 && above < 9) {
      const fold = 2.4 + 2.2 * inside + 1.5 * (1 - open);
      const k =
        1 -
        0.42 *
          eyes.crease *
          Math.exp(-(((above - fold) / (0.8 + 0.4 * state.sampleMm)) ** 2)) *
          smoothstep(1.15, 0.8, Math.abs(t));
      sample.r *= k;
      sample.g *= k * k;
      sample.b *= k * k;
      if (above < fold) sample.gloss *= 1.25;
    }
    const gap = Math.min(top - y, y - bottom);
    const cover = smoothstep(-edge, edge, gap) * smoothstep(1.02, 0.94, Math.abs(t));
    if (cover > 0 && open > 0.03) {
      paintBall(sample, x - side * EYE_X, y, side, top, bottom, t, cover);
    }
    // Lashes: a dark line on the upper lid, thicker outwards; a faint one below.
    const upper =
      Math.exp(-(((above - 0.25) / (0.75 + 0.35 * eyes.lashes + 0.3 * state.sampleMm)) ** 2)) *
      smoothstep(1.16, 0.95, Math.abs(t + 0.06));
    const lower = Math.exp(-(((y - bottom + 0.3) / 0.7) ** 2)) * smoothstep(1.05, 0.8, Math.abs(t));
    const dark =
      1 - Math.min(0.93, (0.5 + 0.45 * eyes.lashes + 0.12 * t) * upper + (0.22 + 0.18 * eyes.lashes) * lower);
    sample.r *= dark;
    sample.g *= dark;
    sample.b *= dark;
    sample.glint *= dark;
  };

  function paintBall(
    sample: Sample,
    ex: number,
    y: number,
    side: number,
    top: number,
    bottom: number,
    t: number,
    cover: number,
  ): void {
    const dx = ex - state.gazeX;
    const dy = y - 0.5 - state.gazeY;
    const radius = Math.sqrt(dx * dx + dy * dy);
    // White of the eye: greyer and redder towards the corners, shaded under the lid.
    const corner = t * t;
    let r = 0.56 - 0.12 * corner;
    let g = 0.51 - 0.17 * corner;
    let b = 0.48 - 0.16 * corner;
    if (t < -0.84) {
      const duct = smoothstep(-0.84, -0.97, t);
      r = mix(r, 0.5, duct);
      g = mix(g, 0.24, duct);
      b = mix(b, 0.22, duct);
    }
    const soft = 0.35 + 0.5 * state.sampleMm;
    const iris = smoothstep(irisRadius + soft, irisRadius - soft, radius);
    if (iris > 0) {
      const rim = 1 - 0.62 * smoothstep(0.72 * irisRadius, irisRadius, radius);
      const rays = 0.8 + 0.5 * sampleTile(CLOUDS, Math.atan2(dy, dx) * 14 + 40 * side, radius * 1.5);
      const k = rim * rays * (1 + 0.35 * (-dy / irisRadius));
      const pupil = 1 - 0.96 * smoothstep(pupilRadius + soft * 0.8, pupilRadius - soft * 0.8, radius);
      r += (eyes.iris[0] * k * pupil - r) * iris;
      g += (eyes.iris[1] * k * pupil - g) * iris;
      b += (eyes.iris[2] * k * pupil - b) * iris;
    }
    const shadow = 0.42 + 0.58 * smoothstep(0, 3.6, top - y);
    const lowLight = 0.85 + 0.15 * smoothstep(0, 1.5, y - bottom);
    const level = shadow * lowLight * (1 - 0.25 * skin.melanin);
    sample.r += (r * level - sample.r) * cover;
    sample.g += (g * level - sample.g) * cover;
    sample.b += (b * level - sample.b) * cover;
    sample.gloss += (0.25 - sample.gloss) * cover;
    const spot = Math.hypot(dx - glintX, dy - glintY);
    sample.glint = glintLevel * cover * smoothstep(1.5 + soft, 1.1 - soft, spot);
  }
}
