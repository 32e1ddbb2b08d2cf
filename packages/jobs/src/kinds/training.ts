import { join } from 'node:path';
import { canResume } from '@semblance/train/run-folder';
import { flattenMetrics, readJsonFile } from '../record/metrics.ts';
import { kindBase, type TaskKind } from './kind.ts';

/** Where a training writes its model, below the outputs. */
const MODEL = 'model';

/** Both trainings: a model folder with metrics.jsonl and checkpoints. */
const training = {
  ...kindBase,
  required: ['data'],
  outputs: { out: MODEL },
  takesWorkers: true,
  resume: {
    args: ['--resume'],
    isPossible: (outputs: string) => canResume(join(outputs, MODEL)),
  },
  continueBy: { option: 'init', path: MODEL },
  metricsLog: `${MODEL}/metrics.jsonl`,
  async finalMetrics(outputs: string) {
    const manifest = await readJsonFile(join(outputs, MODEL, 'manifest.json'));
    return flattenMetrics((manifest as { metrics?: unknown } | null)?.metrics);
  },
} satisfies Partial<TaskKind>;

export const trainDetection: TaskKind = {
  ...training,
  name: 'train-detection',
  summary: 'trains a RetinaFace detector',
  words: ['train', 'detection'],
  options: { data: 'input', init: 'input', recipe: 'text', nproc: 'text' },
};

export const trainRecognition: TaskKind = {
  ...training,
  name: 'train-recognition',
  summary: 'trains a face recognizer',
  words: ['train', 'recognition'],
  options: { data: 'input', init: 'input', recipe: 'text', loss: 'text', nproc: 'text' },
};
