import { Random } from '@semblance/core/random';
import type { Rgb } from '../core/color.ts';
import { clamp, mix } from '../core/math.ts';
import type { FineName } from '../geometry/fine-morphs.ts';
import { SHAPE_NAMES, type ShapeName } from '../geometry/morphs.ts';
import { type Beard, createBeard } from './beard.ts';
import { createHair, type Hair } from './hair.ts';
import { hairColor, irisColor, skinTone } from './palette.ts';

/** A mole: face coordinates and radius in mm, strength 0 to 1. */
export interface Mole {
  x: number;
  y: number;
  radius: number;
  strength: number;
}

/** Everything that stays the same from one photo of a person to the next. */
export interface Identity {
  readonly seed: number;
  readonly name: string;
  readonly age: number;
  /** 0 feminine to 1 masculine. */
  readonly masculinity: number;
  /** Weights of SHAPE_MORPHS. */
  readonly shape: Readonly<Record<ShapeName, number>>;
  /** Weights of FINE_MORPHS; none for people of the first kind. */
  readonly fine?: Readonly<Partial<Record<FineName, number>>>;
  readonly skin: {
    readonly tone: Rgb;
    /** 0 fair to 1 dark. */
    readonly melanin: number;
    /** Redness of cheeks and nose, freckles, wrinkles, shadows under the eyes, shine: 0 to 1. */
    readonly redness: number;
    readonly freckles: number;
    readonly wrinkles: number;
    readonly eyeShadows: number;
    readonly shine: number;
    readonly moles: readonly Mole[];
    /** Where this skin's own blotches lie in the noise. */
    readonly patternX: number;
    readonly patternY: number;
  };
  readonly eyes: {
    readonly iris: Rgb;
    /** mm. */
    readonly irisRadius: number;
    /** Height of the open lids above and below the eye's centre line, mm. */
    readonly upperLid: number;
    readonly lowerLid: number;
    /** Where the upper lid is highest: −1 inner corner to 1 outer corner. */
    readonly lidPeak: number;
    /** 0 no fold over the lid to 1 a deep one. */
    readonly crease: number;
    readonly lashes: number;
  };
  readonly brows: {
    readonly color: Rgb;
    /** mm. */
    readonly thickness: number;
    readonly arch: number;
    readonly innerX: number;
    readonly outerX: number;
    readonly density: number;
    /** 0 even to 1 tapering outwards. */
    readonly taper: number;
    readonly joined: number;
  };
  readonly lips: {
    readonly color: Rgb;
    /** mm. */
    readonly upper: number;
    readonly lower: number;
    readonly bow: number;
    /** How strongly the lips stand out from the skin, 0 to 1. */
    readonly contrast: number;
  };
  readonly hair: Hair;
  readonly beard: Beard;
  readonly ears: { readonly size: number; readonly spread: number; readonly lobe: number };
  readonly neckWidth: number;
  /** How often, 0 to 1, this person wears glasses or a hat in a photo, and which frames. */
  readonly habits: { readonly glasses: number; readonly frameSeed: number; readonly hat: number };
}

/**
 * Draws a person: head shape, skin, eyes, brows, lips, hair, beard and habits, all from one seed.
 * Skin, hair and iris colours are drawn together, age brings wrinkles and grey, children have children's
 * proportions.
 * @param seed any integer; the same seed is the same person.
 * @example
 * ```ts
 * import { createIdentity } from '@semblance/synthetic';
 *
 * const ada = createIdentity(7);
 * console.log(ada.name === createIdentity(7).name, ada.name === createIdentity(8).name); // true false
 * ```
 */
export function createIdentity(seed: number): Identity {
  return identityAtAge(seed);
}

