import type { Random } from '@semblance/core/random';
import { type Rgb, srgb } from '../core/color.ts';
import { clamp, mix } from '../core/math.ts';
import { createBeard } from './beard.ts';
import { createHair, type Hair } from './hair.ts';
import type { Identity } from './identity.ts';

/** One look of a person: an age, and streams that the rest is drawn from. */
export interface Look {
  age: number;
  hair: Random;
  beard: Random;
  /** Standard deviations heavier (above 0) or lighter than usual. */
  weight: number;
  /** Added to the skin's darkness, as a share. */
  tan: number;
  paint: Random;
  things: Random;
}

const DYES = [srgb(30, 24, 22), srgb(96, 48, 30), srgb(190, 152, 98), srgb(150, 108, 66), srgb(120, 44, 40)];
const LIPSTICKS = [
  srgb(168, 36, 48),
  srgb(196, 84, 96),
  srgb(122, 30, 52),
  srgb(186, 104, 88),
  srgb(150, 60, 70),
];

/** The person with a look put on: bones, eyes and skin marks stay, the rest may differ. */
export function wearLook(person: Identity, look: Look): Identity {
  const shaded = 1 - clamp(look.tan, -0.12, 0.12);
  const tone = scale(person.skin.tone, shaded);
  const hair = cutHair(person, look);
  const { weight } = look;
  const painted = paint(person, look);
  return {
    ...person,
    shape: {
      ...person.shape,
      cheekFullness: clamp(person.shape.cheekFullness + 0.9 * weight, -3.4, 3.4),
      jawWidth: clamp(person.shape.jawWidth + 0.35 * weight, -3.4, 3.4),
    },
    fine: {
      ...person.fine,
      jowls: (person.fine?.jowls ?? 0) + 0.6 * weight + clamp((person.age - 45) / 25, 0, 1.4),
      cheekHollow: (person.fine?.cheekHollow ?? 0) - 0.5 * weight,
    },
    skin: { ...person.skin, ...painted.skin, tone },
    eyes: { ...person.eyes, lashes: painted.lashes },
    brows: { ...person.brows, ...painted.brows },
    lips: painted.lips,
    hair,
    beard: growBeard(person, look),
    neckWidth: person.neckWidth + 0.025 * weight,
    // The same for everybody, so that nothing worn says who wears it.
    habits: { glasses: 0.2, frameSeed: look.things.int(0, 2 ** 31), hat: 0.1 },
  };
}

const scale = (color: Rgb, k: number): Rgb => [color[0] * k, color[1] * k, color[2] * k];

/** Another cut on the same head: hairline, natural colour and curl are the person's. */
function cutHair(person: Identity, { age, hair: random }: Look): Hair {
  const own = person.hair;
  const dyed = age > 15 && random.chance(0.06 + 0.16 * (1 - person.masculinity));
  const color = dyed
    ? scale(random.pick(DYES), random.range(0.7, 1.3))
    : scale(own.color, random.range(0.85, 1.15));
  const cut = createHair(random.fork(1), color, person.masculinity, age, person.skin.melanin);
  const keeps = random.chance(0.3);
  const hair = keeps ? { ...own, color } : cut;
  return {
    ...hair,
    curl: clamp(0.6 * hair.curl + 0.4 * own.curl, 0, 1),
    receding: own.receding,
    hairlineShift: own.hairlineShift,
    patternX: own.patternX,
  };
}

function growBeard(person: Identity, { age, beard: random }: Look): Identity['beard'] {
  if (random.chance(0.4)) return person.beard;
  const grown = createBeard(random, person.beard.color, person.masculinity, age);
  return {
    ...grown,
    color: person.beard.color,
    cheekLine: person.beard.cheekLine,
    patchiness: person.beard.patchiness,
  };
}

/** Make-up, or a face without; more often and stronger on feminine faces. */
function paint(person: Identity, { age, paint: random }: Look) {
  const { brows, lips, skin, eyes } = person;
  const k = age > 14 && random.chance(0.7 * (1 - person.masculinity) ** 1.5) ? random.range(0.3, 1) : 0;
  const lipstick = random.pick(LIPSTICKS);
  const tint = k * random.range(0, 0.8);
  return {
    skin: {
      redness: clamp(skin.redness * (1 - 0.5 * k) + 0.4 * k * random.next() + random.normal(0.08), 0, 1),
      freckles: skin.freckles * (1 - 0.7 * k),
      eyeShadows: clamp(skin.eyeShadows * (1 - 0.7 * k) + random.range(-0.1, 0.25), 0, 1),
      shine: clamp(skin.shine * (1 - 0.5 * k) + random.normal(0.15), 0.1, 1),
    },
    lashes: clamp(eyes.lashes + 0.6 * k, 0.1, 1.4),
    brows: {
      density: clamp(brows.density + 0.25 * k * random.next() + random.normal(0.05), 0.25, 1.1),
      thickness: clamp(brows.thickness * (1 - 0.2 * k * random.next()), 2.4, 11),
    },
    lips: {
      ...lips,
      color: lips.color.map((own, c) =>
        mix(own, lipstick[c]! * (1 - 0.5 * skin.melanin), tint),
      ) as unknown as Rgb,
      contrast: clamp(lips.contrast + 0.4 * tint, 0.2, 1),
    },
  };
}
