import type { LossName } from '../losses/index.ts';
import type { RecognitionRecipe } from './recognition.ts';

/** A recipe that differs from the base in its loss alone. */
const rung = (base: RecognitionRecipe, loss: LossName, lossOptions: Record<string, unknown> = {}) => ({
  ...base,
  name: `ladder-${loss}`,
  loss,
  lossOptions,
});

/**
 * One recipe for each loss, alike in all else (but that triplets see four photos of a person together): what `semblance experiment losses` compares.
 *
 * Margins are those of the papers where some ten people allow them. λ of L-Softmax and A-Softmax falls within some
 * hundred steps, since these trainings have no ten thousand; scales of 64 ask for longer ones too.
 */
export const ladderRecipes = (base: RecognitionRecipe) => ({
  'ladder-softmax': rung(base, 'softmax'),
  'ladder-triplet': { ...rung(base, 'triplet', { margin: 0.2 }), photosPerPerson: 4 },
  'ladder-center': rung(base, 'center', { weight: 0.01 }),
  'ladder-l-softmax': rung(base, 'l-softmax', { margin: 2, lambdaGamma: 0.1, lambdaMin: 1 }),
  'ladder-sphereface': rung(base, 'sphereface', { margin: 4, lambdaGamma: 0.1, lambdaMin: 5 }),
  'ladder-normface': rung(base, 'normface', { scale: 20 }),
  'ladder-am-softmax': rung(base, 'am-softmax', { scale: 30, margin: 0.35 }),
  'ladder-cosface': rung(base, 'cosface', { scale: 32, margin: 0.4 }),
  'ladder-arcface': rung(base, 'arcface', { scale: 32, margin: 0.4, gradient: 'true' }),
  'ladder-combined': rung(base, 'combined', { scale: 32, m1: 1, m2: 0.3, m3: 0.2 }),
  'ladder-adaface': rung(base, 'adaface', { scale: 32, margin: 0.4 }),
});
