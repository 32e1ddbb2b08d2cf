import type { Gallery } from '../gallery/gallery.ts';

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
