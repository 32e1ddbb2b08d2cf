import { dot } from '@semblance/core/vector';
import { fpirAmong, type ImpostorCurve } from '../models/impostors.ts';
import { chooseThreshold, type Threshold, thresholdForGallery } from '../pipeline/threshold.ts';
import { fitStrangerLaw, type StrangerLaw, similarityAmong } from './stranger-law.ts';

export interface ThresholdEstimate {
  /** Cosine similarity. */
  threshold: number;
  /** How it was found, for people. */
  basis: string;
  /** How similar strangers are to the gallery's people, where they are enough to tell. */
  own?: OwnLaw;
}

/** What a gallery's own people say of strangers, and how much it counts beside the curve. */
export interface OwnLaw extends StrangerLaw {
  /** 0 to 1. */
  weight: number;
}

/** What was measured with strangers to a gallery, see `calibrate`. */
export interface Calibration extends StrangerLaw {
  /** People who are not in the gallery. */
  strangers: number;
  /** What they were, for people. */
  data: string;
}

export interface ThresholdOptions {
  /** Share of strangers that may be taken for somebody. */
  fpir?: number;
  /** In its place, the share of pairs of different people that may be taken for one: FPIR then grows with the gallery. */
  far?: number | null;
  /** What strangers to this gallery said: it decides alone. */
  calibration?: Calibration | null;
  /** How alike the recognizer finds different people, where that was measured. */
  impostors?: ImpostorCurve | null;
  /** The recognizer's own threshold, for galleries too small to tell where there is no curve. */
  fallback?: Threshold | null;
}

/** With fewer people the quartiles of their best impostors say little. */
export const MIN_SUBJECTS = 20;
/** So many people of a gallery count as much as the curve that was measured on others. */
const CURVE_WEIGHT = 200;
/** More faces than this are thinned: pairs grow with the square. */
export const MAX_FACES = 3000;

/**
 * The similarity from which a face should count as one of the gallery's people, such that a share `fpir` of strangers does.
 *
 * It follows from the size of the gallery and how alike the recognizer finds different people (`thresholdForGallery`). With
 * 20 people and more it moves towards what the gallery's own people say, who may be more alike than those the curve was
 * measured on: of n people with weight n/(n + 200), or alone where there is no curve.
 *
 * What they say: each enrolled face is searched among the *other* people: what it finds is what a stranger would find. The
 * threshold is the quantile at 1 − fpir of the law of those searches, see {@link StrangerLaw}. Where strangers were
 * searched, `calibration` has their law, and nothing else counts.
 *
 * With fewer than 20 people and no curve it is the fallback: the recognizer's own threshold or the default, see
 * `chooseThreshold`.
 *
 * @param faces L2-normalised embeddings with their subjects
 */
export function estimateThreshold(
  faces: readonly { subject: string; embedding: Float32Array }[],
  { far, calibration, impostors, fallback, ...options }: ThresholdOptions = {},
): ThresholdEstimate {
  const fpir = far ? fpirAmong(far, faces.length) : (options.fpir ?? 0.01);
  if (calibration) return byStrangers(calibration, faces.length, fpir);
  const numSubjects = new Set(faces.map(({ subject }) => subject)).size;
  const fromCurve = impostors ? thresholdForGallery(impostors, faces.length, fpir) : null;
  if (numSubjects < MIN_SUBJECTS) {
    if (fromCurve) return { threshold: fromCurve.value, basis: fromCurve.basis };
    const { value, basis } = chooseThreshold({ recognizer: fallback });
    return { threshold: value, basis: `${basis}; ${numSubjects} people are too few to estimate one` };
  }
  const among = thinned(faces, MAX_FACES);
  const best = bestImpostors(among).sort((a, b) => a - b);
  const law = fitStrangerLaw(best, among.length);
  const own = Math.min(Math.max(similarityAmong(law, faces.length, fpir), 0), 0.95);
  const weight = fromCurve ? numSubjects / (numSubjects + CURVE_WEIGHT) : 1;
  const threshold = fromCurve ? weight * own + (1 - weight) * fromCurve.value : own;
  return {
    threshold: Math.round(threshold * 1e4) / 1e4,
    basis: fromCurve
      ? `${fromCurve.basis}; ${Math.round(100 * weight)} % by its own ${numSubjects} people`
      : `estimated from ${numSubjects} people for FPIR ${fpir}`,
    own: { ...law, weight },
  };
}

function byStrangers(calibration: Calibration, numFaces: number, fpir: number): ThresholdEstimate {
  const { strangers, data, numFaces: before } = calibration;
  const threshold = Math.min(Math.max(similarityAmong(calibration, numFaces, fpir), 0), 0.95);
  const since = before === numFaces ? '' : `, carried from ${before} to ${numFaces} faces`;
  return {
    threshold: Math.round(threshold * 1e4) / 1e4,
    basis: `for FPIR ${Number(fpir.toPrecision(2))}, by ${strangers.toLocaleString('en-US')} strangers (${data}${since})`,
  };
}

/** For each face the highest similarity to a face of somebody else. */
export function bestImpostors(faces: readonly { subject: string; embedding: Float32Array }[]): number[] {
  const best = new Array<number>(faces.length).fill(-1);
  for (let i = 0; i < faces.length; i++) {
    const a = faces[i]!;
    for (let j = 0; j < i; j++) {
      const b = faces[j]!;
      if (a.subject === b.subject) continue;
      const similarity = dot(a.embedding, b.embedding);
      if (similarity > best[i]!) best[i] = similarity;
      if (similarity > best[j]!) best[j] = similarity;
    }
  }
  return best;
}

/** Every n-th face, so that at most `most` are left. */
export function thinned<T>(faces: readonly T[], most: number): readonly T[] {
  if (faces.length <= most) return faces;
  return Array.from({ length: most }, (_, i) => faces[Math.floor((i * faces.length) / most)]!);
}
