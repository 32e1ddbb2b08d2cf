import { curve } from '../core/math.ts';
import type { Hair } from '../identity/hair.ts';

// Height of the hairline around the head: forehead, temple, sideburn, over the ear, nape.
const HAIRLINE = curve([
  [0, 67],
  [0.35, 67],
  [0.6, 62],
  [0.85, 48],
  [1, 30],
  [1.1, 6],
  [1.18, -12],
  [1.34, -10],
  [1.5, 14],
  [1.75, 10],
  [2, -22],
  [2.4, -44],
  [3.15, -48],
]);

/**
 * How far a point of the head lies inside the hair, mm; negative on bare skin.
 * @param phi signed angle around the head, rad.
 * @param y height over the eye line, mm.
 */
export function hairDepth(hair: Hair, phi: number, y: number): number {
  const angle = Math.abs(phi);
  if (hair.style === 'bald') return -40;
  let line = HAIRLINE(angle);
  const front = angle < 1.05 ? Math.cos((angle / 1.05) * (Math.PI / 2)) : 0;
  line += front * hair.hairlineShift;
  const temple = Math.exp(-(((angle - 0.6) / 0.25) ** 2));
  line += hair.receding * (0.45 * front + 0.75 * temple);
  if (hair.fringe > 0 && angle < 1.15) {
    // The fringe falls away from the parting and thins out towards the temples.
    const side = phi * (hair.part < 0 ? 1 : -1);
    const swept = hair.fringe > 30 ? 1 : 0.55 + 0.75 * Math.max(-0.7, Math.min(0.6, side + 0.2));
    line -= hair.fringe * swept * Math.sqrt(Math.max(0, 1 - (angle / 1.15) ** 2));
  }
  const depth = y - line;
  if (hair.style === 'monk')
    return Math.min(depth, 46 - y + 20 * Math.max(0, angle - 1.2), (angle - 0.95) * 70);
  return depth;
}
