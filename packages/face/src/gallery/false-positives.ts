import { fpirAmong, rateAt } from '../models/impostors.ts';
import type { ThresholdRule } from './store.ts';
import { rateAmong } from './stranger-law.ts';

/**
 * The share of strangers who would be at least so similar to somebody of the gallery, by what its threshold was found by:
 * at the threshold it is the FPIR that was asked for. What the recognizer's curve and the gallery's own people say is
 * mixed by their weights, in logarithms.
 *
 * @returns 0 to 1; null where nothing was measured
 */
export function falsePositiveRate(
  { calibration, own, impostors }: Pick<ThresholdRule, 'calibration' | 'own' | 'impostors'>,
  numFaces: number,
  similarity: number,
): number | null {
  if (calibration) return rateAmong(calibration, numFaces, similarity);
  const byOwn = own && rateAmong(own, numFaces, similarity);
  const byCurve = impostors && fpirAmong(rateAt(impostors, similarity).fmr, numFaces);
  if (byOwn === undefined) return byCurve;
  if (byCurve === null) return byOwn;
  const least = Number.MIN_VALUE;
  const { weight } = own!;
  return Math.exp(
    weight * Math.log(Math.max(byOwn, least)) + (1 - weight) * Math.log(Math.max(byCurve, least)),
  );
}

/** `1 in 8,100 strangers would score so high`. @param rate 0 to 1 */
export function rateInWords(rate: number): string {
  const every = Number((1 / Math.max(rate, 1e-9)).toPrecision(2)).toLocaleString('en-US');
  return `${rate < 1e-9 ? 'fewer than ' : ''}1 in ${every} strangers would score so high`;
}
