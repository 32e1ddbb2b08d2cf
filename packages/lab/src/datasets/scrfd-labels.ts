import { type BlockFormat, landmarkNumbers, landmarksIn, parseBlocks } from './label-blocks.ts';
import { type LabelledFace, type ParsedLabels, type SizedImage, shortNumber } from './label-types.ts';

const format: BlockFormat = {
  header: '# path width height',
  nameOf: (line) => /^#\s*(\S.*?)\s+\d+\s+\d+$/.exec(line)?.[1] ?? null,
  faceOf(numbers) {
    const [x1, y1, x2, y2] = numbers as [number, number, number, number];
    if (x2 <= x1 || y2 <= y1) return null;
    return { box: [x1, y1, x2, y2], landmarks: landmarksIn(numbers), invalid: false };
  },
};

/**
 * Parses SCRFD's `labelv2.txt`: `# path width height`, then a line per face with `x1 y1 x2 y2` and, in training
 * sets, five times `x y flag`; a negative x where landmarks are absent.
 *
 * Not to be mistaken for RetinaFace's `label.txt`, whose boxes are `x y w h`.
 *
 * @throws SemblanceError DATA_INVALID with the line's number.
 */
export function parseScrfdLabels(text: string, source = 'labelv2.txt'): ParsedLabels {
  return parseBlocks(text, source, format);
}

/** Labels as SCRFD's `labelv2.txt`. */
export function formatScrfdLabels(images: readonly SizedImage[]): string {
  const line = ({ box, landmarks }: LabelledFace): string =>
    [...box, ...landmarkNumbers(landmarks)].map(shortNumber).join(' ');
  const block = ({ name, width, height, faces }: SizedImage): string =>
    `${[`# ${name} ${width} ${height}`, ...faces.map(line)].join('\n')}\n`;
  return images.map(block).join('');
}
