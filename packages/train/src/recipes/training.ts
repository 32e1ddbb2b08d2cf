import { z } from 'zod';
import { autoOr, part } from '../options/fields.ts';

/** What every training run is told, whatever it trains: each field with its range, unit and meaning. */
export const trainingFields = {
  name: z.string().min(1).describe('What the recipe is called in manifests and lists.'),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .describe('Every random draw of the run follows from it.'),
  batchSize: z.int().min(1).max(65536).meta({ unit: 'images', description: 'Images in a step.' }),
  shuffleShard: z.int().min(0).meta({
    unit: 'samples',
    description:
      'Samples that are read together, for sets larger than the memory on a disk that seeks or a network share; 0 mixes all with all.',
  }),
  epochs: autoOr(z.number().min(0.001)).describe(
    'Passes over the data; `auto` shows about `autoImages` images, within `autoMinEpochs` … `autoMaxEpochs`.',
  ),
  autoImages: z.int().min(1).meta({ unit: 'images', description: 'Images that `epochs: auto` aims at.' }),
  autoMinEpochs: z.number().min(0).describe('Fewest passes of `epochs: auto`.'),
  autoMaxEpochs: z.number().min(0.001).describe('Most passes of `epochs: auto`.'),

  optimizer: z.enum(['sgd', 'adamw']).describe('How a gradient becomes a step.'),
  lr: z.number().min(0).describe('Learning rate at the top of the schedule.'),
  momentum: part().describe('Momentum of SGD.'),
  weightDecay: z.number().min(0).describe('How much of each weight a step takes off, as a part of the rate.'),
  decayNorms: z
    .boolean()
    .describe(
      'Whether normalisation layers, PReLU slopes and biases decay too, as in the published recipes.',
    ),
  clipNorm: z.number().min(0).describe('Largest gradient norm of the model; 0 for no limit.'),
  schedule: z
    .enum(['constant', 'cosine', 'polynomial', 'multistep'])
    .describe('Shape of the learning rate after the warm-up.'),
  warmup: part().describe('Part of the steps in which the learning rate rises from `warmupFactor` to 1.'),
  warmupFactor: part().describe('Learning rate at step 0 as a part of `lr`.'),
  milestones: z
    .array(part())
    .readonly()
    .describe('Parts of the training at which `multistep` divides the learning rate by 10.'),
  power: z.number().min(0).describe('Exponent of `polynomial`; 1 is a straight line to 0.'),
  backboneLr: part().describe('Learning rate of the backbone as a part of that of the rest.'),
  freeze: z
    .array(z.string().min(1))
    .readonly()
    .describe(
      'Parts of the network that keep their weights: beginnings of parameter names, such as `body.stage1`.',
    ),
  freezeNorms: z
    .boolean()
    .describe('Batch norms keep the statistics they have, for fine-tuning and for small batches.'),
  ema: z
    .number()
    .min(0)
    .max(0.999999)
    .describe(
      'Decay of the average of the weights that is evaluated and deployed in their place; 0 for none.',
    ),

  checkpointSteps: z.int().min(1).meta({ unit: 'steps', description: 'Steps between checkpoints.' }),
  keepCheckpoints: z.int().min(1).describe('Newest checkpoints that are kept, besides the best.'),
  evalEpochs: z
    .number()
    .min(0)
    .meta({ unit: 'epochs', description: 'Between evaluations on held-out data; 0 for one at the end.' }),
  patience: z
    .int()
    .min(0)
    .describe('The run ends after so many evaluations without a better one; 0 for never.'),
  deploy: z
    .enum(['last', 'best'])
    .describe('Whose weights become the model: those of the last step, or of the best evaluation.'),
  recoveries: z
    .int()
    .min(0)
    .describe('Times that a loss or weight that is not finite sends the run back to its last checkpoint.'),
  recoveryFactor: z.number().min(0.01).max(1).describe('What the learning rate is multiplied by each time.'),

  device: z
    .enum(['auto', 'cpu', 'cuda'])
    .describe('Where the networks are; `auto` is a GPU where the engine has one.'),
  precision: z
    .enum(['float32', 'bfloat16', 'float16'])
    .describe(
      'What matrix products and convolutions compute in; weights, losses and sums stay in float32. `float16` is for GPUs, and scales the loss.',
    ),
  threads: autoOr(z.int().min(1)).describe(
    'CPU threads of the training engine; `auto` leaves the choice to it.',
  ),
  workers: autoOr(z.int().min(0).max(256)).describe(
    'Threads that decode and augment ahead of the loop; 0 does it within the loop.',
  ),
  cacheBytes: autoOr(z.int().min(0)).meta({
    unit: 'bytes',
    description: 'Memory for decoded images; `auto` takes up to a quarter of what there is.',
  }),
};

const schema = z.strictObject(trainingFields);

/** What every training run is told, whatever it trains. */
export type TrainingRecipe = z.output<typeof schema>;

/** SGD with momentum and a straight line to zero: what most published face models were trained with. */
export const trainingBase: TrainingRecipe = {
  name: 'base',
  seed: 1,
  batchSize: 64,
  shuffleShard: 0,
  epochs: 'auto',
  autoImages: 120_000,
  autoMinEpochs: 4,
  autoMaxEpochs: 40,
  optimizer: 'sgd',
  lr: 0.1,
  momentum: 0.9,
  weightDecay: 5e-4,
  decayNorms: true,
  clipNorm: 0,
  schedule: 'polynomial',
  warmup: 0,
  warmupFactor: 0.1,
  milestones: [],
  power: 1,
  backboneLr: 1,
  freeze: [],
  freezeNorms: false,
  ema: 0,
  checkpointSteps: 200,
  keepCheckpoints: 2,
  evalEpochs: 0,
  patience: 0,
  deploy: 'last',
  recoveries: 2,
  recoveryFactor: 0.5,
  device: 'auto',
  precision: 'float32',
  threads: 'auto',
  workers: 'auto',
  cacheBytes: 'auto',
};
