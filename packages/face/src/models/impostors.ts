import { dot } from '@semblance/core/vector';
import { z } from 'zod';
import { SemblanceError } from '../error.ts';

const falling = (values: readonly number[]): boolean => values.every((v, i) => i === 0 || v < values[i - 1]!);
const rising = (values: readonly number[]): boolean => values.every((v, i) => i === 0 || v >= values[i - 1]!);

/** The part of a manifest that holds a curve. */
export const impostorCurve = z
  .strictObject({
    /** False match rates of pairs of faces, falling. */
    fmr: z.array(z.number().gt(0).lte(1)).min(2).refine(falling, 'falling rates'),
    /** The similarity that this share of pairs of different people reaches, for each rate. */
    threshold: z.array(z.number().min(-1).max(1)).refine(rising, 'rising similarities'),
    /** Pairs of different people it was measured on, and how many people those are. */
    pairs: z.int().min(1),
    people: z.int().min(2),
    /** What it was measured on, for people. */
    data: z.string().min(1),
  })
  .refine(({ fmr, threshold }) => fmr.length === threshold.length, 'as many thresholds as rates');

/** How alike a recognizer finds different people: the similarity that each share of their pairs reaches. */
export type ImpostorCurve = z.infer<typeof impostorCurve>;

/** A rate is in the curve if so many pairs lie above its threshold: with fewer, one pair moves it by more than 3 %. */
const MIN_ABOVE = 30;
const RATES = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 5e-3, 2e-3, 1e-3, 5e-4, 2e-4, 1e-4, 5e-5, 2e-5, 1e-5];
/** Similarities are counted in bins of this width, −1 to 1: pairs are too many to be kept. */
const BIN = 1e-4;
/** A curve goes on beyond its rarest rate by so many powers of ten; then it says nothing. */
const MAX_DECADES = 2;

/**
 * Measures how alike a recognizer finds different people, over all pairs of faces of different subjects.
 *
 * @param faces L2-normalised embeddings with their subjects; one face each of many people tells most
 * @param data what they are, for people
 * @throws SemblanceError DATA_INVALID with fewer than 20 people, whose pairs tell nothing of rare rates
 */
export function measureImpostors(
  faces: readonly { subject: string; embedding: Float32Array }[],
  data: string,
): ImpostorCurve {
  const people = new Set(faces.map(({ subject }) => subject)).size;
  if (people < 20)
    throw new SemblanceError(
      'DATA_INVALID',
      `${people} people with a face are too few to measure how alike strangers are: 20 at least, better 500`,
    );
  const bins = new Float64Array(Math.round(2 / BIN) + 1);
  let pairs = 0;
  for (let i = 0; i < faces.length; i++) {
    const a = faces[i]!;
    for (let j = 0; j < i; j++) {
      if (a.subject === faces[j]!.subject) continue;
      const similarity = dot(a.embedding, faces[j]!.embedding);
      bins[Math.min(bins.length - 1, Math.max(0, Math.round((similarity + 1) / BIN)))]!++;
      pairs++;
    }
  }
  const fmr = RATES.filter((rate) => rate * pairs >= MIN_ABOVE);
  let bin = bins.length;
  let above = 0;
  const threshold = fmr.toReversed().map((rate) => {
    while (bin > 0 && above + bins[bin - 1]! <= rate * pairs) above += bins[--bin]!;
    return Math.min(1, Math.round((bin * BIN - 1) * 1e4) / 1e4);
  });
  return { fmr, threshold: threshold.reverse(), pairs, people, data };
}

/**
 * The similarity that a share `fmr` of pairs of different people reaches: linear in log(fmr) between the curve's points.
 *
 * Beyond the rarest rate, the line through the rarest point and the one a decade before goes on. Tails of impostors fall
 * faster than that, so it errs towards higher similarities. After two decades it ends: `supported` is then the rate that
 * was used instead.
 */
export function similarityAt(
  curve: ImpostorCurve,
  fmr: number,
): { similarity: number; supported: number; isExtended: boolean } {
  const { fmr: rates, threshold } = curve;
  const rarest = rates.at(-1)!;
  const supported = Math.min(Math.max(fmr, rarest / 10 ** MAX_DECADES), rates[0]!);
  const isExtended = supported < rarest;
  const [a, b] = isExtended ? tail(curve) : around(rates, (rate) => rate <= supported);
  const share = Math.log(supported / rates[a]!) / Math.log(rates[b]! / rates[a]!);
  const similarity = threshold[a]! + share * (threshold[b]! - threshold[a]!);
  return { similarity: Math.min(similarity, 1), supported, isExtended };
}

/** The share of pairs of different people that are at least so similar: the inverse of {@link similarityAt}. */
export function rateAt(curve: ImpostorCurve, similarity: number): { fmr: number; isBound: boolean } {
  const { fmr: rates, threshold } = curve;
  if (similarity < threshold[0]!) return { fmr: rates[0]!, isBound: false };
  const isBeyond = similarity > threshold.at(-1)!;
  const [a, b] = isBeyond ? tail(curve) : around(threshold, (value) => value >= similarity);
  const width = threshold[b]! - threshold[a]!;
  const share = width > 0 ? (similarity - threshold[a]!) / width : 1;
  const fmr = rates[a]! * (rates[b]! / rates[a]!) ** share;
  const least = rates.at(-1)! / 10 ** MAX_DECADES;
  return fmr < least ? { fmr: least, isBound: true } : { fmr, isBound: false };
}

/** FPIR among so many faces where a share `fmr` of pairs of different people passes: 1 − (1 − FMR)^n. */
export const fpirAmong = (fmr: number, numFaces: number): number =>
  -Math.expm1(Math.max(1, numFaces) * Math.log1p(-Math.min(fmr, 1 - 1e-9))); // these keep the digits of rates near 0

/** The rarest point and the first that is a decade or more before it. */
function tail({ fmr }: ImpostorCurve): [number, number] {
  const last = fmr.length - 1;
  const before = fmr.findLastIndex((rate) => rate >= fmr[last]! * 9.99);
  return [Math.max(0, before), last];
}

/** The two points between which the first that passes lies. */
function around(values: readonly number[], passes: (value: number) => boolean): [number, number] {
  const found = values.findIndex(passes);
  const b = Math.max(1, found < 0 ? values.length - 1 : found);
  return [b - 1, b];
}
