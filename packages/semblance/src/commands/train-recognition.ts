import { defineCommand } from '../cli/command.ts';
import { addTrainOptions, runTraining, type TrainOptions } from './train-options.ts';

interface Options extends TrainOptions {
  loss?: string;
}

export const trainRecognitionCommand = defineCommand<Options>({
  path: ['train', 'recognition'],
  summary: 'trains a face recognizer (ArcFace and ten other losses)',
  description:
    'The data is aligned faces in a folder per person, or a RecordIO set (train.rec, train.idx). You can stop a ' +
    'training at any moment, even with kill -9: with --resume it continues as if it had not been stopped.',
  examples: [
    ['semblance train recognition --data faces/ --out models/recognizer', 'MobileFaceNet with ArcFace'],
    [
      'semblance train recognition --data faces/ --out m/ --recipe arcface-r50 --set epochs=20 --set batchSize=64',
      'IResNet-50, with some values changed',
    ],
    ['semblance train recognition --data faces/ --out m/ --loss softmax', 'another loss'],
    ['semblance train recognition --data ms1m/train.rec --out m/ --recipe arcface-r50', 'a RecordIO set'],
  ],
  configure(command) {
    addTrainOptions(
      command,
      'aligned faces: a folder with one folder per person, or a RecordIO set',
      'network, loss and settings (default: arcface-mbf)',
    );
    command.option('--loss <name>', 'arcface, softmax, … (default: the recipe’s)');
  },
  run: (options, io) =>
    runTraining(options, io, ({ trainRecognition }, training) => trainRecognition(training)),
});
