import { defineCommand } from '../cli/command.ts';
import { addTrainOptions, runTraining, type TrainOptions } from './train-options.ts';

export const trainDetectionCommand = defineCommand<TrainOptions>({
  path: ['train', 'detection'],
  summary: 'trains a RetinaFace detector',
  description:
    'Data: label.txt (RetinaFace’s layout) beside images/, or WIDER FACE’s annotation. Stop it at any moment, even by ' +
    'kill -9: --resume goes on exactly.',
  examples: [
    [
      'semblance train detection --data widerface/train --out models/detector',
      'RetinaFace with MobileNet-0.25',
    ],
    [
      'semblance train detection --data widerface/train --out models/detector --resume',
      'goes on after an interruption',
    ],
    [
      'semblance train detection --data d/ --out m/ --recipe retinaface-r50 --set batchSize=8',
      'ResNet-50, smaller batches',
    ],
  ],
  configure(command) {
    addTrainOptions(command, 'a folder with label.txt and images/', 'how to train (retinaface-mnet025)');
  },
  run: (options, io) => runTraining(options, io, ({ trainDetection }, training) => trainDetection(training)),
});
