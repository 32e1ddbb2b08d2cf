import { autoOr, boolean, type FieldsOf, integer, listOf, number, oneOf, text } from '../options/fields.ts';

/** What every training run is told, whatever it trains. */
export interface TrainingRecipe {
  name: string;
  /** Every random draw of the run follows from it. */
  seed: number;
  /** Images in a step. */
  batchSize: number;
  /**
   * Samples that lie together and are read together, for sets that are larger than the memory on a disk that seeks or
   * a network share; 0 mixes all with all.
   */
  shuffleShard: number;
  /** Passes over the data; `auto` shows about `autoImages` images, within `autoMinEpochs` … `autoMaxEpochs`. */
  epochs: number | 'auto';
  autoImages: number;
  autoMinEpochs: number;
  autoMaxEpochs: number;

  optimizer: 'sgd' | 'adamw';
  /** Learning rate at the top of the schedule. */
  lr: number;
  /** Momentum of SGD. */
  momentum: number;
  weightDecay: number;
  /** Whether normalisation layers, PReLU slopes and biases decay too, as in the published recipes. */
  decayNorms: boolean;
  /** Largest gradient norm of the model, 0 for no limit. */
  clipNorm: number;
  /** Shape of the learning rate after warm-up. */
  schedule: 'constant' | 'cosine' | 'polynomial' | 'multistep';
  /** Part of the steps in which the learning rate rises from `warmupFactor` to 1. */
  warmup: number;
  /** Learning rate at step 0 as a part of `lr`. */
  warmupFactor: number;
  /** Parts of the training at which `multistep` divides the learning rate by 10. */
  milestones: readonly number[];
  /** Exponent of `polynomial`: 1 is a straight line to 0. */
  power: number;
  /** Learning rate of the backbone as a part of that of the rest. */
  backboneLr: number;
  /** Parts of the network that keep their weights: beginnings of parameter names, such as `body.stage1`. */
  freeze: readonly string[];
  /** Batch norms go on with the statistics they have, for fine-tuning and for small batches. */
  freezeNorms: boolean;
  /** Decay of the moving average of the weights that is evaluated and deployed in their place; 0 for none. */
  ema: number;

  /** Steps between checkpoints. */
  checkpointSteps: number;
  /** Newest checkpoints that are kept, besides the best. */
  keepCheckpoints: number;
  /** Epochs between evaluations on held-out data; 0 for one at the end. */
  evalEpochs: number;
  /** The run ends after so many evaluations without a better one; 0 for never. */
  patience: number;
  /** Whose weights become the model: those of the last step, or of the best evaluation. */
  deploy: 'last' | 'best';
  /** Times that a loss or weight that is not finite sends the run back to its last checkpoint before it gives up. */
  recoveries: number;
  /** What the learning rate is multiplied by each time. */
  recoveryFactor: number;

  /** Where networks are: `auto` is a GPU where the engine has one. */
  device: 'auto' | 'cpu' | 'cuda';
  /**
   * What matrix products and convolutions compute in; weights, losses and sums stay in float32. `float16` is for GPUs,
   * and scales the loss so that small gradients do not vanish.
   */
  precision: 'float32' | 'bfloat16' | 'float16';
  /** CPU threads of the training engine; `auto` leaves the choice to it. */
  threads: number | 'auto';
  /** Threads that decode and augment ahead of the loop; 0 does it within the loop. */
  workers: number | 'auto';
  /** Bytes for keeping decoded images; `auto` takes up to a quarter of the memory. */
  cacheBytes: number | 'auto';
}

export const trainingFields: FieldsOf<TrainingRecipe> = {
  name: text,
  seed: integer({ min: 0, max: 2 ** 32 - 1 }),
  batchSize: integer({ min: 1, max: 65536 }),
  shuffleShard: integer({ min: 0 }),
  epochs: autoOr(number({ min: 0.001 })),
  autoImages: integer({ min: 1 }),
  autoMinEpochs: number({ min: 0 }),
  autoMaxEpochs: number({ min: 0.001 }),
  optimizer: oneOf(['sgd', 'adamw']),
  lr: number({ min: 0 }),
  momentum: number({ min: 0, max: 1 }),
  weightDecay: number({ min: 0 }),
  decayNorms: boolean,
  clipNorm: number({ min: 0 }),
  schedule: oneOf(['constant', 'cosine', 'polynomial', 'multistep']),
  warmup: number({ min: 0, max: 1 }),
  warmupFactor: number({ min: 0, max: 1 }),
  milestones: listOf(number({ min: 0, max: 1 })),
  power: number({ min: 0 }),
  backboneLr: number({ min: 0, max: 1 }),
  freeze: listOf(text),
  freezeNorms: boolean,
  ema: number({ min: 0, max: 0.999999 }),
  checkpointSteps: integer({ min: 1 }),
  keepCheckpoints: integer({ min: 1 }),
  evalEpochs: number({ min: 0 }),
  patience: integer({ min: 0 }),
  deploy: oneOf(['last', 'best']),
  recoveries: integer({ min: 0 }),
  recoveryFactor: number({ min: 0.01, max: 1 }),
  device: oneOf(['auto', 'cpu', 'cuda']),
  precision: oneOf(['float32', 'bfloat16', 'float16']),
  threads: autoOr(integer({ min: 1 })),
  workers: autoOr(integer({ min: 0, max: 256 })),
  cacheBytes: autoOr(integer({ min: 0 })),
};

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
