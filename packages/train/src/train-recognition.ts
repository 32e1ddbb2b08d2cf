import { basename, join, resolve } from 'node:path';
import { loadDetector, type Manifest } from '@semblance/face/models';
import { alignPeople } from '@semblance/lab/curate';
import { countImages, readPersonSource } from '@semblance/lab/datasets';
import { manualSeed } from '@semblance/torch';
import { assertCrops, readPersonData } from './data/person-data.ts';
import { startFrom } from './init/start-from.ts';
import { thisRank } from './launch-ranks.ts';
import type { LossSpec } from './losses/index.ts';
import { nameOf } from './options/parts.ts';
import {
  type RecipeOverrides,
  type RecognitionRecipe,
  recognitionRecipe,
  recordOf,
} from './recipes/index.ts';
import { calibrate, calibrateAdvice } from './trainer/calibrate.ts';
import { setUpEngine, trainingDevice } from './trainer/engine.ts';
import { writeRecognizer, writtenByFirst } from './trainer/model-folder.ts';
import { assertShareable, type Ranks, withRanks } from './trainer/ranks.ts';
import { recognitionPixels, recognitionTask } from './trainer/recognition-task.ts';
import { type RunOptions, type RunResult, runTraining } from './trainer/run.ts';

export interface TrainOptions extends RunOptions {
  /** Folder of the training data. */
  data: string;
  /** Values that replace those of the recipe. */
  overrides?: RecipeOverrides;
  /** Model folder, safetensors or ONNX file, or name of a pulled model whose weights the network starts from. */
  init?: string;
}

export interface TrainRecognitionOptions extends TrainOptions {
  /** A name of the table of recipes, or a recipe of your own, whose backbone and loss may be yours too. */
  recipe?: string | RecognitionRecipe;
  /** A name of the table of losses or a loss of your own, in place of the recipe's. */
  loss?: string | LossSpec;
  /** Detector (model folder or .onnx) by which photos are aligned first, into `out/crops`; without it they are crops. */
  detector?: string;
}

export interface TrainResult extends RunResult {
  /** The model folder. */
  out: string;
  manifest: Manifest;
}

/**
 * Trains a recognizer on a folder per person or a RecordIO set (aligned crops, or photos if a detector is given) and writes the model folder `out`.
 *
 * @throws RECIPE_*, those of readPersonData and runTraining
 * @example
 * ```ts
 * import { trainRecognition } from '@semblance/train';
 *
 * const { steps, manifest } = await trainRecognition({
 *   data: 'faces',
 *   out: 'models/mine',
 *   recipe: 'arcface-synthetic-small',
 *   overrides: { epochs: 1, batchSize: 8 },
 * });
 * console.log(steps, manifest.task); // 2 recognition
 * ```
 */
export async function trainRecognition(options: TrainRecognitionOptions): Promise<TrainResult> {
  const recipe = resolveRecognitionRecipe(options);
  assertShareable(recipe.batchSize, thisRank().worldSize, leastShare(recipe));
  setUpEngine(recipe);
  return withRanks((ranks) => train(options, recipe, ranks));
}

async function train(
  options: TrainRecognitionOptions,
  recipe: RecognitionRecipe,
  ranks: Ranks,
): Promise<TrainResult> {
  const { out, init, onProgress = () => {} } = options;
  const say = (text: string): void => {
    if (ranks.isFirst) onProgress({ kind: 'message', text });
  };
  const cropsDir = options.detector ? join(out, 'crops') : options.data;
  if (options.detector && ranks.isFirst) await align(options, cropsDir, recipe.inputSize);
  ranks.barrier();
  const data = await readPersonData(cropsDir, recipe);
  const numStrangers = countImages(data.strangers);
  if (numStrangers > 0)
    say(
      `${numStrangers} of ${data.people.length + numStrangers} people are held out whole, to measure how alike strangers are (calibrationPeople)`,
    );
  await assertCrops(data.train.images);
  manualSeed(recipe.seed);
  const task = recognitionTask(recipe, data);
  try {
    if (init && !options.resume) {
      const { inputSize, freezeNorms } = recipe;
      const { mean, std } = recognitionPixels;
      await startFrom(init, {
        task: 'recognition',
        ...{ network: task.backbone, inference: task.backbone, freezeNorms, say },
        shape: [2, 3, inputSize, inputSize],
        pixels: { channels: 'RGB', mean, std: [std, std, std] },
        device: trainingDevice(recipe),
      });
    }
    const result = await runTraining(
      task,
      recordOf(recipe),
      { ...options, isInitialized: init !== undefined },
      ranks,
    );
    const { inputSize, embeddingSize } = recipe;
    const provenance = {
      recipe: recordOf(recipe),
      data: {
        fingerprint: data.fingerprint,
        numImages: data.train.labels.length,
        numPeople: data.people.length,
        ...(numStrangers > 0 && { calibrationPeople: numStrangers }),
        // which class is whom, told without naming anybody
        peopleHash: data.peopleHash,
      },
      metrics: { loss: result.loss, ...result.metrics, ...result.evaluation, steps: result.steps },
    };
    const manifest = await writtenByFirst(ranks, out, async () => {
      const size = { inputSize, embeddingSize };
      const written = await writeRecognizer(out, task.backbone, nameOf(recipe.backbone), size, provenance);
      if (numStrangers > 0)
        return calibrate(
          out,
          written,
          data.strangers,
          `people held out of ${basename(resolve(options.data))}`,
          say,
        );
      say(`nobody was held out whole (calibrationPeople), so ${calibrateAdvice(out)}`);
      return written;
    });
    return { ...result, out, manifest };
  } finally {
    for (const module of Object.values(task.modules)) module.dispose();
  }
}

async function align(
  { data, detector, onProgress = () => {} }: TrainRecognitionOptions,
  crops: string,
  size: number,
): Promise<void> {
  await using opened = await loadDetector(detector!);
  const { numCrops } = await alignPeople({
    source: await readPersonSource(data),
    detector: opened,
    out: crops,
    size,
    onRefused: (path, reason) => onProgress({ kind: 'message', text: `${path} is left out: ${reason}` }),
  });
  onProgress({ kind: 'message', text: `${numCrops} faces aligned` });
}

/** Images of a step that a process needs: batch norms of one embedding would divide by zero. Parts of your own may have none. */
export const leastShare = ({ backbone, freezeNorms }: RecognitionRecipe): number =>
  typeof backbone === 'string' && !freezeNorms ? 2 : 1;

/**
 * The recipe that a recognizer is trained by. `loss` names another loss than the recipe's, whose options then are not
 * for it.
 *
 * @throws RECIPE_*
 */
export function resolveRecognitionRecipe({
  recipe,
  loss,
  overrides,
}: Pick<TrainRecognitionOptions, 'recipe' | 'loss' | 'overrides'>): RecognitionRecipe {
  return recognitionRecipe(recipe, loss === undefined ? overrides : { loss, ...overrides });
}
