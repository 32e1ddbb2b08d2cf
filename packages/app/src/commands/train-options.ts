import type { Command } from 'commander';
import type { Io } from '../cli/io.ts';
import { setOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import type { TrainingProgress } from '../cli/train-module.ts';

/** Options of both trainings. */
export interface TrainOptions {
  data: string;
  out: string;
  recipe?: string;
  init?: string;
  resume?: boolean;
  set: Record<string, string>;
}

export function addTrainOptions(command: Command, dataHelp: string, recipeHelp: string): void {
  command
    .requiredOption('--data <dir>', dataHelp)
    .requiredOption('--out <dir>', 'the model folder: model, manifest, metrics, checkpoints')
    .option('--recipe <name>', recipeHelp)
    .option('--init <model>', 'starts from the weights of a model folder')
    .option('--resume', 'goes on from the last checkpoint in --out')
    .addOption(setOption('a key of the recipe, repeatable: --set epochs=10 --set batchSize=32'));
}

/** Shows a training run: a bar, or lines. */
export function trainingProgress(io: Io): { onProgress(progress: TrainingProgress): void; end(): void } {
  const progress = createProgress(io, 'training');
  return {
    onProgress({ step, totalSteps, loss, learningRate, epoch }) {
      const where = epoch === undefined ? '' : `epoch ${epoch + 1}, `;
      progress.update(
        step,
        totalSteps,
        `${where}loss ${loss.toFixed(4)}, lr ${learningRate.toExponential(1)}`,
      );
    },
    end: () => progress.end(),
  };
}
