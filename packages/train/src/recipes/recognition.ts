import { backboneNames } from '../backbones/index.ts';
import { type RecognitionAugmentationName, recognitionAugmentations } from '../data/recognition-augment.ts';
import { lossNames } from '../losses/index.ts';
import { type FieldsOf, integer, number, oneOf, options } from '../options/fields.ts';
import { ladderRecipes } from './ladder.ts';
import { type TrainingRecipe, trainingBase, trainingFields } from './training.ts';

/** How a recognizer is trained. */
export interface RecognitionRecipe extends TrainingRecipe {
  task: 'recognition';
  /** A name of the table of backbones. */
  backbone: string;
  /** Options of the backbone besides input and embedding size. */
  backboneOptions: Readonly<Record<string, unknown>>;
  /** A name of the table of losses. */
  loss: string;
  /** Options of the loss, such as `scale` and `margin`. */
  lossOptions: Readonly<Record<string, unknown>>;
  /** Side of the aligned crops in pixels. */
  inputSize: number;
  embeddingSize: number;
  /** Part of the training over which the margin rises from 0 to its full size. */
  marginWarmup: number;
  augmentation: RecognitionAugmentationName;
  /**
   * Photos of a person that come together, for losses that compare the photos of a batch; 0 mixes all with all (and
   * `shuffleShard` counts).
   */
  photosPerPerson: number;
  /** Photos of each person that are held out for evaluation; people keep at least as many for training. */
  valPerPerson: number;
}

export const recognitionFields: FieldsOf<RecognitionRecipe> = {
  ...trainingFields,
  task: oneOf(['recognition']),
  backbone: oneOf(backboneNames),
  backboneOptions: options,
  loss: oneOf(lossNames),
  lossOptions: options,
  inputSize: integer({ min: 16, max: 1024 }),
  embeddingSize: integer({ min: 2, max: 8192 }),
  marginWarmup: number({ min: 0, max: 1 }),
  augmentation: oneOf(Object.keys(recognitionAugmentations) as RecognitionAugmentationName[]),
  photosPerPerson: integer({ min: 0, max: 1024 }),
  valPerPerson: integer({ min: 0 }),
};

/**
 * ArcFace as arcface_torch trains it on millions of photos: SGD 0.02 for a batch of 128, a straight line to 0
 * over 20 epochs, gradient norm 5, mirroring only.
 */
const arcfaceBase: RecognitionRecipe = {
  ...trainingBase,
  task: 'recognition',
  backbone: 'r50',
  backboneOptions: {},
  loss: 'arcface',
  lossOptions: { scale: 64, margin: 0.5, gradient: 'true' },
  inputSize: 112,
  embeddingSize: 512,
  marginWarmup: 0,
  augmentation: 'flip',
  photosPerPerson: 0,
  valPerPerson: 0,
  batchSize: 128,
  epochs: 20,
  lr: 0.02,
  clipNorm: 5,
  checkpointSteps: 500,
};

/**
 * A MobileFaceNet that a CPU can train on some thousand photos within the hour, and the same on more: what
 * `train recognition` does unless told otherwise.
 */
const mobile: RecognitionRecipe = {
  ...arcfaceBase,
  name: 'arcface-mbf',
  backbone: 'mbf-paper',
  embeddingSize: 128,
  batchSize: 64,
  epochs: 'auto',
  autoImages: 100_000,
  autoMinEpochs: 6,
  autoMaxEpochs: 40,
  lr: 0.1,
  decayNorms: false,
  lossOptions: { scale: 32, margin: 0.4, gradient: 'true' },
  schedule: 'cosine',
  warmup: 0.05,
  marginWarmup: 0.3,
  augmentation: 'light',
  checkpointSteps: 100,
};

/** Recognition recipes by name: a variant spreads its base. */
export const recognitionRecipes = {
  'arcface-mbf': mobile,
  'arcface-r18': { ...arcfaceBase, name: 'arcface-r18', backbone: 'r18' },
  'arcface-r34': { ...arcfaceBase, name: 'arcface-r34', backbone: 'r34' },
  'arcface-r50': { ...arcfaceBase, name: 'arcface-r50', backbone: 'r50' },
  'arcface-r100': { ...arcfaceBase, name: 'arcface-r100', backbone: 'r100' },
  /** insightface's double-width MobileFaceNet, for a GPU or patience. */
  'arcface-mbf-wide': { ...arcfaceBase, name: 'arcface-mbf-wide', backbone: 'mbf', weightDecay: 1e-4 },
  /** Some minutes on two cores over synthetic crops: what `semblance demo` runs. */
  'arcface-synthetic-small': {
    ...arcfaceBase,
    name: 'arcface-synthetic-small',
    backbone: 'r10',
    backboneOptions: { width: 0.375 },
    inputSize: 48,
    embeddingSize: 128,
    batchSize: 64,
    epochs: 'auto',
    autoImages: 66_000,
    autoMinEpochs: 1,
    autoMaxEpochs: 30,
    optimizer: 'adamw',
    lr: 4e-3,
    decayNorms: false,
    lossOptions: { scale: 24, margin: 0.2, gradient: 'true' },
    schedule: 'cosine',
    warmup: 0.05,
    marginWarmup: 0.3,
    augmentation: 'light',
    checkpointSteps: 100,
  },
  ...ladderRecipes(mobile),
} satisfies Record<string, RecognitionRecipe>;

export type RecognitionRecipeName = keyof typeof recognitionRecipes;
export const defaultRecognitionRecipe: RecognitionRecipeName = 'arcface-mbf';
