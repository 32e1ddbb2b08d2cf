import { mapAhead } from '@semblance/core/async';
import { nms } from '../geometry/nms.ts';
import type { Box, Face, Landmarks } from '../geometry/types.ts';
import { cropImage, type Part } from '../image/crop.ts';
import type { Image } from '../image/image.ts';
import type { DetectOptions } from './detector.ts';

/** Tiles overlap by this share of their side: faces up to that size are whole in one of them. */
const OVERLAP = 0.25;
/** A box that comes this near to where a tile was cut is taken for a part of a face. */
const CUT_MARGIN_PX = 2;

/**
 * Tiles that cover a picture: squares of `tile` pixels that overlap by a quarter, the last ones moved back to end with
 * the picture; a picture of no more than that is one tile. Offsets are multiples of 32 but for the last.
 */
export function planTiles(width: number, height: number, tile: number): Part[] {
  const step = Math.max(32, 32 * Math.floor((tile * (1 - OVERLAP)) / 32));
  const starts = (size: number): number[] => {
    if (size <= tile) return [0];
    const count = Math.ceil((size - tile) / step) + 1;
    return Array.from({ length: count }, (_, i) => Math.min(i * step, size - tile));
  };
  return starts(height).flatMap((top) =>
    starts(width).map((left) => ({
      left,
      top,
      width: Math.min(tile, width),
      height: Math.min(tile, height),
    })),
  );
}

/**
 * Finds faces in a large picture tile by tile, and the large ones in the picture as a whole: small faces keep the pixels
 * that shrinking the picture would take from them.
 *
 * A face that a tile cuts is left to the tile it is whole in, or to the whole picture; what several saw is one face (NMS).
 * The time grows with the number of tiles.
 *
 * @param tilesAtOnce tiles that `detect` takes at a time.
 */
export async function detectInTiles(
  detect: (image: Image, options: DetectOptions) => Promise<Face[]>,
  image: Image,
  { tile = 640, maxFaces = Infinity, ...options }: DetectOptions,
  tilesAtOnce = 1,
): Promise<Face[]> {
  const seen = await detect(image, { ...options, scale: 'fit' });
  const detectTile = async (part: Part) => {
    const faces = await detect(cropImage(image, part), options);
    return faces
      .filter(({ box }) => !isCut(box, part, image))
      .map((face) => moved(face, part.left, part.top));
  };
  const parts = planTiles(image.width, image.height, tile);
  for await (const faces of mapAhead(parts, detectTile, tilesAtOnce - 1)) seen.push(...faces);
  const boxes = Float32Array.from(seen.flatMap(({ box }) => box));
  const scores = Float32Array.from(seen, ({ score }) => score);
  return [...nms(boxes, scores, options.nmsThreshold ?? 0.4, maxFaces)].map((i) => seen[i]!);
}

/** Whether a box reaches an edge of the tile that is no edge of the picture. */
function isCut([x1, y1, x2, y2]: Box, { left, top, width, height }: Part, image: Image): boolean {
  return (
    (left > 0 && x1 < CUT_MARGIN_PX) ||
    (top > 0 && y1 < CUT_MARGIN_PX) ||
    (left + width < image.width && x2 > width - CUT_MARGIN_PX) ||
    (top + height < image.height && y2 > height - CUT_MARGIN_PX)
  );
}

function moved({ box: [x1, y1, x2, y2], score, landmarks }: Face, dx: number, dy: number): Face {
  const points: Landmarks | null = landmarks?.map(([x, y]) => [x + dx, y + dy]) ?? null;
  return { box: [x1 + dx, y1 + dy, x2 + dx, y2 + dy], score, landmarks: points };
}
