import { join } from 'node:path';
import { flattenMetrics, readJsonFile } from '@semblance/jobs/kinds';
import { canResume } from '@semblance/train/run-folder';
import { trainDetectionCommand } from '../train-detection.ts';
import { trainRecognitionCommand } from '../train-recognition.ts';
import { commandKind } from './command-kind.ts';

/** Where a training writes its model, below the outputs. */
const MODEL = 'model';

/** Both trainings: a model folder with metrics.jsonl and checkpoints. */
const training = {
  outputs: { out: MODEL },
  doneCodes: { 0: 'done' },
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
};

export const trainDetection = commandKind(trainDetectionCommand, { ...training, trains: 'detection' });
export const trainRecognition = commandKind(trainRecognitionCommand, { ...training, trains: 'recognition' });
