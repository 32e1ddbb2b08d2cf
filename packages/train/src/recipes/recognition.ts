import { z } from 'zod';
import { type BackboneSpec, backbones } from '../backbones/index.ts';
import { type RecognitionAugmentationName, recognitionAugmentations } from '../data/recognition-augment.ts';
import { type LossSpec, losses } from '../losses/index.ts';
import { autoOr, optionsOf, part } from '../options/fields.ts';
import { partField } from '../options/parts.ts';
import { trainingBase, trainingFields } from './training.ts';

const augmentationNames = Object.keys(recognitionAugmentations) as [
  RecognitionAugmentationName,
  ...RecognitionAugmentationName[],
];

/** How a recognizer is trained: each field with its range, unit and meaning. */
export const recognitionFields = {
  ...trainingFields,
  task: z.literal('recognition'),
  backbone: partField<keyof typeof backbones, BackboneSpec>(backbones).describe('The network.'),
  backboneOptions: optionsOf('backboneOptions').describe(
    'Options of the backbone besides `inputSize` and `embeddingSize`.',
  ),
  loss: partField<keyof typeof losses, LossSpec>(losses).describe('What embeddings are trained under.'),
  lossOptions: optionsOf('lossOptions').describe('Options of the loss, such as `scale` and `margin`.'),
  inputSize: z.int().min(16).max(1024).meta({
    unit: 'px',
    description: 'Side of the aligned crops; the backbone says of what it is a multiple.',
  }),
  embeddingSize: z.int().min(2).max(8192).describe('Length of the embedding.'),
  marginWarmup: part().describe('Part of the training over which the margin rises from 0 to its full size.'),
  augmentation: z.enum(augmentationNames).describe('How crops are varied.'),
  affineChance: part().describe(
    'Chance of a crop being turned, sheared, scaled and moved once more, as alignment errs.',
  ),
  colorChance: part().describe(
    'Chance of another brightness, contrast, saturation and hue, each half of the time.',
  ),
  resolutionChance: part().describe('Chance of losing resolution: down to a quarter of the side.'),
  jpegChance: part().describe('Chance of the losses of JPEG at a quality of 20 to 90.'),
  eraseChance: part().describe('Chance of a rectangle of 2 to 25 % of the crop becoming noise.'),
  photosPerPerson: z
    .int()
    .min(0)
    .max(1024)
    .describe(
      'Photos of a person that come together, for losses that compare the photos of a batch; 0 mixes all with all.',
    ),
  valPerPerson: z
    .int()
    .min(0)
    .describe(
      'Photos of each person that are held out for evaluation; people keep at least as many for training.',
    ),
  calibrationPeople: autoOr(
    z
      .int()
      .min(0)
      .refine((count) => count === 0 || count >= 20)
      .meta({ expected: '0 or a whole number of at least 20' }),
  ).meta({
    unit: 'people',
    description:
      'People that are held out whole, to measure how alike the model finds strangers; `auto` is a twentieth of 1,600 people and more, 1,000 at most, and nobody of fewer.',
  }),
};

export const recognitionSchema = z.strictObject(recognitionFields);

/** How a recognizer is trained. */
export type RecognitionRecipe = z.output<typeof recognitionSchema>;

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
  affineChance: 0,
  colorChance: 0,
  resolutionChance: 0,
  jpegChance: 0,
  eraseChance: 0,
  photosPerPerson: 0,
  valPerPerson: 0,
  calibrationPeople: 'auto',
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
export const mobile: RecognitionRecipe = {
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
export const trainedRecipes = {
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
} satisfies Record<string, RecognitionRecipe>;
