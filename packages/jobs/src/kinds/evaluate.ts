import { join } from 'node:path';
import { flattenMetrics, readJsonFile } from '../record/metrics.ts';
import { kindBase, type OptionKind, semblanceDone, type TaskKind } from './kind.ts';

const REPORT = 'report';

/** All evaluations: a report with figures and their intervals. */
const evaluation = {
  ...kindBase,
  outputs: { report: REPORT },
  fixed: { format: 'json' },
  doneCodes: semblanceDone,
  async finalMetrics(outputs: string) {
    return flattenMetrics(await readJsonFile(join(outputs, REPORT, 'report.json')));
  },
} satisfies Partial<TaskKind>;

const embedding = {
  detector: 'input',
  recognizer: 'input',
  crops: 'flag',
  cache: 'text',
  'no-cache': 'flag',
  groups: 'input',
} satisfies Record<string, OptionKind>;

export const evaluateVerification: TaskKind = {
  ...evaluation,
  name: 'evaluate-verification',
  summary: 'measures how well pairs of photos are told apart (1:1)',
  words: ['evaluate', 'verification'],
  options: { ...embedding, pairs: 'input', data: 'input', templates: 'input', fars: 'text' },
  required: ['pairs', 'recognizer'],
};

export const evaluateIdentification: TaskKind = {
  ...evaluation,
  name: 'evaluate-identification',
  summary: 'measures how well people are found in a gallery (1:N)',
  words: ['evaluate', 'identification'],
  options: {
    ...embedding,
    data: 'input',
    strangers: 'input',
    templates: 'input',
    enrol: 'text',
    'min-photos': 'text',
    pool: 'flag',
    fpirs: 'text',
  },
  required: ['data', 'recognizer'],
};

export const evaluateDetection: TaskKind = {
  ...evaluation,
  name: 'evaluate-detection',
  summary: 'measures a detector on labelled photos',
  words: ['evaluate', 'detection'],
  options: {
    data: 'input',
    detector: 'input',
    'ground-truth': 'input',
    rule: 'text',
    'min-faces': 'text',
    score: 'text',
    'short-sides': 'text',
    'long-side': 'text',
    flip: 'flag',
  },
  required: ['data', 'detector'],
};