/** The person of a seed at another age than their own: what does not age is drawn from the same streams. */
export function identityAtAge(seed: number, atAge?: number): Identity {
  const random = new Random(seed).fork(1);
  const masculine = random.chance(0.5);
  const masculinity = clamp((masculine ? 0.82 : 0.18) + random.normal(0.14), 0, 1);
  const ownAge = random.chance(0.1)
    ? random.range(3, 14)
    : random.chance(0.2)
      ? random.range(55, 85)
      : random.range(16, 55);
  const age = atAge ?? ownAge;
  const melanin = clamp(
    random.pick([
      random.normal(0.1) + 0.14,
      random.normal(0.1) + 0.28,
      random.normal(0.1) + 0.45,
      random.normal(0.12) + 0.78,
    ]),
    0,
    1,
  );
  const shape = createShape(random.fork(2), masculinity, age);
  const tone = skinTone(melanin, random.normal(0.6));
  const color = hairColor(random.fork(3), melanin, age);
  const elder = clamp((age - 35) / 40, 0, 1);
  const asian = melanin > 0.12 && melanin < 0.5 && random.chance(0.45);
  const lipRed = random.range(0.15, 0.8) * (1 - 0.35 * masculinity);
  const skin = random.fork(4);
  const eyes = random.fork(5);
  const brows = random.fork(6);
  const lips = random.fork(7);
  const body = random.fork(8);
  return {
    seed,
    name: `person-${String(seed).padStart(5, '0')}`,
    age,
    masculinity,
    shape,
    skin: {
      tone,
      melanin,
      redness: skin.range(0.1, 0.9) * (1 - 0.6 * melanin),
      freckles: melanin < 0.35 && skin.chance(0.22) ? skin.range(0.3, 1) : skin.range(0, 0.1),
      wrinkles: clamp(0.05 + elder * skin.range(0.7, 1.2), 0, 1),
      eyeShadows: clamp(skin.range(0, 0.6) + 0.3 * elder, 0, 1),
      shine: skin.range(0.2, 1),
      moles: createMoles(skin),
      patternX: skin.range(0, 256),
      patternY: skin.range(0, 256),
    },
    eyes: {
      iris: irisColor(eyes, asian ? 0.6 : melanin),
      irisRadius: eyes.range(5.8, 6.6),
      upperLid: clamp(
        mix(7, 5.9, masculinity) + eyes.normal(0.75) - (asian ? 0.8 : 0) - 0.8 * elder,
        4.2,
        8.6,
      ),
      lowerLid: clamp(4.4 + eyes.normal(0.6), 2.6, 5.5),
      lidPeak: clamp(eyes.normal(0.3) - 0.05, -0.6, 0.6),
      crease: asian ? eyes.range(0, 0.3) : eyes.range(0.35, 1),
      lashes: clamp(mix(0.8, 0.35, masculinity) + eyes.normal(0.2), 0.1, 1.2),
    },
    brows: {
      color: [color[0] * 0.75, color[1] * 0.72, color[2] * 0.7],
      thickness: clamp(mix(5.2, 7.6, masculinity) + brows.normal(1.4), 2.6, 11),
      arch: clamp(mix(5, 2.2, masculinity) + brows.normal(1.8), -0.5, 9),
      innerX: clamp(13 + brows.normal(2.2), 8, 18),
      outerX: clamp(50 + brows.normal(3), 43, 57),
      density: clamp(0.75 + brows.normal(0.2) - 0.2 * elder, 0.3, 1.05),
      taper: brows.range(0.3, 1),
      joined: masculine && brows.chance(0.12) ? brows.range(0.3, 0.9) : 0,
    },
    lips: {
      color: [
        tone[0] * mix(0.72, 0.8, lipRed),
        tone[1] * mix(0.55, 0.28, lipRed) * (1 + 0.25 * melanin),
        tone[2] * mix(0.58, 0.36, lipRed) * (1 + 0.25 * melanin),
      ],
      upper: clamp(6.4 + lips.normal(1.6) + 1.5 * melanin - 1.6 * elder, 2.4, 10.5),
      lower: clamp(8.6 + lips.normal(1.7) + 1.5 * melanin - 1.6 * elder, 4, 13),
      bow: lips.range(0, 1),
      contrast: clamp(0.35 + 0.65 * lipRed + lips.normal(0.15), 0.2, 1),
    },
    hair: createHair(random.fork(9), color, masculinity, age, melanin),
    beard: createBeard(random.fork(10), color, masculinity, age),
    ears: {
      size: clamp(1 + body.normal(0.1) + 0.08 * elder, 0.75, 1.35),
      spread: clamp(body.normal(0.5) + 0.6, 0, 1.6),
      lobe: body.range(0, 1),
    },
    neckWidth: mix(0.86, 1.06, masculinity) + body.normal(0.05) - (age < 14 ? 0.12 : 0),
    habits: {
      glasses: body.chance(0.3) ? body.range(0.3, 0.85) : 0.04,
      frameSeed: body.int(0, 2 ** 31),
      hat: body.chance(0.15) ? body.range(0.15, 0.45) : 0.04,
    },
  };
}

function createShape(random: Random, masculinity: number, age: number): Record<ShapeName, number> {
  const shape = Object.fromEntries(SHAPE_NAMES.map((name) => [name, random.normal(1, 2.2)])) as Record<
    ShapeName,
    number
  >;
  const add = (name: ShapeName, by: number) => {
    shape[name] = clamp(shape[name] + by, -3.2, 3.2);
  };
  const m = 2 * masculinity - 1;
  add('jawWidth', 0.6 * m);
  add('chinWidth', 0.8 * m);
  add('browRidge', 0.9 * m);
  add('browHeight', -0.6 * m);
  add('eyeSize', -0.5 * m);
  add('noseWidth', 0.3 * m);
  add('faceLength', 0.5 * m);
  add('lipVolume', -0.4 * m);
  add('cheekFullness', -0.2 * m);
  if (age < 15) {
    const child = 1 - (age - 3) / 14;
    add('faceLength', -2.2 * child);
    add('midFace', -1.4 * child);
    add('noseLength', -1.6 * child);
    add('noseProjection', -1.5 * child);
    add('bridgeHeight', -1 * child);
    add('browRidge', -1.5 * child);
    add('eyeSize', 1.5 * child);
    add('cheekFullness', 1.3 * child);
    add('forehead', 0.8 * child);
    add('jawWidth', -0.6 * child);
    add('chinWidth', -0.8 * child);
  }
  if (age > 50) {
    add('noseLength', 0.5);
    add('lipVolume', -0.6);
    add('cheekFullness', random.normal(0.6));
  }
  return shape;
}

function createMoles(random: Random): Mole[] {
  const count = random.chance(0.5) ? random.int(1, 5) : 0;
  return Array.from({ length: count }, () => ({
    x: random.range(-58, 58),
    y: random.range(-105, 55),
    radius: random.range(0.9, 2.2),
    strength: random.range(0.4, 0.95),
  }));
}
