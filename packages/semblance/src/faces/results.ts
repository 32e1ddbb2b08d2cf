import { rateInWords } from '@semblance/face/gallery';
import type { Face } from '@semblance/face/geometry';
import type { RecognizedFace, SearchHit } from '@semblance/face/pipeline';
import { csvText } from '@semblance/lab/tables';

/** What `detect` says of a face. */
export interface DetectedFace extends Face {
  /** 0 to 1; null where there are no landmarks to judge it by. */
  quality: number | null;
}

export interface PhotoResult<F> {
  image: string;
  width: number;
  height: number;
  faces: F[];
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
const shape = ({ box, score, landmarks }: Face) => ({
  box: box.map((value) => round(value, 2)),
  score: round(score, 6),
  landmarks: landmarks?.map((point) => point.map((value) => round(value, 2))) ?? null,
});

/** One line of JSON for a photo's faces. */
export function detectionJson({ faces, ...photo }: PhotoResult<DetectedFace>): string {
  const lines = faces.map((face) => ({
    ...shape(face),
    quality: face.quality === null ? null : round(face.quality, 4),
  }));
  return JSON.stringify({ ...photo, faces: lines });
}

const hit = ({ subject, similarity, falsePositiveRate, isRefused }: SearchHit) => ({
  subject,
  similarity: round(similarity, 6),
  falsePositiveRate: falsePositiveRate === undefined ? null : Number(falsePositiveRate.toPrecision(2)),
  ...(isRefused ? { isRefused } : {}),
});

/** One line of JSON for a photo's faces and who they are. */
export function recognitionJson({ faces, ...photo }: PhotoResult<RecognizedFace>): string {
  const lines = faces.map((face) => ({
    ...shape(face),
    quality: round(face.quality, 4),
    match: face.match && hit(face.match),
    reason: face.reason,
    threshold: face.threshold,
    candidates: face.candidates.map(hit),
  }));
  return JSON.stringify({ ...photo, faces: lines });
}

/** The line of a photo that could not be used. */
export function errorJson(image: string, error: { code: string; message: string }): string {
  return JSON.stringify({ image, error: { code: error.code, message: error.message } });
}

/** `file,name` lines, one for each face: the shape of the face_recognition command line. */
export function recognitionCsv({ image, faces }: PhotoResult<RecognizedFace>): string[] {
  const names = faces.map(({ match }) => match?.subject ?? 'unknown_person');
  const rows = names.length === 0 ? [[image, 'no_persons_found']] : names.map((name) => [image, name]);
  // without the line's end, which the printer adds
  return rows.map((row) => csvText([row]).slice(0, -1));
}

const boxText = (box: readonly number[]): string => box.map((value) => Math.round(value)).join(',');

/** Lines for people: one for each face, or one that says that there is none. */
export function detectionTable({ image, faces }: PhotoResult<DetectedFace>): string[] {
  if (faces.length === 0) return [`${image}  no face`];
  return faces.map(({ box, score, quality }) => {
    const judged = quality === null ? '' : `  quality ${quality.toFixed(2)}`;
    return `${image}  score ${score.toFixed(3)}${judged}  box ${boxText(box)}`;
  });
}

/** How often a stranger would be taken for somebody with such a score; nothing where that was not measured. */
function strangerWords({ falsePositiveRate }: SearchHit): string {
  return falsePositiveRate === undefined ? '' : `, ${rateInWords(falsePositiveRate)}`;
}

/** Lines for people: who each face is, or why nobody. */
export function recognitionTable({ image, faces }: PhotoResult<RecognizedFace>): string[] {
  if (faces.length === 0) return [`${image}  no face`];
  return faces.map(({ box, match, reason, threshold, candidates: [nearest] }) => {
    const known = [
      nearest && `nearest ${nearest.subject} ${nearest.similarity.toFixed(3)}`,
      threshold !== null && `threshold ${threshold.toFixed(3)}`,
    ].filter(Boolean);
    const who = match
      ? `${match.subject}  similarity ${match.similarity.toFixed(3)} (threshold ${threshold?.toFixed(3)}${strangerWords(match)})`
      : `unknown  ${reason}${known.length > 0 ? ` (${known.join(', ')})` : ''}`;
    return `${image}  ${who}  box ${boxText(box)}`;
  });
}
