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

/**
 * Dialects by name: biubug6/Pytorch_Retinaface, and the same layers with smaller anchors and plain ReLU as in
 * biubug6/Face-Detector-1MB-with-landmark. Weights of one load into the other and then find wrong boxes.
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
} satisfies Record<string, RetinaFaceDialect>;

export type RetinaFaceDialectName = keyof typeof retinafaceDialects;
