/** A cosine similarity from which two faces count as one person, and how it was found, for people. */
export interface Threshold {
  value: number;
  basis: string;
}

/** Where a threshold may come from; what there is none of is left out or null. */
export interface ThresholdSources {
  /** Asked for by the caller. */
  given?: number | null;
  /** The gallery's, where there is a gallery. */
  gallery?: number | null;
  /** The recognizer's own, from its manifest. */
  recognizer?: Threshold | null;
}

/** Where nothing is known: refuses strangers with every network of this kind that was tried, at some cost. */
export const DEFAULT_THRESHOLD: Readonly<Threshold> = { value: 0.45, basis: 'a default' };

/**
 * The similarity from which a face counts as known, by one rule for all that decide: an option that is given wins, then
 * the gallery's threshold, then the recognizer's manifest, then {@link DEFAULT_THRESHOLD}.
 *
 * The gallery's comes before the recognizer's since it was found with that recognizer, on the people in question. Pairs of
 * photos are judged by the same value: a service then says of two photos what it says of one of them and its subject.
 *
 * @returns a cosine, −1 to 1, and what it is based on
 * @example
 * ```ts
 * import { chooseThreshold, Gallery } from '@semblance/face';
 *
 * await using gallery = await Gallery.open('gallery', { readOnly: true });
 * console.log(chooseThreshold({ gallery: gallery.threshold }).value); // 0.9
 * console.log(chooseThreshold({ given: 0.5, gallery: gallery.threshold }).value); // 0.5
 * ```
 */
export function chooseThreshold({ given, gallery, recognizer }: ThresholdSources): Threshold {
  if (given !== undefined && given !== null) return { value: given, basis: 'given' };
  if (gallery !== undefined && gallery !== null) return { value: gallery, basis: 'the gallery’s' };
  return recognizer ?? DEFAULT_THRESHOLD;
}
