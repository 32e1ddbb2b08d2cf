import type { Box, Landmarks } from '@semblance/face/geometry';
import { SemblanceError } from '../error.ts';

/** One labelled face of a photo. */
export interface LabelledFace {
  /** [x1, y1, x2, y2] in pixels. */
  box: Box;
  /** Five points, or null where they were not labelled. */
  landmarks: Landmarks | null;
  /** The labellers' own "do not count this one". */
  invalid: boolean;
  /** What else the file says of the face: blur, occlusion, pose … */
  attributes?: Record<string, number>;
}

export interface LabelledImage {
  /** As the label file writes it, relative to the images' folder. */
  name: string;
  /** Absolute path. */
  path: string;
  faces: LabelledFace[];
  /** How many boxes without an area were left out, where there were any. */
  numEmpty?: number;
}

/** A labelled photo whose size is known, as some formats write it. */
export interface SizedImage extends LabelledImage {
  width: number;
  height: number;
}

/** The five landmarks in their order, left and right as seen in the image. */
export const landmarkNames = ['left_eye', 'right_eye', 'nose', 'left_mouth', 'right_mouth'] as const;

/** A number with at most three digits behind the point. */
export const shortNumber = (value: number): string => String(Math.round(value * 1000) / 1000);

/** What a parser gives: paths are not resolved yet. */
export type ParsedLabels = Omit<LabelledImage, 'path'>[];

/** What is chosen of a label file. */
export interface LabelOptions {
  /** The category of COCO that counts, where none is called `face`: a name, or an id. */
  category?: string | undefined;
}

/** Counts a box without an area, which is left out. */
export function countEmpty(image: ParsedLabels[number]): void {
  image.numEmpty = (image.numEmpty ?? 0) + 1;
}

/** The numbers of a line, or an error that shows the line. */
export function numbersOf(line: string, where: string, counts: readonly number[]): number[] {
  const numbers = line.trim().split(/\s+/).map(Number);
  if (!counts.includes(numbers.length) || numbers.some((value) => !Number.isFinite(value))) {
    throw new SemblanceError(
      'DATA_INVALID',
      `${where}: expected ${counts.join(' or ')} numbers but received "${line.trim().slice(0, 120)}"`,
    );
  }
  return numbers;
}
