import { mixSeed, Random } from '@semblance/core/random';
import { clamp } from '../core/math.ts';
import { FINE_NAMES } from '../geometry/fine-morphs.ts';
import { SHAPE_NAMES } from '../geometry/morphs.ts';
import { type Identity, identityAtAge, type Mole } from './identity.ts';
import { type Look, wearLook } from './look.ts';

/** How many looks a person has: photos share them, so that skins are not painted anew for each. */
export const NUM_LOOKS = 6;

/** Populations have mean faces of their own, so that some strangers are as like as cousins. */
const NUM_POPULATIONS = 40;
const SPREAD = { population: 0.45, shape: 1.05, fine: 1 };

/**
 * A person of the varied kind: a finer skull and features that never change, and looks that do. Years pass between
 * looks; hair and beard are cut and dyed, weight, tan, make-up and glasses come and go.
 */
export interface Person {
  readonly seed: number;
  readonly name: string;
  /** The person as photo number `photo` shows them; photos take their looks at random from the person's few. */
  lookOf(photo: number): Identity;
}

/**
 * Draws a person of the varied kind, whom photos show in different looks.
 * @param seed any integer; the same seed is the same person, and another than {@link createIdentity} draws.
 * @example
 * ```ts
 * import { createPerson, renderAlignedCrop } from '@semblance/synthetic';
 *
 * const ada = createPerson(7);
 * const { image } = renderAlignedCrop(ada.lookOf(3), { seed: 3, capture: 'varied' });
 * console.log(image.width, ada.lookOf(3).name === ada.lookOf(4).name); // 112 true
 * ```
 */
export function createPerson(seed: number): Person {
  const own = identityAtAge(seed);
  const random = new Random(mixSeed(seed, 0x7e12)).fork(1);
  const features = drawFeatures(random.fork(1));
  const marks = createMarks(random.fork(2));
  const looks: (Identity | undefined)[] = new Array(NUM_LOOKS);
  const draw = (number: number): Identity => {
    const look = drawLook(random.fork(10 + number), own);
    const aged = identityAtAge(seed, look.age);
    const shape = Object.fromEntries(
      SHAPE_NAMES.map((name) => [
        name,
        clamp(SPREAD.shape * aged.shape[name] + features.shape[name]!, -3.4, 3.4),
      ]),
    ) as Identity['shape'];
    const moles = [...aged.skin.moles, ...marks];
    return wearLook({ ...aged, shape, fine: features.fine, skin: { ...aged.skin, moles } }, look);
  };
  return {
    seed,
    name: own.name,
    lookOf(photo) {
      const number = Random.of(seed, photo, 0x100c).below(NUM_LOOKS);
      return (looks[number] ??= draw(number));
    },
  };
}

function drawFeatures(random: Random) {
  const population = new Random(7000 + random.below(NUM_POPULATIONS));
  const of = (names: readonly string[], spread: number): Record<string, number> =>
    Object.fromEntries(
      names.map((name) => [name, population.normal(SPREAD.population) + random.normal(spread, 2.2)]),
    );
  return { shape: of(SHAPE_NAMES, 0.35), fine: of(FINE_NAMES, SPREAD.fine) };
}

/** Marks that stay for life, beside the moles that everyone may have. */
function createMarks(random: Random): Mole[] {
  if (!random.chance(0.25)) return [];
  return [
    {
      x: random.range(-50, 50),
      y: random.range(-100, 50),
      radius: random.range(1.5, 3.5),
      strength: random.range(0.15, 0.6),
    },
  ];
}

/** Years, hair, weight and all that differs from one look of a person to another. */
function drawLook(random: Random, own: Identity): Look {
  const years = random.normal(7, 2.2);
  const age = own.age < 15 ? clamp(own.age + random.normal(1), 3, 15) : clamp(own.age + years, 16, 88);
  return {
    age,
    hair: random.fork(1),
    beard: random.fork(2),
    weight: random.normal(0.7),
    tan: random.normal(0.05),
    paint: random.fork(3),
    things: random.fork(4),
  };
}
