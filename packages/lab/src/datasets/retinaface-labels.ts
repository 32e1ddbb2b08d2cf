import type { Landmarks } from '@semblance/face/geometry';
import { SemblanceError } from '../error.ts';
import {
  type LabelledFace,
  numbersOf,
  type ParsedLabels,
  type SizedImage,
  shortNumber,
} from './label-types.ts';

/**
 * Parses RetinaFace's `label.txt`: `# path`, then a line per face with `x y w h`, five times `x y flag` and the
 * blur; -1 where landmarks are absent. Lines of four numbers (the val split's) are faces without landmarks.
 *
 * Faces with an empty box are left out; an image without faces stays, as background.
 *
 * @throws SemblanceError DATA_INVALID with the line's number.
 */
export function parseRetinafaceLabels(text: string, source = 'label.txt'): ParsedLabels {
  const images: ParsedLabels = [];
  const lines = text.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!.trim();
    if (line === '') continue;
    if (line.startsWith('#')) {
      images.push({ name: line.slice(1).trim(), faces: [] });
      continue;
    }
    const image = images.at(-1);
    if (!image) throw new SemblanceError('DATA_INVALID', `${source}:${i + 1}: expected "# path" first`);
    const face = faceOf(numbersOf(line, `${source}:${i + 1}`, [4, 19, 20]));
    if (face) image.faces.push(face);
  }
  return images;
}

function faceOf(numbers: number[]): LabelledFace | null {
  const [x, y, w, h] = numbers as [number, number, number, number];
  if (w <= 0 || h <= 0) return null;
  const hasLandmarks = numbers.length > 4 && numbers[4]! >= 0;
  const point = (k: number): [number, number] => [numbers[4 + 3 * k]!, numbers[5 + 3 * k]!];
  const landmarks: Landmarks | null = hasLandmarks
    ? [point(0), point(1), point(2), point(3), point(4)]
    : null;
  const blur = numbers[19];
  return {
    box: [x, y, x + w, y + h],
    landmarks,
    invalid: false,
    ...(blur === undefined ? {} : { attributes: { blur } }),
  };
}

/** Labels as RetinaFace's `label.txt`. */
export function formatRetinafaceLabels(images: readonly SizedImage[]): string {
  const line = ({ box: [x1, y1, x2, y2], landmarks, attributes }: LabelledFace): string => {
    const points = landmarks ? landmarks.flatMap(([x, y]) => [x, y, 0]) : new Array<number>(15).fill(-1);
    return [x1, y1, x2 - x1, y2 - y1, ...points, attributes?.blur ?? 0].map(shortNumber).join(' ');
  };
  return images.map(({ name, faces }) => `${[`# ${name}`, ...faces.map(line)].join('\n')}\n`).join('');
}
