import type { Random } from '@semblance/core/random';
import type { Rgb } from '../core/color.ts';

/** Which zones of the face a cut covers, 0 to 1 each, and how long it is, mm. */
export interface BeardStyle {
  moustache: number;
  chin: number;
  cheeks: number;
  /** Under the lower lip. */
  soulPatch: number;
  length: readonly [number, number];
  weight: number;
}

/** One line a style. */
export const BEARD_STYLES = {
  none: { moustache: 0, chin: 0, cheeks: 0, soulPatch: 0, length: [0, 0], weight: 5 },
  shadow: { moustache: 0.35, chin: 0.4, cheeks: 0.3, soulPatch: 0.3, length: [0, 0], weight: 2 },
  stubble: { moustache: 0.7, chin: 0.75, cheeks: 0.6, soulPatch: 0.6, length: [0.3, 1], weight: 1.8 },
  moustache: { moustache: 1, chin: 0, cheeks: 0, soulPatch: 0, length: [2, 4], weight: 0.7 },
  goatee: { moustache: 0.9, chin: 1, cheeks: 0.08, soulPatch: 0.8, length: [2, 5], weight: 0.9 },
  chinBeard: { moustache: 0.15, chin: 1, cheeks: 0.15, soulPatch: 0.7, length: [2, 6], weight: 0.3 },
  short: { moustache: 0.95, chin: 1, cheeks: 0.95, soulPatch: 0.8, length: [2, 5], weight: 1.2 },
  full: { moustache: 1, chin: 1, cheeks: 1, soulPatch: 0.9, length: [7, 16], weight: 0.9 },
} satisfies Record<string, BeardStyle>;

export type BeardStyleName = keyof typeof BEARD_STYLES;

export interface Beard {
  readonly style: BeardStyleName;
  readonly moustache: number;
  readonly chin: number;
  readonly cheeks: number;
  readonly soulPatch: number;
  readonly lengthMm: number;
  readonly color: Rgb;
  /** Height of the beard's upper edge on the cheek, mm above its usual place. */
  readonly cheekLine: number;
  readonly patchiness: number;
}

export function createBeard(random: Random, color: Rgb, masculinity: number, age: number): Beard {
  const weights = Object.fromEntries(
    Object.entries(BEARD_STYLES).map(([name, { weight }]) => [name, weight]),
  ) as Record<BeardStyleName, number>;
  const drawn = random.weighted(weights);
  const style = masculinity > 0.55 && age > 17 ? drawn : 'none';
  const cut: BeardStyle = BEARD_STYLES[style];
  const jitter = () => random.range(0.75, 1.05);
  const red = random.range(1, 1.25);
  return {
    style,
    moustache: cut.moustache * jitter(),
    chin: cut.chin * jitter(),
    cheeks: cut.cheeks * jitter(),
    soulPatch: cut.soulPatch * jitter(),
    lengthMm: random.range(cut.length[0], cut.length[1]),
    color: [color[0] * red, color[1], color[2] * 0.95],
    cheekLine: random.normal(5),
    patchiness: random.range(0.1, 0.6),
  };
}
