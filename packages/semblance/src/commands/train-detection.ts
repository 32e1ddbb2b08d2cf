import { defineCommand } from '../cli/command.ts';
import { addTrainOptions, runTraining, type TrainOptions } from './train-options.ts';

export const trainDetectionCommand = defineCommand<TrainOptions>({
  path: ['train', 'detection'],
  summary: 'trains a face detector (RetinaFace)',
  description:
    'The data is a folder with labels and images/: RetinaFace’s label.txt, SCRFD’s labelv2.txt, WIDER FACE’s ' +
    '*_bbx_gt.txt, dlib’s XML or COCO’s JSON. You can stop a training at any moment, even with kill -9: with ' +
    '--resume it continues as if it had not been stopped.',
  examples: [
    [
      'semblance train detection --data widerface/train --out models/detector',
      'RetinaFace with MobileNet-0.25',
    ],
    [
      'semblance train detection --data widerface/train --out models/detector --resume',
      'resumes after an interruption',
    ],
    [
      'semblance train detection --data d/ --out m/ --recipe retinaface-r50 --set batchSize=8',
      'ResNet-50 with smaller batches',
    ],
  ],
  configure(command) {
    addTrainOptions(
      command,
      'a folder with labels and images/, or the label file',
      'network and settings (default: retinaface-mnet025)',
    );
  },
  run: (options, io) => runTraining(options, io, ({ trainDetection }, training) => trainDetection(training)),
});
