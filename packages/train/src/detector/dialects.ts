/** Conventions of a RetinaFace detector that no weight file tells. */
export interface RetinaFaceDialect {
  /** Sides of the anchors in pixels, for each level. */
  minSizes: number[][];
  /** Pixels between cells, for each level. */
  strides: number[];
  /** Slope of the leaky ReLUs in body and neck; 0 is plain ReLU. */
  slope: number;
  /** Subtracted from the input's blue, green and red, which come in this order. */
  meanBgr: [number, number, number];
}

const standardSizes = [
  [16, 32],
  [64, 128],
  [256, 512],
];

/** Three sizes of each level, a third of an octave apart: 16, 20.2, 25.4 at stride 4 to 256, 322.5, 406.4 at 64. */
const paperSizes = [16, 32, 64, 128, 256].map((side) => [side, side * 2 ** (1 / 3), side * 2 ** (2 / 3)]);

/**
 * Dialects by name: biubug6/Pytorch_Retinaface, and the same layers with smaller anchors and plain ReLU as in
 * biubug6/Face-Detector-1MB-with-landmark. Weights of one load into the other and then find wrong boxes. `paper` is that
 * of Deng et al. with five levels, P2 to P6.
 */
export const retinafaceDialects = {
  standard: { minSizes: standardSizes, strides: [8, 16, 32], slope: 0.1, meanBgr: [104, 117, 123] },
  '1mb': {
    minSizes: [
      [10, 20],
      [32, 64],
      [128, 256],
    ],
    strides: [8, 16, 32],
    slope: 0,
    meanBgr: [104, 117, 123],
  },
  paper: { minSizes: paperSizes, strides: [4, 8, 16, 32, 64], slope: 0, meanBgr: [104, 117, 123] },
} satisfies Record<string, RetinaFaceDialect>;

export type RetinaFaceDialectName = keyof typeof retinafaceDialects;
