import { defineCommand } from '../cli/command.ts';
import { loadTrain } from '../cli/train-module.ts';

interface Options {
  out: string;
}

export const lossesPlotCommand = defineCommand<Options>({
  path: ['losses', 'plot'],
  summary: 'draws how each loss pulls a face towards its class',
  description:
    'The target logits from 0° to 180° with each loss’s own s and m, their slopes, and the pull on the angle, as ' +
    'SVG and PNG, with the numbers as JSON.',
  examples: [['semblance losses plot --out pictures', 'the curves of all losses']],
  configure(command) {
    command.requiredOption('--out <dir>', 'where the pictures go');
  },
  async run({ out }, io) {
    await loadTrain();
    const { plotLosses } = await import('@semblance/train/experiments');
    for (const path of await plotLosses({ out })) io.out(path);
    return 0;
  },
});
