import { Candidates } from './candidates.ts';
import { cellCounts, forEachCell } from './grid.ts';
import type { DetectorHead } from './head.ts';

const strides = [8, 16, 32];

/**
 * YuNet: score = √(class · objectness), centre = (cell + offset) · stride, size = exp(offset) · stride,
 * landmark = (cell + offset) · stride; cells without the half added. Each level has its own outputs.
 *
 * Wu et al., "YuNet: A Tiny Millisecond-level Face Detector" (2023).
 */
export const yunet: DetectorHead = {
  landmarks: true,

  assignOutputs(outputs) {
    const names = new Set(outputs.map((port) => port.name));
    const perLevel = (prefix: string) => strides.map((stride) => `${prefix}_${stride}`);
    const roles = {
      classes: perLevel('cls'),
      objects: perLevel('obj'),
      boxes: perLevel('bbox'),
      landmarks: perLevel('kps'),
    };
    return Object.values(roles)
      .flat()
      .every((name) => names.has(name))
      ? roles
      : null;
  },

  sizes({ width, height, conventions }) {
    const counts = cellCounts(width, height, conventions);
    const times = (width: number) => counts.map((count) => count * width);
    return { classes: counts, objects: counts, boxes: times(4), landmarks: times(10) };
  },

  decode(outputs, frame) {
    const found = new Candidates();
    const least = frame.scoreThreshold ** 2;
    forEachCell(frame, (level, n, column, row, stride) => {
      const product = outputs.classes![level]![n]! * outputs.objects![level]![n]!;
      if (!(product >= least)) return;
      const i = found.add(Math.min(1, Math.sqrt(product)), column * stride, row * stride, level, stride);
      const boxes = outputs.boxes![level]!;
      const x = (column + boxes[4 * n]!) * stride;
      const y = (row + boxes[4 * n + 1]!) * stride;
      const halfWidth = (Math.exp(boxes[4 * n + 2]!) * stride) / 2;
      const halfHeight = (Math.exp(boxes[4 * n + 3]!) * stride) / 2;
      found.boxes[4 * i] = x - halfWidth;
      found.boxes[4 * i + 1] = y - halfHeight;
      found.boxes[4 * i + 2] = x + halfWidth;
      found.boxes[4 * i + 3] = y + halfHeight;
      const points = outputs.landmarks![level]!;
      for (let k = 0; k < 10; k += 2) {
        found.landmarks[10 * i + k] = (column + points[10 * n + k]!) * stride;
        found.landmarks[10 * i + k + 1] = (row + points[10 * n + k + 1]!) * stride;
      }
    });
    return found;
  },
};
