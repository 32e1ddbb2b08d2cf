import { retinafaceCropScales } from '../data/detection-augment.ts';
import { type BoxLossName, boxLossNames } from '../detector/box-losses/index.ts';
import { type ClassLossName, classLossNames } from '../detector/class-losses/index.ts';
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
  /** Crops are up to so many times as wide as high, or as high as wide, before they become squares; 1 for squares alone. */
  stretch: number;
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
  /** A name of the table of box losses. */
  boxLoss: BoxLossName;
  /** A name of the table of class losses; `negativesPerPositive` is for `hard-negatives` alone. */
  classLoss: ClassLossName;
  /** Anchors are faces from this IoU on, background below `negativeIou`, and left out of the loss in between. */
  positiveIou: number;
  negativeIou: number;
  /** A face takes its best anchor from this IoU on. */
  forcedIou: number;
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
  stretch: number({ min: 1, max: 4 }),
  distort: boolean,
  mirror: boolean,
  minFace: number({ min: 0 }),
  boxWeight: number({ min: 0 }),
  classWeight: number({ min: 0 }),
  landmarkWeight: number({ min: 0 }),
  negativesPerPositive: number({ min: 0 }),
  boxLoss: oneOf(boxLossNames),
  classLoss: oneOf(classLossNames),
  positiveIou: number({ min: 0, max: 1 }),
  negativeIou: number({ min: 0, max: 1 }),
  forcedIou: number({ min: 0, max: 1 }),
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
  stretch: 1,
  distort: true,
  mirror: true,
  minFace: 1,
  boxWeight: 2,
  classWeight: 1,
  landmarkWeight: 1,
  negativesPerPositive: 7,
  boxLoss: 'smooth-l1',
  classLoss: 'hard-negatives',
  positiveIou: 0.35,
  negativeIou: 0.35,
  forcedIou: 0.2,
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
  /**
   * The paper's own: five levels from stride 4, stricter matching with anchors left out, 3 hard negatives for each
   * face, and a rate that rises to 1e-2 over five of 80 epochs.
   */
  'retinaface-r50-paper': {
    ...retinafaceMnet025,
    name: 'retinaface-r50-paper',
    detector: 'retinaface-r50-paper',
    dialect: 'paper',
    boxWeight: 0.25,
    landmarkWeight: 0.1,
    negativesPerPositive: 3,
    positiveIou: 0.5,
    negativeIou: 0.3,
    forcedIou: 0.3,
    epochs: 80,
    lr: 1e-2,
    warmup: 5 / 80,
    milestones: [55 / 80, 68 / 80],
  },
  /**
   * Goes on from published weights (`--init`) on some hundred photos of one's own: the body and the statistics of every
   * batch norm stay as they are, pyramid, contexts and heads move, and their average is deployed.
   */
  'retinaface-finetune': {
    ...retinafaceMnet025,
    name: 'retinaface-finetune',
    inputSize: 416,
    cropScales: [0.6, 0.8, 1],
    minFace: 6,
    boxLoss: 'ciou',
    // A loss on the overlap is smaller than one on its parts: landmarks of full weight would drown it.
    landmarkWeight: 0.2,
    batchSize: 10,
    epochs: 12,
    optimizer: 'adamw',
    lr: 5e-4,
    decayNorms: false,
    schedule: 'cosine',
    warmup: 0.05,
    freeze: ['body'],
    freezeNorms: true,
    ema: 0.98,
    evalEpochs: 3,
    checkpointSteps: 100,
  },
  /**
   * From nothing on rendered scenes, for photos of the world: crops of every size and shape out of scenes of nuisance 0.8,
   * with colours distorted. Half an hour on two cores.
   */
  'retinaface-synthetic': {
    ...retinafaceMnet025,
    name: 'retinaface-synthetic',
    inputSize: 320,
    stretch: 1.6,
    minFace: 8,
    batchSize: 32,
    epochs: 'auto',
    autoImages: 72_000,
    autoMinEpochs: 1,
    autoMaxEpochs: 60,
    optimizer: 'adamw',
    lr: 4e-3,
    decayNorms: false,
    clipNorm: 10,
    schedule: 'cosine',
    warmup: 0.05,
    ema: 0.998,
    checkpointSteps: 200,
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
