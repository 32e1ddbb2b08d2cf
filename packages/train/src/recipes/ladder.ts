import type { LossName } from '../losses/index.ts';
import { mobile, type RecognitionRecipe } from './recognition.ts';

/** The default recipe with another loss. */
const rung = <const L extends LossName>(loss: L, lossOptions: Record<string, unknown> = {}) =>
  ({
    ...mobile,
    name: `ladder-${loss}`,
    loss,
    lossOptions,
    calibrationPeople: 0,
  }) satisfies RecognitionRecipe;

/**
 * One recipe for each loss, alike in all else (but that triplets see four photos of a person together): what
 * `semblance experiment losses` compares, with all people to learn from.
 *
 * Margins are those of the papers where some ten people allow them. λ of L-Softmax and A-Softmax falls within some
 * hundred steps, since these trainings have no ten thousand; scales of 64 ask for longer ones too.
 */
export const ladderRecipes = {
  'ladder-softmax': rung('softmax'),
  'ladder-triplet': { ...rung('triplet', { margin: 0.2 }), photosPerPerson: 4 },
  'ladder-center': rung('center', { weight: 0.01 }),
  'ladder-l-softmax': rung('l-softmax', { margin: 2, lambdaGamma: 0.1, lambdaMin: 1 }),
  'ladder-sphereface': rung('sphereface', { margin: 4, lambdaGamma: 0.1, lambdaMin: 5 }),
  'ladder-normface': rung('normface', { scale: 20 }),
  'ladder-am-softmax': rung('am-softmax', { scale: 30, margin: 0.35 }),
  'ladder-cosface': rung('cosface', { scale: 32, margin: 0.4 }),
  'ladder-arcface': rung('arcface', { scale: 32, margin: 0.4, gradient: 'true' }),
  'ladder-combined': rung('combined', { scale: 32, m1: 1, m2: 0.3, m3: 0.2 }),
  'ladder-adaface': rung('adaface', { scale: 32, margin: 0.4 }),
};
