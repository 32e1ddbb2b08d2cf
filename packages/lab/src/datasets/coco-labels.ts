import type { Landmarks } from '@semblance/face/geometry';
import { SemblanceError } from '../error.ts';
import { faceCategory } from './coco-categories.ts';
import {
  countEmpty,
  type LabelledFace,
  type LabelOptions,
  landmarkNames,
  type ParsedLabels,
  type SizedImage,
} from './label-types.ts';

/**
 * Parses COCO's JSON: `images` with id and file_name, `annotations` with image_id and bbox [x, y, width, height]. Five keypoints, all
 * of them visible or labelled (v > 0), are the landmarks; other numbers of keypoints are those of something else. `iscrowd` is
 * invalid; a box without an area is left out. Of several categories those called `face` are taken, or `category`.
 *
 * @throws SemblanceError DATA_INVALID
 * @see https://cocodataset.org/#format-data
 */
export function parseCocoLabels(
  text: string,
  source = 'annotations.json',
  { category }: LabelOptions = {},
): ParsedLabels {
  const wrong = (what: string): SemblanceError =>
    new SemblanceError('DATA_INVALID', `${source}: expected ${what}`);
  let data: { images?: unknown; annotations?: unknown; categories?: unknown };
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new SemblanceError('DATA_INVALID', `${source} is not JSON: ${(cause as Error).message}`, { cause });
  }
  if (!Array.isArray(data?.images) || !Array.isArray(data.annotations))
    throw wrong('lists "images" and "annotations"');
  const images = new Map<unknown, ParsedLabels[number]>();
  for (const image of data.images) {
    if (typeof image?.file_name !== 'string') throw wrong('"file_name" of each image');
    images.set(image.id, { name: image.file_name, faces: [] });
  }
  const used = data.annotations.map((annotation) => annotation?.category_id);
  const isFace = faceCategory(data.categories, used, category, source);
  for (const [i, annotation] of data.annotations.entries()) {
    if (!isFace(annotation?.category_id)) continue;
    const image = images.get(annotation?.image_id);
    const box = annotation?.bbox;
    if (!image) throw wrong(`"image_id" of annotation ${i} to name an image`);
    if (!Array.isArray(box) || box.length !== 4 || !box.every(Number.isFinite)) {
      throw wrong(`"bbox" of annotation ${i} as four numbers`);
    }
    const [x, y, width, height] = box as [number, number, number, number];
    if (width <= 0 || height <= 0) {
      countEmpty(image);
      continue;
    }
    const landmarks = landmarksOf(annotation.keypoints);
    image.faces.push({ box: [x, y, x + width, y + height], landmarks, invalid: annotation.iscrowd === 1 });
  }
  return [...images.values()];
}

function landmarksOf(keypoints: unknown): Landmarks | null {
  if (!Array.isArray(keypoints) || keypoints.length !== 15 || !keypoints.every(Number.isFinite)) return null;
  const points = landmarkNames.map((_, k) => keypoints.slice(3 * k, 3 * k + 3) as [number, number, number]);
  return points.every(([, , visibility]) => visibility > 0)
    ? (points.map(([x, y]) => [x, y]) as Landmarks)
    : null;
}

/** Labels as COCO's JSON, with one category, `face`, of five keypoints. */
export function formatCocoLabels(images: readonly SizedImage[]): string {
  const annotation = ({ box: [x1, y1, x2, y2], landmarks, invalid }: LabelledFace, imageId: number) => ({
    image_id: imageId,
    category_id: 1,
    bbox: [x1, y1, x2 - x1, y2 - y1],
    area: (x2 - x1) * (y2 - y1),
    iscrowd: invalid ? 1 : 0,
    keypoints: landmarks ? landmarks.flatMap(([x, y]) => [x, y, 2]) : new Array<number>(15).fill(0),
    num_keypoints: landmarks ? 5 : 0,
  });
  const faces = images.flatMap((image, i) => image.faces.map((face) => annotation(face, i + 1)));
  const coco = {
    images: images.map(({ name, width, height }, i) => ({ id: i + 1, file_name: name, width, height })),
    annotations: faces.map((face, i) => ({ id: i + 1, ...face })),
    categories: [{ id: 1, name: 'face', keypoints: landmarkNames, skeleton: [] }],
  };
  return `${JSON.stringify(coco)}\n`;
}
