import { quantile } from '@semblance/core/statistics';
import { dot } from '@semblance/core/vector';
import type { ImpostorCurve } from '../models/impostors.ts';
import { chooseThreshold, type Threshold, thresholdForGallery } from '../pipeline/threshold.ts';

export interface ThresholdEstimate {
  /** Cosine similarity. */
  threshold: number;
  /** How it was found, for people. */
  basis: string;
}

export interface ThresholdOptions {
  /** Share of strangers that may be taken for somebody. */
  fpir?: number;
  /** How alike the recognizer finds different people, where that was measured. */
  impostors?: ImpostorCurve | null;
  /** The recognizer's own threshold, for galleries too small to tell where there is no curve. */
  fallback?: Threshold | null;
}

/** With fewer people the quartiles of their best impostors say little. */
const MIN_SUBJECTS = 20;
/** So many people of a gallery count as much as the curve that was measured on others. */
const CURVE_WEIGHT = 200;
/** More faces than this are thinned: pairs grow with the square. */
const MAX_FACES = 3000;

/**
 * The similarity from which a face should count as one of the gallery's people, such that a share `fpir` of strangers does.
 *
 * It follows from the size of the gallery and how alike the recognizer finds different people (`thresholdForGallery`). With
 * 20 people and more it moves towards what the gallery's own people say, who may be more alike than those the curve was
 * measured on: of n people with weight n/(n + 200), or alone where there is no curve.
 *
 * What they say: each enrolled face is searched among the *other* people: what it finds is what a stranger would find. The best
 * similarities s of those searches follow a Gumbel law, whose scale β and mode μ come from their quartiles (which a
 * person enrolled under two names does not move): β = (q₇₅ − q₂₅)/1.5725, μ = q₅₀ + β·ln ln 2. The threshold is
 * its quantile at 1 − fpir: τ = μ − β·ln(−ln(1 − fpir)).
 *
 * With fewer than 20 people and no curve it is the fallback: the recognizer's own threshold or the default, see
 * `chooseThreshold`.
 *
 * @param faces L2-normalised embeddings with their subjects
 */
export function estimateThreshold(
  faces: readonly { subject: string; embedding: Float32Array }[],
  { fpir = 0.01, impostors, fallback }: ThresholdOptions = {},
): ThresholdEstimate {
  const numSubjects = new Set(faces.map(({ subject }) => subject)).size;
  const fromCurve = impostors ? thresholdForGallery(impostors, faces.length, fpir) : null;
  if (numSubjects < MIN_SUBJECTS) {
    if (fromCurve) return { threshold: fromCurve.value, basis: fromCurve.basis };
    const { value, basis } = chooseThreshold({ recognizer: fallback });
    return { threshold: value, basis: `${basis}; ${numSubjects} people are too few to estimate one` };
  }
  const best = bestImpostors(thinned(faces, MAX_FACES)).sort((a, b) => a - b);
  const scale = (quantile(best, 0.75) - quantile(best, 0.25)) / 1.5725;
  const mode = quantile(best, 0.5) + scale * Math.log(Math.LN2);
  const own = Math.min(Math.max(mode - scale * Math.log(-Math.log(1 - fpir)), 0), 0.95);
  const weight = fromCurve ? numSubjects / (numSubjects + CURVE_WEIGHT) : 1;
  const threshold = fromCurve ? weight * own + (1 - weight) * fromCurve.value : own;
  return {
    threshold: Math.round(threshold * 1e4) / 1e4,
    basis: fromCurve
      ? `${fromCurve.basis}; ${Math.round(100 * weight)} % by its own ${numSubjects} people`
      : `estimated from ${numSubjects} people for FPIR ${fpir}`,
  };
}

/** For each face the highest similarity to a face of somebody else. */
function bestImpostors(faces: readonly { subject: string; embedding: Float32Array }[]): number[] {
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
function thinned<T>(faces: readonly T[], most: number): readonly T[] {
  if (faces.length <= most) return faces;
  return Array.from({ length: most }, (_, i) => faces[Math.floor((i * faces.length) / most)]!);
}
