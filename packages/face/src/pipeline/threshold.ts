import { fpirAmong, type ImpostorCurve, similarityAt } from '../models/impostors.ts';

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
  /** How alike the recognizer finds different people, where that was measured. */
  impostors?: ImpostorCurve | null;
}

/** Where nothing is known: refuses strangers with every network of this kind that was tried, at some cost. */
export const DEFAULT_THRESHOLD: Readonly<Threshold> = { value: 0.45, basis: 'a default' };

/** Two photos of different people are taken for one person's this often, where there is no gallery to say more. */
const PAIR_FMR = 1e-3;

/**
 * The similarity from which a face counts as known, by one rule for all that decide: an option that is given wins, then
 * the gallery's threshold, then the recognizer's manifest, then the similarity that one pair of strangers in 1,000
 * reaches, where the recognizer's curve was measured, then {@link DEFAULT_THRESHOLD}.
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
export function chooseThreshold({ given, gallery, recognizer, impostors }: ThresholdSources): Threshold {
  if (given !== undefined && given !== null) return { value: given, basis: 'given' };
  if (gallery !== undefined && gallery !== null) return { value: gallery, basis: 'the gallery’s' };
  if (recognizer) return recognizer;
  if (!impostors) return DEFAULT_THRESHOLD;
  const { similarity, supported } = similarityAt(impostors, PAIR_FMR);
  return {
    value: round(similarity),
    basis: `about 1 in ${Math.round(1 / supported).toLocaleString('en-US')} strangers reach it: ${impostors.data}`,
  };
}

/**
 * The similarity that a share `fpir` of strangers reaches to somebody of a gallery of so many faces.
 *
 * A stranger meets each face once, so FPIR = 1 − (1 − FMR)^n for faces that err independently, and no more than that where
 * they do not. What the curve's pairs do not reach is extended, and the basis says so; see `similarityAt`.
 *
 * @param numFaces of the gallery; an empty one counts as one of one face
 */
export function thresholdForGallery(curve: ImpostorCurve, numFaces: number, fpir: number): Threshold {
  const n = Math.max(1, numFaces);
  // log1p and expm1 keep the digits of rates near 0
  const fmr = -Math.expm1(Math.log1p(-Math.min(fpir, 1 - 1e-9)) / n);
  const { similarity, supported, isExtended } = similarityAt(curve, fmr);
  const faces = `${n.toLocaleString('en-US')} ${n === 1 ? 'face' : 'faces'}`;
  const reached =
    supported > fmr * 1.01
      ? `; its ${curve.pairs.toLocaleString('en-US')} pairs support FPIR ${fpirAmong(supported, n).toPrecision(1)} at most`
      : isExtended
        ? `, extended beyond its ${curve.pairs.toLocaleString('en-US')} pairs`
        : '';
  return {
    value: round(similarity),
    basis: `for FPIR ${fpir} among ${faces}, by how alike the recognizer finds strangers (${curve.data}${reached})`,
  };
}

const round = (similarity: number): number => Math.round(Math.min(Math.max(similarity, 0), 0.95) * 1e4) / 1e4;
