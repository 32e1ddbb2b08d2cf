import { manualSeed } from '@semblance/torch';
import { RetinaFaceInference } from './detector/index.ts';
import { startFrom } from './init/start-from.ts';
import { thisRank } from './launch-ranks.ts';
import { nameOf } from './options/parts.ts';
import { type DetectionRecipe, detectionRecipe, recordOf } from './recipes/index.ts';
import type { TrainOptions, TrainResult } from './train-recognition.ts';
import { detectionTask, readDetectionData } from './trainer/detection-task.ts';
import { setUpEngine, trainingDevice } from './trainer/engine.ts';
import { writeDetector, writtenByFirst } from './trainer/model-folder.ts';
import { assertShareable, type Ranks, withRanks } from './trainer/ranks.ts';
import { runTraining } from './trainer/run.ts';

export interface TrainDetectionOptions extends TrainOptions {
  /** A name of the table of recipes, or a recipe of your own, whose detector, dialect and losses may be yours too. */
  recipe?: string | DetectionRecipe;
}

/**
 * Trains a detector on labelled images (`label.txt` beside `images/`, or WIDER's layout) and writes the model
 * folder `out`.
 *
 * @throws RECIPE_*, those of readDetectionData and runTraining
 * @example
 * ```ts
 * import { trainDetection } from '@semblance/train';
 *
 * const { steps, manifest } = await trainDetection({
 *   data: 'scenes',
 *   out: 'models/my-detector',
 *   recipe: 'retinaface-synthetic-small',
 *   overrides: { epochs: 1, batchSize: 4 },
 * });
 * console.log(steps, manifest.task); // 1 detection
 * ```
 */
export async function trainDetection(options: TrainDetectionOptions): Promise<TrainResult> {
  const recipe = detectionRecipe(options.recipe, options.overrides);
  assertShareable(recipe.batchSize, thisRank().worldSize);
  setUpEngine(recipe);
  return withRanks((ranks) => train(options, recipe, ranks));
}

async function train(
  options: TrainDetectionOptions,
  recipe: DetectionRecipe,
  ranks: Ranks,
): Promise<TrainResult> {
  const { data: dir, out, init } = options;
  const images = await readDetectionData(dir);
  manualSeed(recipe.seed);
  const task = detectionTask(recipe, images);
  try {
    if (init && !options.resume) {
      const { network, dialect } = task.detector;
      const side = 4 * dialect.strides.at(-1)!;
      await startFrom(init, {
        task: 'detection',
        ...{ network, inference: new RetinaFaceInference(network), freezeNorms: recipe.freezeNorms },
        shape: [1, 3, side, side],
        pixels: { channels: 'BGR', mean: [...dialect.meanBgr], std: [1, 1, 1] },
        device: trainingDevice(recipe),
        say: (text) => ranks.isFirst && options.onProgress?.({ kind: 'message', text }),
      });
    }
    const result = await runTraining(
      task,
      recordOf(recipe),
      { ...options, isInitialized: init !== undefined },
      ranks,
    );
    const manifest = await writtenByFirst(ranks, out, () =>
      writeDetector(out, task.detector, nameOf(recipe.detector), {
        recipe: recordOf(recipe),
        data: { fingerprint: task.dataFingerprint, numImages: task.numImages },
        metrics: { loss: result.loss, ...result.metrics, ...result.evaluation, steps: result.steps },
      }),
    );
    return { ...result, out, manifest };
  } finally {
    for (const module of Object.values(task.modules)) module.dispose();
  }
}
