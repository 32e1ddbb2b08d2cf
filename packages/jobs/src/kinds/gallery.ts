import { join } from 'node:path';
import { flattenMetrics, readJsonFile } from '../record/metrics.ts';
import { kindBase, semblanceDone, type TaskKind } from './kind.ts';

const GALLERY = 'gallery';

export const galleryBuild: TaskKind = {
  ...kindBase,
  name: 'gallery-build',
  summary: 'builds a gallery from a folder per person',
  words: ['gallery', 'build'],
  options: {
    data: 'input',
    detector: 'input',
    recognizer: 'input',
    threshold: 'text',
    fpir: 'text',
    'min-quality': 'text',
    'no-crops': 'flag',
  },
  required: ['data', 'detector', 'recognizer'],
  outputs: { out: GALLERY },
  doneCodes: semblanceDone,
  async finalMetrics(outputs) {
    return flattenMetrics(await readJsonFile(join(outputs, GALLERY, 'report.json')));
  },
};

export const recognize: TaskKind = {
  ...kindBase,
  name: 'recognize',
  summary: 'says who is in photos',
  words: ['recognize'],
  options: { data: 'input', gallery: 'input', detector: 'input', recognizer: 'input' },
  required: ['data', 'gallery', 'detector', 'recognizer'],
  outputs: { annotate: 'annotated' },
  fixed: { format: 'json' },
  resultsFile: 'results.jsonl',
  doneCodes: semblanceDone,
};
