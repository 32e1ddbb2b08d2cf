import { retinafaceCropScales } from '../data/detection-augment.ts';
import { type RetinaFaceDialectName, retinafaceDialects } from '../detector/dialects.ts';
import { detectorNames } from '../detector/index.ts';
import { boolean, type FieldsOf, integer, listOf, number, oneOf } from '../options/fields.ts';
import { type TrainingRecipe, trainingBase, trainingFields } from './training.ts';

/** How a detector is trained. */
export interface DetectionRecipe extends TrainingRecipe {
  task: 'detection';
  /** A name of the table of detectors. */
  detector: string;
  /** Anchors and activations: a name of the table of dialects. */
  dialect: RetinaFaceDialectName;
  /** Side of the square the network sees in training, a multiple of 32. */
  inputSize: number;
  /** Sides of which each step draws one in place of `inputSize`; empty for that alone. */
  multiScale: readonly number[];
  /** Sides of random square crops as parts of the short side; empty for none. */
  cropScales: readonly number[];
  /** Colours are distorted. */
  distort: boolean;
  /** Images are mirrored half of the time. */
  mirror: boolean;
  /** Faces smaller than this in the square are left out, in pixels. */
  minFace: number;
  boxWeight: number;
  classWeight: number;
  landmarkWeight: number;
  /** Hard negatives for each positive. */
  negativesPerPositive: number;
  /** Part of the images that is held out for evaluation. */
  valPart: number;
  /** Longer side at which they are searched, in pixels; smaller ones stay as they are. */
  valSide: number;
  /** Faces smaller than this are not asked for in evaluation, in pixels of the network's input. */
  valMinFace: number;
}

export const detectionFields: FieldsOf<DetectionRecipe> = {
  ...trainingFields,
  task: oneOf(['detection']),
  detector: oneOf(detectorNames),
  dialect: oneOf(Object.keys(retinafaceDialects) as RetinaFaceDialectName[]),
  inputSize: integer({ min: 32, max: 4096 }),
  multiScale: listOf(integer({ min: 32, max: 4096 })),
  cropScales: listOf(number({ min: 0.01, max: 1 })),
  distort: boolean,
  mirror: boolean,
  minFace: number({ min: 0 }),
  boxWeight: number({ min: 0 }),
  classWeight: number({ min: 0 }),
  landmarkWeight: number({ min: 0 }),
  negativesPerPositive: number({ min: 0 }),
  valPart: number({ min: 0, max: 0.9 }),
  valSide: integer({ min: 32 }),
  valMinFace: number({ min: 0 }),
};

/** RetinaFace with MobileNet-0.25 as biubug6 trains it on WIDER FACE. */
const retinafaceMnet025: DetectionRecipe = {
  ...trainingBase,
  name: 'retinaface-mnet025',
  task: 'detection',
  detector: 'retinaface-mnet025',
  dialect: 'standard',
  inputSize: 640,
  multiScale: [],
  cropScales: retinafaceCropScales,
  distort: true,
  mirror: true,
  minFace: 1,
  boxWeight: 2,
  classWeight: 1,
  landmarkWeight: 1,
  negativesPerPositive: 7,
  valPart: 0,
  valSide: 640,
  valMinFace: 16,
  batchSize: 32,
  epochs: 250,
  lr: 1e-3,
  schedule: 'multistep',
  milestones: [190 / 250, 220 / 250],
  checkpointSteps: 200,
};

/** Detection recipes by name: a variant spreads its base. */
export const detectionRecipes = {
  'retinaface-mnet025': retinafaceMnet025,
  'retinaface-r50': {
    ...retinafaceMnet025,
    name: 'retinaface-r50',
    detector: 'retinaface-r50',
    inputSize: 832,
    batchSize: 24,
    epochs: 100,
    milestones: [0.7, 0.9],
  },
  /** Some minutes on two cores over synthetic scenes: what `semblance demo` runs. */
  'retinaface-synthetic-small': {
    ...retinafaceMnet025,
    name: 'retinaface-synthetic-small',
    inputSize: 192,
    batchSize: 16,
    landmarkWeight: 2,
    epochs: 'auto',
    autoImages: 15_000,
    autoMinEpochs: 1,
    autoMaxEpochs: 60,
    optimizer: 'adamw',
    lr: 4e-3,
    weightDecay: 5e-4,
    decayNorms: false,
    clipNorm: 10,
    schedule: 'cosine',
    warmup: 0.05,
    cropScales: [0.6, 0.8, 1],
    distort: false,
    minFace: 4,
    checkpointSteps: 100,
  },
} satisfies Record<string, DetectionRecipe>;

export type DetectionRecipeName = keyof typeof detectionRecipes;
export const defaultDetectionRecipe: DetectionRecipeName = 'retinaface-mnet025';
