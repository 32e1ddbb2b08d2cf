import { permutation, Random } from '@semblance/core/random';
import type { RecognitionRecipe } from '../recipes/recognition.ts';

/** `auto` holds out so many people of how many: the rate of 1 pair in 100 is measured then, and few are lost to training. */
const autoShare = 1 / 20;
const autoFromPeople = 1600;
const autoMostPeople = 1000;

/** 1 for each person that is held out whole, of as many as there are; who follows from the seed. */
export function strangersAmong(
  numPeople: number,
  wanted: RecognitionRecipe['calibrationPeople'],
  seed: number,
): Uint8Array {
  const share = numPeople < autoFromPeople ? 0 : Math.floor(numPeople * autoShare);
  const count = wanted === 'auto' ? Math.min(autoMostPeople, share) : wanted;
  const isStranger = new Uint8Array(numPeople);
  for (const person of permutation(numPeople, Random.of(seed, 0xca11b)).subarray(0, count))
    isStranger[person] = 1;
  return isStranger;
}

/** The label of each person among those that are not held out, in the order they have; −1 for the others. */
export function labelsWithout(isStranger: Uint8Array): Int32Array {
  let next = 0;
  return Int32Array.from(isStranger, (is) => (is === 1 ? -1 : next++));
}

/** Index of the first photo of each stranger. */
export function firstPhotos(labels: Int32Array, isStranger: Uint8Array): Uint32Array {
  const taken = new Set<number>();
  return Uint32Array.from(labels.keys()).filter((i) => {
    const person = labels[i]!;
    if (isStranger[person] === 0 || taken.has(person)) return false;
    taken.add(person);
    return true;
  });
}

/** 1 for each photo that is held out: at most half of a person's; which follows from the seed. */
export function heldPhotos(
  labels: Int32Array,
  numPeople: number,
  perPerson: number,
  seed: number,
): Uint8Array {
  const photosOf: number[][] = Array.from({ length: numPeople }, () => []);
  for (const [i, label] of labels.entries()) photosOf[label]!.push(i);
  const isHeld = new Uint8Array(labels.length);
  for (const [label, photos] of photosOf.entries()) {
    const numHeld = Math.min(perPerson, Math.floor(photos.length / 2));
    const order = permutation(photos.length, Random.of(seed, 0x4e1d, label));
    for (const k of order.subarray(0, numHeld)) isHeld[photos[k]!] = 1;
  }
  return isHeld;
}
