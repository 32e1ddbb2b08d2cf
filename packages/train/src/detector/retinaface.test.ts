import { countAnchors } from '@semblance/face';
import { noGrad, randn, scope } from '@semblance/torch';
import { expect, test } from 'vitest';
import { createDetector, RetinaFaceInference } from './index.ts';

// Computed from the published code.
test.each([
  ['retinaface-mnet025', 426_608],
  ['retinaface-r50', 27_293_600],
])('%s has %i parameters', (name, expected) => {
  const { network } = createDetector(name);
  expect(network.numParameters()).toBe(expected);
  network.dispose();
});

test('the heads give four, two and ten numbers for every anchor, for any multiple of 32', () => {
  using _ = scope();
  const { network, dialect } = createDetector('retinaface-mnet025');
  network.eval();
  for (const [height, width] of [
    [64, 96],
    [160, 32],
  ] as const) {
    const numAnchors = countAnchors({ width, height, ...dialect });
    const { boxes, classes, landmarks } = noGrad(() => network.forward(randn([2, 3, height, width])));
    expect(boxes.shape).toEqual([2, numAnchors, 4]);
    expect(classes.shape).toEqual([2, numAnchors, 2]);
    expect(landmarks.shape).toEqual([2, numAnchors, 10]);
  }
  const [, scores] = noGrad(() => new RetinaFaceInference(network).forward(randn([1, 3, 32, 32])));
  const sums = scores.sum([2]).toArray() as Float32Array;
  for (const sum of sums) expect(sum).toBeCloseTo(1, 5);
  network.dispose();
});

test('anchors come in the order level, row, column, size', () => {
  using _ = scope();
  const { network } = createDetector('retinaface-mnet025');
  network.eval();
  // Only the first level's class head answers, and only to its second size.
  for (const [name, { value }] of network.namedParameters()) {
    if (!name.startsWith('ClassHead')) continue;
    value.detach().zero_();
    if (name === 'ClassHead.0.conv1x1.bias') value.detach().select(0, 3).fill_(5);
  }
  const { classes } = noGrad(() => network.forward(randn([1, 3, 64, 64])));
  const faceLogits = classes.select(2, 1).toArray() as Float32Array;
  const isFirstLevel = (anchor: number) => anchor < 8 * 8 * 2;
  expect([...faceLogits]).toEqual([...faceLogits].map((_, a) => (isFirstLevel(a) && a % 2 === 1 ? 5 : 0)));
  network.dispose();
});

test('the 1mb dialect has smaller anchors and no leak, and unknown names are refused', () => {
  const { dialect, network } = createDetector('retinaface-mnet025', { dialect: '1mb' });
  expect(dialect).toMatchObject({
    slope: 0,
    minSizes: [
      [10, 20],
      [32, 64],
      [128, 256],
    ],
  });
  network.dispose();
  expect(() => createDetector('yolo')).toThrow(/one of retinaface-mnet025, retinaface-r50/);
});
