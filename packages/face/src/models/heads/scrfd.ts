import { Candidates } from './candidates.ts';
import { cellCounts, forEachCell } from './grid.ts';
import { type DetectorHead, lastSize } from './head.ts';

/**
 * SCRFD: for each cell a probability and the distances from its corner (column · stride, row · stride) to
 * the four sides and to the landmarks, in strides. Outputs come as all scores, all boxes, all landmarks,
 * one for each level: 9 (or 15 for five levels); 6 (or 10) where there are no landmarks.
 *
 * Guo et al., "Sample and Computation Redistribution for Efficient Face Detection" (2021).
 */
export const scrfd: DetectorHead = {
  landmarks: true,

  assignOutputs(outputs): Record<string, string[]> | null {
    if (![6, 9, 10, 15].includes(outputs.length)) return null;
    const hasLandmarks = outputs.length % 3 === 0 && outputs.length !== 6;
    const levels = outputs.length / (hasLandmarks ? 3 : 2);
    const group = (index: number, width: number): string[] | null => {
      const ports = outputs.slice(index * levels, (index + 1) * levels);
      return ports.every((port) => [width, null].includes(lastSize(port)))
        ? ports.map((port) => port.name)
        : null;
    };
    const [scores, boxes] = [group(0, 1), group(1, 4)];
    if (!scores || !boxes) return null;
    if (!hasLandmarks) return { scores, boxes };
    const landmarks = group(2, 10);
    return landmarks && { scores, boxes, landmarks };
  },

  // The models of five levels have one anchor a cell, those of three have two.
  geometry: ({ scores }) =>
    scores!.length === 5 ? { strides: [8, 16, 32, 64, 128], anchorsPerCell: 1 } : {},

  sizes({ width, height, conventions }) {
    const counts = cellCounts(width, height, conventions);
    const times = (width: number) => counts.map((count) => count * width);
    const sizes = { scores: counts, boxes: times(4) };
    return conventions.landmarks ? { ...sizes, landmarks: times(10) } : sizes;
  },

  decode(outputs, frame) {
    const found = new Candidates();
    forEachCell(frame, (level, n, column, row, stride) => {
      const score = outputs.scores![level]![n]!;
      if (!(score >= frame.scoreThreshold)) return;
      const [x, y] = [column * stride, row * stride];
      const i = found.add(score, x, y, level, stride);
      const boxes = outputs.boxes![level]!;
      found.boxes[4 * i] = x - boxes[4 * n]! * stride;
      found.boxes[4 * i + 1] = y - boxes[4 * n + 1]! * stride;
      found.boxes[4 * i + 2] = x + boxes[4 * n + 2]! * stride;
      found.boxes[4 * i + 3] = y + boxes[4 * n + 3]! * stride;
      const points = outputs.landmarks?.[level];
      if (!points) return;
      for (let k = 0; k < 10; k += 2) {
        found.landmarks[10 * i + k] = x + points[10 * n + k]! * stride;
        found.landmarks[10 * i + k + 1] = y + points[10 * n + k + 1]! * stride;
      }
    });
    return found;
  },
};
