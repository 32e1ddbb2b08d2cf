import { join } from 'node:path';
import { flattenMetrics, readJsonFile } from '@semblance/jobs/kinds';
import { galleryBuildCommand } from '../gallery-build.ts';
import { recognizeCommand } from '../recognize.ts';
import { commandKind } from './command-kind.ts';

const GALLERY = 'gallery';

export const galleryBuild = commandKind(galleryBuildCommand, {
  outputs: { out: GALLERY },
  withheld: ['gallery'],
  required: ['detector', 'recognizer'],
  async finalMetrics(outputs) {
    return flattenMetrics(await readJsonFile(join(outputs, GALLERY, 'report.json')));
  },
});

export const recognize = commandKind(recognizeCommand, {
  outputs: { annotate: 'annotated' },
  required: ['data', 'gallery', 'detector', 'recognizer'],
  fixed: { format: 'json' },
  resultsFile: 'results.jsonl',
});
