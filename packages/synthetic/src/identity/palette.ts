import type { Random } from '@semblance/core/random';
import { mixRgb, type Rgb, srgb } from '../core/color.ts';

/** Skin from the fairest to the darkest, linear light. */
const SKIN_RAMP: readonly Rgb[] = [
  srgb(243, 211, 194),
  srgb(232, 190, 166),
  srgb(218, 170, 140),
  srgb(196, 144, 112),
  srgb(165, 113, 82),
  srgb(124, 80, 56),
  srgb(88, 56, 40),
  srgb(62, 40, 31),
];

/**
 * Skin albedo for melanin 0 (fair) to 1 (dark), warmth −1 (rosy) to 1 (olive).
 */
export function skinTone(melanin: number, warmth: number): Rgb {
  const at = Math.min(0.9999, Math.max(0, melanin)) * (SKIN_RAMP.length - 1);
  const i = Math.floor(at);
  const base = mixRgb(SKIN_RAMP[i]!, SKIN_RAMP[i + 1]!, at - i);
  return [base[0] * (1 - 0.03 * warmth), base[1] * (1 + 0.045 * warmth), base[2] * (1 - 0.09 * warmth)];
}

const HAIR = {
  black: srgb(26, 22, 21),
  darkBrown: srgb(48, 34, 27),
  brown: srgb(82, 56, 38),
  lightBrown: srgb(122, 88, 58),
  darkBlond: srgb(150, 116, 76),
  blond: srgb(196, 160, 108),
  red: srgb(138, 68, 34),
  auburn: srgb(92, 42, 26),
  grey: srgb(138, 134, 130),
  white: srgb(206, 203, 198),
} as const;

/** Natural hair colour for a skin and an age, with the share of grey that the age brings. */
export function hairColor(random: Random, melanin: number, age: number): Rgb {
  const name =
    melanin > 0.42
      ? random.weighted({ black: 8, darkBrown: 3, brown: 0.3, auburn: 0.2 })
      : random.weighted({
          black: 2,
          darkBrown: 4,
          brown: 4,
          lightBrown: 3,
          darkBlond: 2.5,
          blond: 2.2,
          red: 0.7,
          auburn: 0.8,
        });
  const grey = Math.max(0, Math.min(1, (age - 45) / 30 + random.normal(0.35)));
  const towards = random.chance(0.5) ? HAIR.grey : HAIR.white;
  const shade = random.range(0.8, 1.25);
  const natural = HAIR[name];
  return mixRgb(
    [natural[0] * shade, natural[1] * shade, natural[2] * shade],
    towards,
    age > 40 ? 0.92 * grey : 0,
  );
}

const IRIS = {
  dark: srgb(44, 28, 20),
  brown: srgb(86, 54, 32),
  amber: srgb(128, 86, 42),
  hazel: srgb(116, 98, 56),
  green: srgb(98, 116, 78),
  grey: srgb(122, 134, 140),
  blue: srgb(92, 128, 164),
} as const;

export function irisColor(random: Random, melanin: number): Rgb {
  const name =
    melanin > 0.42
      ? random.weighted({ dark: 8, brown: 3 })
      : random.weighted({ dark: 1.5, brown: 3.5, amber: 1, hazel: 1.5, green: 1.2, grey: 1, blue: 3 });
  const shade = random.range(0.75, 1.2);
  const [r, g, b] = IRIS[name];
  return [r * shade, g * shade, b * shade];
}
