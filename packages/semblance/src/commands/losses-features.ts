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
  record?: string;
}

export const lossesFeaturesCommand = defineCommand<Options>({
  path: ['losses', 'features'],
  summary: 'trains each loss with embeddings of 2 and 3 numbers and draws them',
  description:
    'A small network learns eight drawn digits with each loss. The pictures (SVG and PNG, with the numbers as ' +
    'JSON) show where digits end up that it has not seen.',
  examples: [
    ['semblance losses features --out pictures', 'all losses; takes some minutes'],
    [
      'semblance losses features --out pictures --losses softmax,arcface --dimensions 2',
      'two losses in the plane',
    ],
    [
      'semblance losses features --out pictures --dimensions 2 --record plane.json',
      'how they got there, as the page’s loss laboratory shows it',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--out <dir>', 'where the pictures go')
      .addOption(
        new Option('--losses <names>', 'losses, separated by commas (default: all)').argParser(words),
      )
      .addOption(
        new Option('--dimensions <sizes>', 'sizes of the embedding (default: 2,3)').argParser((text) =>
          words(text).map(Number),
        ),
      )
      .addOption(numberOption('--steps <n>', 'training steps of each (default: 2400)', { min: 1, max: 1e6 }))
      .addOption(
        numberOption('--seed <n>', 'the seed of the training (default: 1)', { min: 0, max: 2 ** 32 - 1 }),
      )
      .option('--record <file>', 'a JSON file for what 25 steps of each training look like');
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
