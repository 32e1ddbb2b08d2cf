import type { Gallery } from '../gallery/gallery.ts';
import { fpirAmong, type ImpostorCurve, rateAt } from '../models/impostors.ts';

/** How often two strangers look at least so much alike. */
export interface StrangerRate {
  /** Pairs of faces of different people that were compared. */
  numPairs: number;
  /** Of them those that are as similar or more. */
  numAsSimilar: number;
}

/** More faces than this are thinned: pairs grow with the square. */
const MAX_FACES = 2000;

/** How often different people of a gallery are at least so similar; null for a gallery of fewer than two people. */
export function strangerRate(gallery: Gallery, similarity: number): StrangerRate | null {
  const all = gallery.faces();
  const step = Math.max(1, Math.ceil(all.length / MAX_FACES));
  const faces = all
    .filter((_, i) => i % step === 0)
    .map(({ id, subject }) => ({ subject, embedding: gallery.embedding(id)! }));
  let [numPairs, numAsSimilar] = [0, 0];
  for (const [i, a] of faces.entries()) {
    for (let j = 0; j < i; j++) {
      const b = faces[j]!;
      if (a.subject === b.subject) continue;
      numPairs++;
      let sum = 0;
      for (let k = 0; k < a.embedding.length; k++) sum += a.embedding[k]! * b.embedding[k]!;
      if (sum >= similarity) numAsSimilar++;
    }
  }
  return numPairs > 0 ? { numPairs, numAsSimilar } : null;
}

/**
 * How often a stranger would score so high, in words, by the recognizer's curve: `about 1 in 1,000 strangers would …`.
 *
 * @param gallerySize faces that the stranger is compared with (1: a pair of photos)
 */
export function strangersScoring(similarity: number, curve: ImpostorCurve, gallerySize = 1): string {
  const { fmr, isBound } = rateAt(curve, similarity);
  // of so many independent comparisons one at least
  const rate = fpirAmong(fmr, gallerySize);
  const what = gallerySize > 1 ? `to one of ${gallerySize.toLocaleString('en-US')} faces` : 'to a given face';
  const by = `(${curve.data})`;
  if (rate > 0.4) return `every second stranger or more would be so similar ${what} ${by}`;
  const every = Number((1 / rate).toPrecision(rate > 0.1 ? 1 : 2)).toLocaleString('en-US');
  return `${isBound ? 'fewer than' : 'about'} 1 in ${every} strangers would be so similar ${what} ${by}`;
}

/**
 * The rate in words, for people.
 *
 * Where none of n pairs is as similar, the rate is below 3/n with 95 % confidence (the rule of three).
 */
export function strangerWords(rate: StrangerRate | null): string {
  if (!rate) return 'add --gallery to see how often strangers look this much alike';
  const { numPairs, numAsSimilar } = rate;
  const pairs = `${numPairs.toLocaleString('en-US')} pairs of different people in the gallery`;
  if (numAsSimilar > 0) {
    const every = Math.round(numPairs / numAsSimilar).toLocaleString('en-US');
    return `${numAsSimilar.toLocaleString('en-US')} of ${pairs} are at least this similar: about 1 in ${every}`;
  }
  if (numPairs < 6)
    return `none of ${pairs} is this similar, but they are too few to say how often strangers are`;
  const bound = Math.floor(numPairs / 3).toLocaleString('en-US');
  return `none of ${pairs} is this similar: most likely fewer than 1 in ${bound}`;
}
