import { Option } from 'commander';
import { defineCommand } from '../cli/command.ts';
import { numberOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { loadTrain } from '../cli/train-module.ts';

interface Options {
  out: string;
  losses?: string[];
  dimensions?: number[];
  steps?: number;
  seed?: number;
}

export const lossesFeaturesCommand = defineCommand<Options>({
  path: ['losses', 'features'],
  summary: 'trains each loss with an embedding of 2 and 3 numbers and draws it',
  description:
    'A small network learns eight drawn digits under each loss; the pictures show where unseen ones lie: SVG, PNG and JSON.',
  examples: [
    ['semblance losses features --out pictures', 'all losses, some minutes'],
    ['semblance losses features --out pictures --losses softmax,arcface --dimensions 2', 'two of them'],
  ],
  configure(command) {
    command
      .requiredOption('--out <dir>', 'the folder of the pictures')
      .addOption(
        new Option('--losses <names>', 'names with commas between; all if not given').argParser(words),
      )
      .addOption(
        new Option('--dimensions <sizes>', 'sizes of the embedding; 2,3 if not given').argParser((text) =>
          words(text).map(Number),
        ),
      )
      .addOption(numberOption('--steps <n>', 'training steps of each (2400)', { min: 1, max: 1e6 }))
      .addOption(
        numberOption('--seed <n>', 'what the training follows from (1)', { min: 0, max: 2 ** 32 - 1 }),
      );
  },
  async run(options, io) {
    await loadTrain();
    const { plotFeatures } = await import('@semblance/train/experiments');
    const progress = createProgress(io, 'losses');
    const paths = await plotFeatures({ ...options, onProgress: progress.update }).finally(progress.end);
    for (const path of paths) io.out(path);
    return 0;
  },
});

const words = (text: string) => text.split(',').map((word) => word.trim());
