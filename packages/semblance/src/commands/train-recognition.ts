import { defineCommand } from '../cli/command.ts';
import { addTrainOptions, runTraining, type TrainOptions } from './train-options.ts';

interface Options extends TrainOptions {
  loss?: string;
}

export const trainRecognitionCommand = defineCommand<Options>({
  path: ['train', 'recognition'],
  summary: 'trains a face recognizer',
  description:
    'Data: a folder per person with aligned faces, or a RecordIO set (train.rec, train.idx). Stop it at any moment, even by kill -9: --resume goes on exactly.',
  examples: [
    ['semblance train recognition --data faces/ --out models/recognizer', 'MobileFaceNet and ArcFace'],
    [
      'semblance train recognition --data faces/ --out m/ --recipe arcface-r50 --set epochs=20 --set batchSize=64',
      'IResNet-50, with values of your own',
    ],
    ['semblance train recognition --data faces/ --out m/ --loss softmax', 'another loss'],
    ['semblance train recognition --data ms1m/train.rec --out m/ --recipe arcface-r50', 'a RecordIO set'],
  ],
  configure(command) {
    addTrainOptions(
      command,
      'a folder with one folder per person, or a RecordIO set',
      'how to train (arcface-mbf)',
    );
    command.option('--loss <name>', 'arcface, softmax, …; the recipe’s own if not given');
  },
  run: (options, io) =>
    runTraining(options, io, ({ trainRecognition }, training) => trainRecognition(training)),
});
