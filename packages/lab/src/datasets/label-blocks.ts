import type { Landmarks } from '@semblance/face/geometry';
import { SemblanceError } from '../error.ts';
import { countEmpty, type LabelledFace, numbersOf, type ParsedLabels } from './label-types.ts';

/** A format of labels in which a line `# …` names an image and each line after it is a face of that image. */
export interface BlockFormat {
  /** What a line that names an image looks like, for errors. */
  header: string;
  /** The name in such a line; null where it is none. */
  nameOf(line: string): string | null;
  /** The face of 4, 19 or 20 numbers; null where its box is empty. */
  faceOf(numbers: number[]): LabelledFace | null;
}

/** Parses labels of images one after the other. @throws SemblanceError DATA_INVALID with the line's number */
export function parseBlocks(text: string, source: string, format: BlockFormat): ParsedLabels {
  const images: ParsedLabels = [];
  for (const [i, written] of text.split(/\r?\n/).entries()) {
    const line = written.trim();
    const place = `${source}:${i + 1}`;
    if (line === '') continue;
    if (line.startsWith('#')) {
      const name = format.nameOf(line);
      // a first line of words is a comment on the file's layout
      if (name !== null) images.push({ name, faces: [] });
      else if (images.length > 0)
        throw new SemblanceError('DATA_INVALID', `${place}: expected "${format.header}"`);
      continue;
    }
    const image = images.at(-1);
    if (!image) throw new SemblanceError('DATA_INVALID', `${place}: expected "${format.header}" first`);
    const face = format.faceOf(numbersOf(line, place, [4, 19, 20]));
    if (face) image.faces.push(face);
    else countEmpty(image);
  }
  return images;
}

/** Five times `x y flag` behind the box; a negative first number where landmarks are absent. */
export function landmarksIn(numbers: readonly number[]): Landmarks | null {
  const point = (k: number): [number, number] => [numbers[4 + 3 * k]!, numbers[5 + 3 * k]!];
  const hasLandmarks = numbers.length > 4 && numbers[4]! >= 0;
  return hasLandmarks ? [point(0), point(1), point(2), point(3), point(4)] : null;
}

/** The numbers that {@link landmarksIn} reads. */
export const landmarkNumbers = (landmarks: Landmarks | null): number[] =>
  landmarks ? landmarks.flatMap(([x, y]) => [x, y, 0]) : new Array<number>(15).fill(-1);
