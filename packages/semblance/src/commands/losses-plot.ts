import { defineCommand } from '../cli/command.ts';
import { loadTrain } from '../cli/train-module.ts';

interface Options {
  out: string;
}

export const lossesPlotCommand = defineCommand<Options>({
  path: ['losses', 'plot'],
  summary: 'draws what each loss does with the angle to the right class',
  description:
    'Target logits from 0° to 180° with each loss’s own s and m, their slopes and the pull on the angle: SVG, PNG and JSON.',
  examples: [['semblance losses plot --out pictures', 'curves of all losses']],
  configure(command) {
    command.requiredOption('--out <dir>', 'the folder of the pictures');
  },
  async run({ out }, io) {
    await loadTrain();
    const { plotLosses } = await import('@semblance/train/experiments');
    for (const path of await plotLosses({ out })) io.out(path);
    return 0;
  },
});
