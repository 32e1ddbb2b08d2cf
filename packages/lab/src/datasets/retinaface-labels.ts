import { type BlockFormat, landmarkNumbers, landmarksIn, parseBlocks } from './label-blocks.ts';
import { type LabelledFace, type ParsedLabels, type SizedImage, shortNumber } from './label-types.ts';

const format: BlockFormat = {
  header: '# path',
  nameOf: (line) => line.slice(1).trim(),
  faceOf(numbers) {
    const [x, y, w, h] = numbers as [number, number, number, number];
    if (w <= 0 || h <= 0) return null;
    const blur = numbers[19];
    return {
      box: [x, y, x + w, y + h],
      landmarks: landmarksIn(numbers),
      invalid: false,
      ...(blur === undefined ? {} : { attributes: { blur } }),
    };
  },
};

/**
 * Parses RetinaFace's `label.txt`: `# path`, then a line per face with `x y w h`, five times `x y flag` and the
 * blur; -1 where landmarks are absent. Lines of four numbers (the val split's) are faces without landmarks.
 *
 * Faces with an empty box are left out; an image without faces stays.
 *
 * @throws SemblanceError DATA_INVALID with the line's number.
 */
export function parseRetinafaceLabels(text: string, source = 'label.txt'): ParsedLabels {
  return parseBlocks(text, source, format);
}

/** Labels as RetinaFace's `label.txt`. */
export function formatRetinafaceLabels(images: readonly SizedImage[]): string {
  const line = ({ box: [x1, y1, x2, y2], landmarks, attributes }: LabelledFace): string =>
    [x1, y1, x2 - x1, y2 - y1, ...landmarkNumbers(landmarks), attributes?.blur ?? 0]
      .map(shortNumber)
      .join(' ');
  return images.map(({ name, faces }) => `${[`# ${name}`, ...faces.map(line)].join('\n')}\n`).join('');
}
