import { smoothstep } from '../core/math.ts';
import { faceHalfWidth, LIP_GAP, MOUTH_HALF_WIDTH, MOUTH_Y } from '../geometry/head.ts';
import type { Identity } from '../identity/identity.ts';
import type { Sample } from './sample.ts';

const HALF_WIDTH = faceHalfWidth(MOUTH_Y);

/**
 * Paints what shows between parted lips: upper teeth, tongue, dark. The slit between the two lip rows of
 * the head has its own heights: LIP_GAP above MOUTH_Y at the upper lip to LIP_GAP below it at the lower.
 */
export function createMouthPainter(
  identity: Identity,
  lipGapMm: number,
): (sample: Sample, phi: number, y: number) => void {
  const toothLevel = 0.72 - 0.14 * identity.skin.wrinkles;
  return (sample, phi, y) => {
    if (y > MOUTH_Y + LIP_GAP || y < MOUTH_Y - LIP_GAP || lipGapMm < 0.5) return;
    const x = HALF_WIDTH * Math.sin(phi);
    const t = Math.abs(x) / MOUTH_HALF_WIDTH;
    if (t > 1) return;
    const gap = Math.max(0.4, lipGapMm * Math.sqrt(1 - t * t));
    const below = ((MOUTH_Y + LIP_GAP - y) / (2 * LIP_GAP)) * gap;
    const left = gap - below;
    // Dark cavity with the tongue rising from below.
    let r = 0.06;
    let g = 0.015;
    let b = 0.014;
    const tongue = smoothstep(9, 3, left) * smoothstep(0.8, 0.5, t) * smoothstep(5, 10, gap);
    r += 0.26 * tongue;
    g += 0.085 * tongue;
    b += 0.08 * tongue;
    const tooth = smoothstep(8.6, 7.6, below) * smoothstep(0.96, 0.78, t);
    const lower = 0.6 * smoothstep(3.6, 2.8, left) * smoothstep(0.75, 0.6, t) * smoothstep(11, 14, gap);
    const teeth = Math.max(tooth, lower);
    if (teeth > 0) {
      const seam = 1 - 0.14 * smoothstep(0.13, 0.03, Math.abs(((Math.abs(x) / 7.6) % 1) - 0.02));
      const level = toothLevel * seam * (1 - 0.55 * t * t) * (0.72 + 0.28 * smoothstep(0, 2.5, below));
      r += (level - r) * teeth;
      g += (level * 0.93 - g) * teeth;
      b += (level * 0.82 - b) * teeth;
    }
    sample.r = r;
    sample.g = g;
    sample.b = b;
    sample.gloss = 0.5 * teeth + 0.2;
  };
}
