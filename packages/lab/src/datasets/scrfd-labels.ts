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
 * Parses SCRFD's `labelv2.txt`: `# path width height`, then a line per face with `x1 y1 x2 y2` and, in training
 * sets, five times `x y flag`; a negative x where landmarks are absent.
 *
 * Not to be mistaken for RetinaFace's `label.txt`, whose boxes are `x y w h`.
 *
 * @throws SemblanceError DATA_INVALID with the line's number.
 */
export function parseScrfdLabels(text: string, source = 'labelv2.txt'): ParsedLabels {
  const images: ParsedLabels = [];
  const lines = text.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!.trim();
    if (line === '') continue;
    if (line.startsWith('#')) {
      const header = /^#\s*(\S.*?)\s+\d+\s+\d+$/.exec(line);
      // a first line of words is a comment on the file's layout
      if (header) images.push({ name: header[1]!, faces: [] });
      else if (images.length > 0) {
        throw new SemblanceError('DATA_INVALID', `${source}:${i + 1}: expected "# path width height"`);
      }
      continue;
    }
    const image = images.at(-1);
    if (!image) {
      throw new SemblanceError('DATA_INVALID', `${source}:${i + 1}: expected "# path width height" first`);
    }
    const face = faceOf(numbersOf(line, `${source}:${i + 1}`, [4, 19, 20]));
    if (face) image.faces.push(face);
  }
  return images;
}

function faceOf(numbers: number[]): LabelledFace | null {
  const [x1, y1, x2, y2] = numbers as [number, number, number, number];
  if (x2 <= x1 || y2 <= y1) return null;
  const point = (k: number): [number, number] => [numbers[4 + 3 * k]!, numbers[5 + 3 * k]!];
  const hasLandmarks = numbers.length > 4 && numbers[4]! >= 0;
  const landmarks: Landmarks | null = hasLandmarks
    ? [point(0), point(1), point(2), point(3), point(4)]
    : null;
  return { box: [x1, y1, x2, y2], landmarks, invalid: false };
}

/** Labels as SCRFD's `labelv2.txt`. */
export function formatScrfdLabels(images: readonly SizedImage[]): string {
  const line = ({ box, landmarks }: LabelledFace): string => {
    const points = landmarks ? landmarks.flatMap(([x, y]) => [x, y, 0]) : new Array<number>(15).fill(-1);
    return [...box, ...points].map(shortNumber).join(' ');
  };
  return images
    .map(
      ({ name, width, height, faces }) =>
        `${[`# ${name} ${width} ${height}`, ...faces.map(line)].join('\n')}\n`,
    )
    .join('');
}
