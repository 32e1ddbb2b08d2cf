import { countAnchors } from '@semblance/face/geometry';
import { noGrad, ops, randn, scope } from '@semblance/torch';
import { expect, test } from 'vitest';
import { MobileNet025 } from '../backbones/mobilenet025.ts';
import { ResNet50 } from '../backbones/resnet50.ts';
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

test.each(['retinaface-mnet025-paper', 'retinaface-r50-paper'])(
  '%s has five levels and 102,300 anchors at 640',
  (name) => {
    using _ = scope();
    const { network, dialect } = createDetector(name, { dialect: 'paper' });
    expect(countAnchors({ width: 640, height: 640, ...dialect })).toBe(102_300);
    expect(dialect.minSizes.at(-1)!.map((side) => Math.round(side * 10) / 10)).toEqual([256, 322.5, 406.4]);
    network.eval();
    for (const [height, width] of [
      [64, 128],
      [96, 160], // at stride 64 a cell and a half, which is two
    ] as const) {
      const numAnchors = countAnchors({ width, height, ...dialect });
      const { boxes, classes, landmarks } = noGrad(() => network.forward(randn([1, 3, height, width])));
      expect(boxes.shape).toEqual([1, numAnchors, 4]);
      expect(classes.shape).toEqual([1, numAnchors, 2]);
      expect(landmarks.shape).toEqual([1, numAnchors, 10]);
    }
    network.dispose();
  },
);

test('the levels of a body are those of its forward pass, with one at stride 4 before them', () => {
  using _ = scope();
  for (const body of [new MobileNet025(), new ResNet50()]) {
    body.eval();
    const x = randn([1, 3, 64, 96]);
    const [levels, maps] = noGrad(() => [body.levels(x), body.forward(x)]);
    expect(levels.slice(1).map((map, i) => ops.equal(map, maps[i]!))).toEqual([true, true, true]);
    expect(levels.map(({ shape }) => shape.slice(2))).toEqual([
      [16, 24],
      [8, 12],
      [4, 6],
      [2, 3],
    ]);
    body.dispose();
  }
});

test('a network and a dialect of other levels are refused', () => {
  const refusal = expect.objectContaining({ code: 'RECIPE_INVALID_VALUE' });
  expect(() => createDetector('retinaface-mnet025-paper')).toThrow(refusal);
  expect(() => createDetector('retinaface-mnet025', { dialect: 'paper' })).toThrow(/3 levels .* with 5/);
});
