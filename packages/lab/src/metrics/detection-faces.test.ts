import type { Box, Face, Landmarks } from '@semblance/face/geometry';
import type { Image } from '@semblance/face/image';
import { pixelsOf } from '@semblance/face/image';
import type { DetectOptions } from '@semblance/face/models';
import { expect, test } from 'vitest';
import { faceOutcomes, landmarkErrors, recallByGroup } from './detection-faces.ts';
import { detectAugmented, voteBoxes } from './test-time.ts';

const at = (x: number): Box => [x, 0, x + 10, 10];
const points = (x: number): Landmarks => [0, 4, 2, 0, 4].map((dx, k): [number, number] => [x + dx, k]);

test('each face knows the detection that found it, and ignored faces are outside of recall', () => {
  const results = [
    {
      found: [
        { box: at(0), score: 0.9 },
        { box: at(1), score: 0.95 },
        { box: at(50), score: 0.2 },
        { box: at(100), score: 0.8 },
      ],
      truth: [{ box: at(0) }, { box: at(50) }, { box: at(100), ignore: true }, { box: at(200) }],
    },
  ];
  const outcomes = faceOutcomes(results, { scoreThreshold: 0.5 });
  expect(outcomes.map(({ detection }) => detection)).toEqual([1, null, 3, null]);
  const groups = recallByGroup(outcomes, ({ face }) => (face < 2 ? 'near' : face === 3 ? 'far' : 'ignored'));
  expect(groups).toMatchObject([
    { group: 'near', faces: 2, found: 1, recall: 1 / 2 },
    { group: 'far', faces: 1, found: 0, recall: 0 },
  ]);
});

test('landmark errors are in units of the distance of the eyes', () => {
  const shifted = points(0).map(([x, y], k): [number, number] => [x + (k < 2 ? 2 : 0), y]);
  const results = [
    {
      found: [
        { box: at(0), score: 0.9, landmarks: shifted },
        { box: at(50), score: 0.9, landmarks: points(50) },
        { box: at(100), score: 0.9, landmarks: null },
      ],
      truth: [
        { box: at(0), landmarks: points(0) },
        { box: at(50), landmarks: null },
        { box: at(100), landmarks: points(100) },
      ],
    },
  ];
  // two points off by 2, eyes √(4² + 1²) apart
  expect(landmarkErrors(results, faceOutcomes(results))).toEqual([(2 * 2) / 5 / Math.hypot(4, 1)]);
});

test('box voting: the score-weighted mean of what overlaps the best', () => {
  const face = (x: number, score: number): Face => ({ box: at(x), score, landmarks: points(x) });
  const [first, second, ...rest] = voteBoxes([face(3, 0.2), face(0, 0.6), face(100, 0.5)], 0.4);
  expect(rest).toEqual([]);
  expect(first!.box[0]).toBeCloseTo((0.2 * 3 + 0.6 * 0) / 0.8, 12);
  expect([first!.score, first!.landmarks]).toEqual([0.6, points(0)]);
  expect(second).toEqual(face(100, 0.5));
  expect(voteBoxes([face(0, 0), face(0, 0)])).toHaveLength(1);
});

/** Finds one face: where the picture is reddest. Scales say what was asked of it. */
function redFinder() {
  const scales: (number | 'fit' | undefined)[] = [];
  const detect = async ({ data, width }: Image, options: DetectOptions = {}): Promise<Face[]> => {
    scales.push(options.scale);
    const reddest = data.indexOf(255) / 3;
    const x = reddest % width;
    const landmarks: Landmarks = [x, x + 4, x + 2, x, x + 4].map((px, k) => [px, k]);
    return [{ box: [x, 0, x + 1, 1], score: 0.5, landmarks }];
  };
  return { scales, detector: { hasLandmarks: true, detect } };
}

test('mirrored passes come back to where the face is, eyes and corners of the mouth exchanged', async () => {
  const image = { data: new Uint8Array(3 * 20 * 10), width: 20, height: 10 };
  image.data[3 * 4] = 255;
  const { detector, scales } = redFinder();
  const faces = await detectAugmented(detector, image, { flip: true, detect: { scale: 1 } });
  // both passes see the pixel from 4 to 5
  expect(faces).toHaveLength(1);
  expect(faces[0]!.box.map((value) => value)).toEqual([4, 0, 5, 1]);
  expect(scales).toEqual([1, 1]);

  const mirroredOnly = await detectAugmented(
    {
      hasLandmarks: true,
      detect: async (picture, options) =>
        picture === image ? [] : detector.detect(await pixelsOf(picture), options),
    },
    image,
    { flip: true },
  );
  // in the mirrored picture the pixel is the 16th of 20: points at 15, 19, 17, 15, 19
  expect(mirroredOnly[0]!.landmarks!.map(([x]) => x)).toEqual([1, 5, 3, 1, 5]);
});

test('scales follow the shorter side, and the longer one has a limit', async () => {
  const image = { data: new Uint8Array(3 * 200 * 100).fill(255), width: 200, height: 100 };
  const { detector, scales } = redFinder();
  await detectAugmented(detector, image, { shortSides: [50, 100, 1600], longSide: 2150 });
  expect(scales).toEqual([0.5, 1, 10.75]);
});
