import { countAnchors } from '../../geometry/anchors.ts';
import { decodeBox, decodeLandmarks } from '../../geometry/variances.ts';
import { Candidates } from './candidates.ts';
import { type DetectorHead, lastSize } from './head.ts';

/**
 * RetinaFace: for each anchor four box offsets, two class scores and ten landmark offsets, all levels in
 * one list, in the anchor order of geometry/anchors.ts.
 *
 * Levels are numbered by anchor size here, so that candidates of one level come from anchors alike.
 *
 * Deng et al., "RetinaFace: Single-stage Dense Face Localisation in the Wild" (2019).
 */
export const retinaface: DetectorHead = {
  landmarks: true,

  assignOutputs(outputs) {
    const named = (width: number) =>
      outputs.filter((port) => lastSize(port) === width).map((port) => port.name);
    const roles = { boxes: named(4), scores: named(2), landmarks: named(10) };
    return outputs.length === 3 && Object.values(roles).every((names) => names.length === 1) ? roles : null;
  },

  sizes({ width, height, conventions: { minSizes, strides } }) {
    const count = countAnchors({ width, height, minSizes, strides });
    return { boxes: [4 * count], scores: [2 * count], landmarks: [10 * count] };
  },

  decode(outputs, { width, height, conventions, scoreThreshold }) {
    const { strides, minSizes } = conventions;
    const variances = conventions.variances as [number, number];
    const [boxes, scores, landmarks] = [outputs.boxes![0]!, outputs.scores![0]!, outputs.landmarks![0]!];
    const areLogits = conventions.scores === 'logits';
    const found = new Candidates();
    let n = 0;
    let sizesBefore = 0;
    for (const [level, stride] of strides.entries()) {
      const sides = minSizes[level]!;
      const [rows, columns] = [Math.ceil(height / stride), Math.ceil(width / stride)];
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          for (let k = 0; k < sides.length; k++, n++) {
            const raw = scores[2 * n + 1]!;
            const score = areLogits ? 1 / (1 + Math.exp(scores[2 * n]! - raw)) : raw;
            if (!(score >= scoreThreshold)) continue;
            const anchor = { x: (column + 0.5) * stride, y: (row + 0.5) * stride, side: sides[k]! };
            const i = found.add(score, anchor.x, anchor.y, sizesBefore + k, stride);
            decodeBox(boxes, 4 * n, anchor, variances, found.boxes, 4 * i);
            decodeLandmarks(landmarks, 10 * n, anchor, variances, found.landmarks, 10 * i);
          }
        }
      }
      sizesBefore += sides.length;
    }
    return found;
  },
};
