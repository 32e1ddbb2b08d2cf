import { basename } from 'node:path';
import { SemblanceError } from '../error.ts';
import { type MeasuredFace, measureFace, type PhotoFacts } from './photo-facts.ts';
import { type CheckMode, type PhotoProblem, photoLimits } from './photo-limits.ts';

/** What is wrong with a photo, and what to do next. */
export interface PhotoFinding {
  problem: PhotoProblem;
  value: number;
  limit: number;
  message: string;
  next: string;
}

/** What is wrong with the face of a photo, by the limits of a mode; nothing where it is good, or the mode is `off`. */
export function judgePhoto(facts: Partial<PhotoFacts>, mode: CheckMode): PhotoFinding[] {
  if (mode === 'off') return [];
  return photoLimits.flatMap(({ problem, value: read, bound, words, next, [mode]: limit }) => {
    const value = read(facts as PhotoFacts) ?? Number.NaN;
    const isBeyond = limit !== null && (bound === 'least' ? value < limit : value > limit);
    return isBeyond ? [{ problem, value: rounded(value), limit, message: words(value, limit), next }] : [];
  });
}

/**
 * Refuses a photo that is not good enough to know somebody by.
 *
 * @param name what the error calls the photo
 * @throws SemblanceError FACE_LOW_QUALITY with what is wrong and what to do next; `details.findings` has all of it
 */
export async function requireGoodPhoto(
  face: MeasuredFace & { numFaces: number },
  mode: CheckMode,
  name: string,
): Promise<void> {
  if (mode === 'off') return;
  const findings = judgePhoto(await measureFace(face, face.numFaces), mode);
  if (findings.length === 0) return;
  const said = findings.map(({ message, next }) => `${message} (${next})`).join('; ');
  throw new SemblanceError(
    'FACE_LOW_QUALITY',
    `${basename(name)} is no good photo to know somebody by: ${said}`,
    {
      details: { findings },
    },
  );
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
