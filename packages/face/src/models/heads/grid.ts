import type { DetectorConventions } from '../manifest.ts';
import type { Frame } from './head.ts';

/** Calls back for each cell of each level, as anchor-free heads list them: row, column, anchor. */
export function forEachCell(
  { width, height, conventions: { strides, anchorsPerCell } }: Frame,
  visit: (level: number, n: number, column: number, row: number, stride: number) => void,
): void {
  for (const [level, stride] of strides.entries()) {
    const [rows, columns] = [Math.ceil(height / stride), Math.ceil(width / stride)];
    let n = 0;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        for (let k = 0; k < anchorsPerCell; k++, n++) visit(level, n, column, row, stride);
      }
    }
  }
}

/** How many cells (times anchors) each level has. */
export function cellCounts(
  width: number,
  height: number,
  { strides, anchorsPerCell }: DetectorConventions,
): number[] {
  return strides.map((stride) => Math.ceil(height / stride) * Math.ceil(width / stride) * anchorsPerCell);
}
