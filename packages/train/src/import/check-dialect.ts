import type { Image } from '@semblance/face/image';
import { type DetectOptions, type DialectScore, loadDetector, scoreDialect } from '@semblance/face/models';
import { SemblanceError } from '../error.ts';

/** What trying a detector on pictures gave, for one dialect. */
export interface DialectTrial {
  dialect: string;
  score: DialectScore;
}

/** Pictures with faces, and how they are to be looked at. */
export interface TrialPictures {
  images: Image[];
  options?: DetectOptions;
}

/** Reads one model folder under its own manifest. */
export async function tryDialect(
  dialect: string,
  dir: string,
  pictures: TrialPictures,
): Promise<DialectTrial> {
  const detector = await loadDetector(dir);
  try {
    return { dialect, score: await scoreDialect(detector, pictures.images, pictures.options) };
  } finally {
    await detector.close();
  }
}

/**
 * Decides between a dialect and those whose files look the same, by which decodes boxes that agree.
 *
 * @throws MODEL_DIALECT_MISMATCH where the dialect's boxes contradict each other, or where they tell nothing and
 *   those of another agree; the message names the better one
 */
export function decideDialect(chosen: DialectTrial, others: readonly DialectTrial[]): void {
  if (chosen.score.verdict === 'consistent') return;
  const better = others.find(({ score }) => score.verdict === 'consistent');
  if (!better && chosen.score.verdict === 'unsure') return;
  const advice = better ? `; they are consistent under ${better.dialect}` : '';
  const message =
    `the weights have the names of the dialect ${chosen.dialect}, but under it the boxes of one face ` +
    `disagree (drift ${chosen.score.drift.toFixed(2)})${advice}`;
  const details = { better: better?.dialect ?? null, drift: chosen.score.drift };
  throw new SemblanceError('MODEL_DIALECT_MISMATCH', message, { details });
}

/**
 * Faces of nobody to try a detector on: whole, plain, and some 80 pixels wide, which every dialect has anchors for.
 *
 * With the published weights the right dialect drifts by at most 0.04 on them, the wrong ones by 0.6 and −1.6.
 */
export async function trialFaces(): Promise<TrialPictures> {
  const { createIdentity, renderPortrait } = await import('@semblance/synthetic');
  const images = Array.from({ length: 16 }, (_, i) => {
    return renderPortrait(createIdentity(900 + i), { seed: i, size: 160, nuisance: 0.3 }).image;
  });
  return { images, options: { scale: 1 } };
}
