import { z } from 'zod';
import { assertRecipe } from '../options/check.ts';
import { partOf, tableOf } from '../options/parts.ts';

/** Conventions of a RetinaFace detector that no weight file tells. */
export interface RetinaFaceDialect {
  /** What recipes, manifests and checkpoints call them. */
  readonly name: string;
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

const define = <const Name extends string>(name: Name, conventions: Omit<RetinaFaceDialect, 'name'>) => ({
  name,
  ...conventions,
});

/**
 * Dialects by name: biubug6/Pytorch_Retinaface, and the same layers with smaller anchors and plain ReLU as in
 * biubug6/Face-Detector-1MB-with-landmark. Weights of one load into the other and then find wrong boxes. `paper` is that
 * of Deng et al. with five levels, P2 to P6.
 *
 * @example
 * ```ts
 * import { retinafaceDialects } from '@semblance/train';
 *
 * console.log(retinafaceDialects.standard.minSizes); // [ [ 16, 32 ], [ 64, 128 ], [ 256, 512 ] ]
 * ```
 */
export const retinafaceDialects = tableOf(
  define('standard', {
    minSizes: standardSizes,
    strides: [8, 16, 32],
    slope: 0.1,
    meanBgr: [104, 117, 123],
  }),
  define('1mb', {
    minSizes: [
      [10, 20],
      [32, 64],
      [128, 256],
    ],
    strides: [8, 16, 32],
    slope: 0,
    meanBgr: [104, 117, 123],
  }),
  define('paper', {
    minSizes: paperSizes,
    strides: [4, 8, 16, 32, 64],
    slope: 0,
    meanBgr: [104, 117, 123],
  }),
);

export type RetinaFaceDialectName = keyof typeof retinafaceDialects;

const ownDialect = z
  .strictObject({
    name: z.string().min(1),
    minSizes: z.array(z.array(z.number().positive()).min(1)).min(1),
    strides: z.array(z.int().min(1)).min(1),
    slope: z.number().min(0),
    meanBgr: z.array(z.number()).length(3),
  })
  .refine(
    ({ minSizes, strides }) =>
      minSizes.length === strides.length && minSizes.every(({ length }) => length === minSizes[0]!.length),
    'as many lists of minSizes as strides, each of the same length,',
  );

/**
 * The dialect of that name, or the one of your own.
 *
 * @throws RECIPE_INVALID_VALUE for an unknown name, RECIPE_* for one of your own that is not whole
 */
export function dialectOf(dialect: string | RetinaFaceDialect): RetinaFaceDialect {
  if (typeof dialect !== 'string')
    assertRecipe(ownDialect, dialect, { whole: 'the dialect', path: 'dialect' });
  return partOf<RetinaFaceDialect>(retinafaceDialects, dialect, 'dialect');
}
