import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { flattenMetrics, readJsonFile } from '@semblance/jobs/kinds';
import { canResume, checkpointSteps } from '@semblance/train/run-folder';
import { trainDetectionCommand } from '../train-detection.ts';
import { trainRecognitionCommand } from '../train-recognition.ts';
import { commandKind } from './command-kind.ts';

/** Where a training writes its model, below the outputs. */
const MODEL = 'model';

/** Whether there is a checkpoint after a step: the first is written before any, of random weights. */
const hasTrained = (outputs: string): boolean => (checkpointSteps(join(outputs, MODEL)).at(-1) ?? 0) > 0;

/** Both trainings: a model folder with metrics.jsonl and checkpoints. */
const training = {
  outputs: { out: MODEL },
  doneCodes: { 0: 'done' },
  takesWorkers: true,
  resume: {
    args: ['--resume'],
    isPossible: (outputs: string) => canResume(join(outputs, MODEL)),
    hasProgress: hasTrained,
    taken: [`${MODEL}/checkpoints`, `${MODEL}/metrics.jsonl`],
  },
  continueBy: {
    shapedBy: ['backbone', 'backboneOptions', 'inputSize', 'embeddingSize', 'recipe'],
    option: 'init',
    path: MODEL,
    isPossible: (outputs: string) => existsSync(join(outputs, MODEL, 'manifest.json')) || hasTrained(outputs),
  },
  // the step in progress, and a checkpoint of a large network
  saveMs: 60_000,
  metricsLog: `${MODEL}/metrics.jsonl`,
  async finalMetrics(outputs: string) {
    const manifest = await readJsonFile(join(outputs, MODEL, 'manifest.json'));
    return flattenMetrics((manifest as { metrics?: unknown } | null)?.metrics);
  },
};

/** Figures of every training. */
const figures = ['loss', 'lr', 'epoch', 'imagesPerSecond', 'steps'];

export const trainDetection = commandKind(trainDetectionCommand, {
  ...training,
  trains: 'detection',
  figures: ({ valPart }) => [
    ...(Number(valPart) > 0 ? ['valAp'] : []),
    ...figures,
    'boxes',
    'classes',
    'landmarks',
  ],
});

export const trainRecognition = commandKind(trainRecognitionCommand, {
  ...training,
  trains: 'recognition',
  // the rank-1 rate is that of photos which are held out
  figures: ({ valPerPerson }) => [...(Number(valPerPerson) > 0 ? ['valRank1'] : []), ...figures, 'accuracy'],
});
