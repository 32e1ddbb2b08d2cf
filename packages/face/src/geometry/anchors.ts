export interface AnchorLayout {
  /** Size of the network's input in pixels. */
  width: number;
  height: number;
  /** Side of the square anchors in pixels, for each level. */
  minSizes: number[][];
  /** Pixels between cells, for each level. */
  strides: number[];
}

/**
 * Anchors of RetinaFace: for each level a map of ⌈H/stride⌉ × ⌈W/stride⌉ cells, in each the level's sizes
 * as squares about ((j + ½) · stride, (i + ½) · stride). In order: level, row, column, size.
 *
 * @returns centre x, centre y, width, height of anchor n at 4n, as fractions of the input's width and
 * height, not clipped: 16,800 anchors for 640 × 640 with the usual three levels of two.
 *
 * Deng et al., "RetinaFace" (2019), in the layout of biubug6/Pytorch_Retinaface.
 */
export function buildAnchors({ width, height, minSizes, strides }: AnchorLayout): Float32Array {
  const anchors = new Float32Array(4 * countAnchors({ width, height, minSizes, strides }));
  let at = 0;
  for (const [level, stride] of strides.entries()) {
    const rows = Math.ceil(height / stride);
    const columns = Math.ceil(width / stride);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        for (const size of minSizes[level]!) {
          anchors[at++] = ((j + 0.5) * stride) / width;
          anchors[at++] = ((i + 0.5) * stride) / height;
          anchors[at++] = size / width;
          anchors[at++] = size / height;
        }
      }
    }
  }
  return anchors;
}

/** How many anchors {@link buildAnchors} lays out. */
export function countAnchors({ width, height, minSizes, strides }: AnchorLayout): number {
  let count = 0;
  for (const [level, stride] of strides.entries()) {
    count += Math.ceil(height / stride) * Math.ceil(width / stride) * minSizes[level]!.length;
  }
  return count;
}
