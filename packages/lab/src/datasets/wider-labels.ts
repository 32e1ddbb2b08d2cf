import { SemblanceError } from '../error.ts';
import {
  countEmpty,
  type LabelledFace,
  numbersOf,
  type ParsedLabels,
  type SizedImage,
} from './label-types.ts';

const attributeNames = ['blur', 'expression', 'illumination', 'invalid', 'occlusion', 'pose'] as const;

/**
 * Parses WIDER FACE's `*_bbx_gt.txt`: a path, a count, then a line per face with
 * `x y w h blur expression illumination invalid occlusion pose`.
 *
 * An image with count 0 may carry one row of zeros or none. Faces with an empty box are left out.
 *
 * @throws SemblanceError DATA_INVALID with the line's number.
 */
export function parseWiderLabels(text: string, source = 'bbx_gt.txt'): ParsedLabels {
  const images: ParsedLabels = [];
  const lines = text.split(/\r?\n/);
  let i = 0;
  while (i < lines.length) {
    const name = lines[i++]!.trim();
    if (name === '') continue;
    const count = Number(lines[i]?.trim() || Number.NaN);
    if (!Number.isInteger(count) || count < 0) {
      throw new SemblanceError(
        'DATA_INVALID',
        `${source}:${i + 1}: expected a number of faces but received "${lines[i]?.trim() ?? 'the end of the file'}"`,
      );
    }
    i++;
    const image: ParsedLabels[number] = { name, faces: [] };
    for (let k = 0; k < count; k++, i++) {
      const face = faceOf(numbersOf(lines[i] ?? '', `${source}:${i + 1}`, [4, 10]));
      if (face) image.faces.push(face);
      else countEmpty(image);
    }
    if (count === 0 && /^[\s0]+$/.test(lines[i] ?? '') && (lines[i]?.trim() ?? '') !== '') i++;
    images.push(image);
  }
  return images;
}

function faceOf(numbers: number[]): LabelledFace | null {
  const [x, y, w, h] = numbers as [number, number, number, number];
  if (w <= 0 || h <= 0) return null;
  const attributes =
    numbers.length === 10 ? Object.fromEntries(attributeNames.map((name, k) => [name, numbers[4 + k]!])) : {};
  return { box: [x, y, x + w, y + h], landmarks: null, invalid: attributes.invalid === 1, attributes };
}

/** Labels as WIDER's `*_bbx_gt.txt`, in whole pixels; an image without faces carries a row of zeros, as there. */
export function formatWiderLabels(images: readonly SizedImage[]): string {
  const line = ({ box, invalid, attributes }: LabelledFace): string => {
    const [x1, y1, x2, y2] = box.map(Math.round) as [number, number, number, number];
    const rest = attributeNames.map((name) =>
      name === 'invalid' ? Number(invalid) : (attributes?.[name] ?? 0),
    );
    return [x1, y1, x2 - x1, y2 - y1, ...rest.map(Math.round)].join(' ');
  };
  const rows = (faces: readonly LabelledFace[]): string[] =>
    faces.length > 0 ? faces.map(line) : [new Array(10).fill(0).join(' ')];
  return images.map(({ name, faces }) => `${[name, faces.length, ...rows(faces)].join('\n')}\n`).join('');
}
