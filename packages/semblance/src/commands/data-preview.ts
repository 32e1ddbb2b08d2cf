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
  summary: 'draws detection data as training will see it',
  description:
    'Writes a contact sheet (JPEG) of augmented samples: boxes and landmarks are green if the face has landmarks,' +
    ' orange if it teaches box and class only. The recipe’s seed and the epoch decide which photos are shown and ' +
    'how they are augmented.',
  examples: [
    ['semblance data preview --data widerface/train --out preview.jpg', '24 samples with the default recipe'],
    [
      'semblance data preview --data scenes/ --out preview.jpg --recipe retinaface-r50 --set distort=false --epoch 3',
      'another recipe without color changes, in epoch 3',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--data <dir>', 'a folder with labels and images/, or the label file')
      .requiredOption('--out <file>', 'the JPEG file to write')
      .option('--recipe <name>', 'a recipe (default: retinaface-mnet025)')
      .addOption(whole('--epoch <number>', 'which epoch, counted from 0', 0, 1e6).default(0))
      .addOption(whole('--columns <number>', 'columns of the sheet', 1, 20).default(6))
      .addOption(whole('--rows <number>', 'rows of the sheet', 1, 20).default(4))
      .addOption(whole('--tile <pixels>', 'width and height of a sample on the sheet', 32, 1024).default(256))
      .addOption(setOption('changes a value of the recipe, repeatable: --set distort=false'));
  },
  async run({ set, ...options }, io) {
    const { writeDetectionPreview } = await loadTrain();
    await writeDetectionPreview({ ...options, overrides: set ?? {} });
    io.out(options.out);
    return 0;
  },
});
