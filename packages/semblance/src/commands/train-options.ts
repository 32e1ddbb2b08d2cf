import { lockPlace } from '@semblance/core/files';
import type * as Train from '@semblance/train';
import type { Command } from 'commander';
import type { ExitCode } from '../cli/command.ts';
import type { Io } from '../cli/io.ts';
import { numberOption, setOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { onRanks } from '../cli/ranks.ts';
import { stopSignal } from '../cli/stop-signal.ts';
import { loadTrain } from '../cli/train-module.ts';

/** Options of both trainings. */
export interface TrainOptions {
  data: string;
  out: string;
  recipe?: string;
  init?: string;
  resume?: boolean;
  nproc: number;
  set?: Record<string, string>;
}

export function addTrainOptions(command: Command, dataHelp: string, recipeHelp: string): void {
  command
    .requiredOption('--data <dir>', dataHelp)
    .requiredOption(
      '--out <dir>',
      'where the model goes: a folder with the model, its manifest, metrics and checkpoints',
    )
    .option('--recipe <name>', recipeHelp)
    .option(
      '--init <model>',
      'starts from the weights of this model: its name, a folder, or a .safetensors or .onnx file',
    )
    .option('--resume', 'resumes from the last checkpoint in --out')
    .addOption(
      numberOption('--nproc <n>', 'processes that share each batch, and the cores', { min: 1 }).default(1),
    )
    .addOption(
      setOption(
        'changes a value of the recipe, repeatable: --set epochs=10 --set batchSize=32; docs/recipe-fields.md lists all',
      ),
    );
}

/** Trains with a command's options, on as many ranks as they ask for, and prints the model folder. */
export async function runTraining<O extends TrainOptions>(
  { set, nproc, ...options }: O,
  io: Io,
  train: (
    engine: typeof Train,
    training: Omit<O, 'set' | 'nproc'> & {
      overrides: Record<string, string>;
      onProgress: Train.OnProgress;
      signal: AbortSignal;
    },
  ) => Promise<unknown>,
): Promise<ExitCode> {
  const engine = await loadTrain();
  const { onProgress, say, end } = trainingProgress(io);
  const isFirst = (io.env.RANK ?? '0') === '0';
  return onRanks(
    engine,
    nproc,
    async () => {
      // of several ranks the first writes
      using _lock = isFirst ? await lockPlace(options.out, 'train') : null;
      using stop = stopSignal(() => {
        if (isFirst) say('stopping after this step, with a checkpoint');
      });
      const { signal } = stop;
      // within this function: until it returns the lock is held, and signals are heard
      return await train(engine, { ...options, overrides: set ?? {}, onProgress, signal }).finally(end);
    },
    () => io.out(options.out),
  );
}

/** Shows a training run: a bar, or lines, and what it has to say in between. */
function trainingProgress(io: Io): {
  onProgress(event: Train.TrainingEvent): void;
  say(line: string): void;
  end(): void;
} {
  const progress = createProgress(io, 'training');
  const onProgress = (event: Train.TrainingEvent): void => {
    if (event.kind === 'start') {
      const from = event.startStep > 0 ? `, from step ${event.startStep}` : '';
      const millions = (event.numParameters / 1e6).toFixed(2);
      progress.say(
        `${event.numImages} images, ${event.totalSteps} ${event.totalSteps === 1 ? 'step' : 'steps'} (${event.epochs.toFixed(1)} epochs)${from}, ${millions} M parameters`,
      );
    } else if (event.kind === 'step') {
      const metrics = Object.entries(event.metrics).map(([name, value]) => `, ${name} ${value.toFixed(3)}`);
      const note = `epoch ${event.epoch}, loss ${event.loss.toFixed(4)}${metrics.join('')}, ${event.imagesPerSecond.toFixed(1)} img/s`;
      progress.update(event.step, event.totalSteps, note);
    } else if (event.kind === 'evaluation') {
      const metrics = Object.entries(event.metrics).map(([name, value]) => `${name} ${value.toFixed(4)}`);
      progress.say(`step ${event.step}: ${metrics.join(', ')}`);
    } else if (event.kind === 'message') progress.say(event.text);
  };
  return { onProgress, say: (line) => progress.say(line), end: () => progress.end() };
}
