import { defineCommand } from '../cli/command.ts';
import { numberOption, setOption } from '../cli/options.ts';
import { loadTrain } from '../cli/train-module.ts';

interface Options {
  data: string;
  out: string;
  recipe?: string;
  epoch: number;
  columns: number;
  rows: number;
  tile: number;
  set?: Record<string, string>;
}

const whole = (flags: string, help: string, min: number, max: number) =>
  numberOption(flags, help, { min, max });

export const dataPreviewCommand = defineCommand<Options>({
  path: ['data', 'preview'],
  summary: 'draws augmented samples of detection data as training sees them',
  description:
    'A contact sheet (JPEG) with boxes and landmarks, green where a face has landmarks, orange where it teaches box and ' +
    'class only. Which photos, and how they are augmented, follows from the recipe’s seed and the epoch.',
  examples: [
    ['semblance data preview --data widerface/train --out preview.jpg', '24 samples of the default recipe'],
    [
      'semblance data preview --data scenes/ --out preview.jpg --recipe retinaface-r50 --set distort=false --epoch 3',
      'another recipe with its colours as they are, as epoch 3 has them',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--data <dir>', 'labels beside images/, or the label file')
      .requiredOption('--out <file>', 'the JPEG file to be written')
      .option('--recipe <name>', 'how to train (retinaface-mnet025)')
      .addOption(whole('--epoch <number>', 'the epoch, from 0', 0, 1e6).default(0))
      .addOption(whole('--columns <number>', 'samples across', 1, 20).default(6))
      .addOption(whole('--rows <number>', 'samples down', 1, 20).default(4))
      .addOption(whole('--tile <pixels>', 'side of a sample on the sheet', 32, 1024).default(256))
      .addOption(setOption('a key of the recipe, repeatable: --set distort=false'));
  },
  async run({ set, ...options }, io) {
    const { writeDetectionPreview } = await loadTrain();
    await writeDetectionPreview({ ...options, overrides: set ?? {} });
    io.out(options.out);
    return 0;
  },
});
