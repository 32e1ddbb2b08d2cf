import { join } from 'node:path';
import { flattenMetrics, readJsonFile } from '@semblance/jobs/kinds';
import { evaluateDetectionCommand } from '../evaluate-detection.ts';
import { evaluateIdentificationCommand } from '../evaluate-identification.ts';
import { evaluateVerificationCommand } from '../evaluate-verification.ts';
import { commandKind } from './command-kind.ts';
import { errorRates } from './error-rates.ts';

const REPORT = 'report';

/** All evaluations: a report with figures and their intervals. */
const evaluation = {
  outputs: { report: REPORT },
  fixed: { format: 'json' },
  async finalMetrics(outputs: string) {
    return flattenMetrics(await readJsonFile(join(outputs, REPORT, 'report.json')));
  },
};

export const evaluateVerification = commandKind(evaluateVerificationCommand, {
  ...evaluation,
  required: ['recognizer'],
  local: ['cache'],
  evaluates: {
    model: 'recognizer',
    set: 'pairs',
    rates: errorRates,
    misses: join(REPORT, 'misses.json'),
  },
});

export const evaluateIdentification = commandKind(evaluateIdentificationCommand, {
  ...evaluation,
  required: ['data', 'recognizer'],
  local: ['cache'],
});

export const evaluateDetection = commandKind(evaluateDetectionCommand, {
  ...evaluation,
  required: ['detector'],
});
