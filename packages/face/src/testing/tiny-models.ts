import { type TinyModel, tinyOnnx } from './tiny-onnx.ts';

/** A recognizer of 12 numbers: the mean of each quarter of each channel of crops with that side. */
export function tinyRecognizer(batch: number | string = 'batch', side = 112): Uint8Array {
  return tinyOnnx({
    inputs: { crop: [batch, 3, side, side] },
    outputs: { embedding: [batch, 12] },
    nodes: [
      {
        op: 'AveragePool',
        inputs: ['crop'],
        outputs: ['quarters'],
        attributes: { kernel_shape: [side / 2, side / 2], strides: [side / 2, side / 2] },
      },
      { op: 'Flatten', inputs: ['quarters'], outputs: ['embedding'] },
    ],
  });
}

/**
 * A detector of white squares in SCRFD's layout at strides 8, 16 and 32: only the first level ever speaks.
 * Its score is the brightness of a cell of 8 × 8; each box reaches one cell and a half to every side of the
 * cell's corner, and its landmarks stand at fixed places in it.
 */
export const tinyDetector = (): Uint8Array => tinyOnnx(tinyDetectorModel());

/** The same before it is written, to be changed. */
export function tinyDetectorModel(): TinyModel {
  const strides = [8, 16, 32];
  const landmarks = [-0.5, -0.5, 0.5, -0.5, 0, 0, -0.5, 0.5, 0.5, 0.5];
  const level = (stride: number, reply: { score: number }) => [
    {
      op: 'AveragePool',
      inputs: ['image'],
      outputs: [`cells_${stride}`],
      attributes: { kernel_shape: [stride, stride], strides: [stride, stride] },
    },
    ...(['score', 'box', 'points'] as const).flatMap((role) => [
      {
        op: 'Conv',
        inputs: [`cells_${stride}`, role === 'score' && reply.score ? 'bright' : `no_${role}`, `add_${role}`],
        outputs: [`${role}_map_${stride}`],
      },
      {
        op: 'Transpose',
        inputs: [`${role}_map_${stride}`],
        outputs: [`${role}_last_${stride}`],
        attributes: { perm: [0, 2, 3, 1] },
      },
      { op: 'Reshape', inputs: [`${role}_last_${stride}`, `rows_${role}`], outputs: [`${role}_${stride}`] },
    ]),
  ];
  const zeros = (count: number) => new Array<number>(count).fill(0);
  return {
    inputs: { image: [1, 3, 'height', 'width'] },
    outputs: {
      ...Object.fromEntries(strides.map((stride) => [`score_${stride}`, ['n', 1]])),
      ...Object.fromEntries(strides.map((stride) => [`box_${stride}`, ['n', 4]])),
      ...Object.fromEntries(strides.map((stride) => [`points_${stride}`, ['n', 10]])),
    },
    nodes: strides.flatMap((stride) => level(stride, { score: stride === 8 ? 1 : 0 })),
    floats: {
      // Pixels arrive as (x − 127.5) / 128: white is 0.996 in each channel.
      bright: { shape: [1, 3, 1, 1], values: [1 / 3, 1 / 3, 1 / 3] },
      no_score: { shape: [1, 3, 1, 1], values: zeros(3) },
      no_box: { shape: [4, 3, 1, 1], values: zeros(12) },
      no_points: { shape: [10, 3, 1, 1], values: zeros(30) },
      add_score: { shape: [1], values: [0] },
      add_box: { shape: [4], values: [1.5, 1.5, 1.5, 1.5] },
      add_points: { shape: [10], values: landmarks },
    },
    ints: { rows_score: [-1, 1], rows_box: [-1, 4], rows_points: [-1, 10] },
  };
}
