import { Candidates } from './candidates.ts';
import { type DetectorHead, lastSize } from './head.ts';

/**
 * Detectors that decode their own boxes and give no landmarks (Ultra-Light-Fast and its kin): corners as
 * fractions of the input, and probabilities of (background, face).
 */
export const boxesOnly: DetectorHead = {
  landmarks: false,

  assignOutputs(outputs) {
    const named = (width: number) =>
      outputs.filter((port) => lastSize(port) === width).map((port) => port.name);
    const roles = { boxes: named(4), scores: named(2) };
    return outputs.length === 2 && Object.values(roles).every((names) => names.length === 1) ? roles : null;
  },

  // The network decides how many boxes it gives.
  sizes: () => ({}),

  decode(outputs, { width, height, scoreThreshold }) {
    const [boxes, scores] = [outputs.boxes![0]!, outputs.scores![0]!];
    const found = new Candidates();
    for (let n = 0; 2 * n < scores.length; n++) {
      const score = scores[2 * n + 1]!;
      if (!(score >= scoreThreshold)) continue;
      const box = [
        boxes[4 * n]! * width,
        boxes[4 * n + 1]! * height,
        boxes[4 * n + 2]! * width,
        boxes[4 * n + 3]! * height,
      ];
      const i = found.add(score, (box[0]! + box[2]!) / 2, (box[1]! + box[3]!) / 2, 0, 1);
      found.boxes.set(box, 4 * i);
    }
    return found;
  },
};
