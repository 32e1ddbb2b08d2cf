import { z } from 'zod';
import { retinafaceCropScales } from '../data/detection-augment.ts';
import { type BoxLossSpec, boxLosses } from '../detector/box-losses/index.ts';
import { type ClassLossSpec, classLosses } from '../detector/class-losses/index.ts';
import { type RetinaFaceDialect, retinafaceDialects } from '../detector/dialects.ts';
import { type DetectorSpec, detectors } from '../detector/index.ts';
import { part } from '../options/fields.ts';
import { partField } from '../options/parts.ts';
import { trainingBase, trainingFields } from './training.ts';

/** Sides the network sees in training: its coarsest maps divide them. */
const side = () => z.int().min(32).max(4096).multipleOf(32);
const px = (description: string) => ({ unit: 'px', description });

/** How a detector is trained: each field with its range, unit and meaning. */
export const detectionFields = {
  ...trainingFields,
  task: z.literal('detection'),
  detector: partField<keyof typeof detectors, DetectorSpec>(detectors).describe('The network.'),
  dialect: partField<keyof typeof retinafaceDialects, RetinaFaceDialect>(retinafaceDialects).describe(
    'Anchors and activations.',
  ),
  inputSize: side().meta(px('Side of the square the network sees in training.')),
  multiScale: z
    .array(side())
    .readonly()
    .meta(px('Sides of which each step draws one in place of `inputSize`; empty for that alone.')),
  cropScales: z
    .array(z.number().min(0.01).max(1))
    .readonly()
    .describe('Sides of random square crops as parts of the short side; empty for none.'),
  stretch: z
    .number()
    .min(1)
    .max(4)
    .describe(
      'Crops are up to so many times as wide as high, or as high as wide, before they become squares; 1 for squares alone.',
    ),
  distort: z.boolean().describe('Colours are distorted.'),
  mirror: z.boolean().describe('Images are mirrored half of the time.'),
  minFace: z.number().min(0).meta(px('Faces smaller than this in the square are left out.')),
  boxWeight: z.number().min(0).describe('Weight of the boxes in the loss.'),
  classWeight: z.number().min(0).describe('Weight of face or background in the loss.'),
  landmarkWeight: z.number().min(0).describe('Weight of the landmarks in the loss.'),
  negativesPerPositive: z
    .number()
    .min(0)
    .describe('Hard negatives for each positive, for the class loss `hard-negatives`.'),
  boxLoss: partField<keyof typeof boxLosses, BoxLossSpec>(boxLosses).describe('The loss of boxes.'),
  classLoss: partField<keyof typeof classLosses, ClassLossSpec>(classLosses).describe(
    'The loss of face or background.',
  ),
  positiveIou: part().describe('Anchors are faces from this IoU on.'),
  negativeIou: part().describe(
    'Anchors are background below this IoU; between it and `positiveIou` they are left out.',
  ),
  forcedIou: part().describe('A face takes its best anchor from this IoU on.'),
  valPart: z.number().min(0).max(0.9).describe('Part of the images that is held out for evaluation.'),
  valSide: z
    .int()
    .min(32)
    .meta(px('Longer side at which held-out images are searched; smaller ones stay as they are.')),
  valMinFace: z
    .number()
    .min(0)
    .meta(px("Faces smaller than this in the network's input are not asked for in evaluation.")),
};

export const detectionSchema = z.strictObject(detectionFields);

/** How a detector is trained. */
export type DetectionRecipe = z.output<typeof detectionSchema>;

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

/**
 * Detection recipes by name: a variant spreads its base.
 *
 * @example
 * ```ts
 * import { detectionRecipes } from '@semblance/train';
 *
 * console.log(Object.keys(detectionRecipes).includes('retinaface-mnet025')); // true
 * ```
 */
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
