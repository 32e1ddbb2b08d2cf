import { fileURLToPath } from 'node:url';
import { SemblanceError } from '../error.ts';
import type { ExecutorKind } from '../executor/kind.ts';
import { localExecutor } from '../executor/local.ts';
import { kindBase, type Metric, readJsonFile, type TaskKind } from '../kinds/index.ts';
import { JobParts } from '../parts.ts';
import { openFileStorage } from '../storage/drivers/file.ts';
import type { StorageDriver } from '../storage/index.ts';

/** For tests: a kind of task of one's own, which counts the letters of a text. */
const countLetters: TaskKind = {
  ...kindBase,
  name: 'count-letters',
  summary: 'counts the letters of a text',
  words: ['count'],
  options: { text: 'input', times: 'text' },
  required: ['text'],
  outputs: { out: 'counted' },
  figures: () => ['letters'],
  check({ options }) {
    if (options.times === undefined || /^\d+$/.test(options.times)) return;
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `expected a number for --times but received ${options.times}`,
    );
  },
  async finalMetrics(outputs): Promise<Record<string, Metric>> {
    const { letters } = (await readJsonFile(`${outputs}/counted/result.json`)) as { letters: number };
    return { letters: { value: letters } };
  },
};

/** For tests: a kind whose parameters are a recipe's. */
const training: TaskKind = {
  ...kindBase,
  name: 'train-recognition',
  summary: 'trains a recognizer',
  words: ['train', 'recognition'],
  options: { data: 'input', loss: 'text' },
  required: ['data'],
  outputs: { out: 'model' },
  takesWorkers: true,
  trains: 'recognition',
  resume: { args: ['--resume'], isPossible: () => true },
};

/** For tests: `box://name/prefix` is a folder of the machine. */
const openBox: StorageDriver = ({ bucket, prefix }) =>
  openFileStorage(`${process.env.SEMBLANCE_TEST_BOXES}/${bucket}/${prefix}`);

/** For tests: stands for another machine with an image of its own; its workers share a name with nobody. */
const shed: ExecutorKind = {
  name: 'shed',
  summary: 'runs elsewhere',
  options: { image: 'the image', trouble: 'what goes wrong when it is opened' },
  isElsewhere: true,
  inImage: ({ image }) => image !== undefined,
  check({ resources }, { image }) {
    if (image === undefined && resources.gpus > 0)
      throw new SemblanceError('USAGE_MISSING_ARGUMENT', 'GPUs are in images alone');
  },
  async open({ trouble }) {
    if (trouble !== undefined) throw new Error(trouble);
    return {
      ...localExecutor(),
      name: 'shed',
      rendezvous: ({ numWorkers }) => ({
        hosts: Array.from({ length: numWorkers }, (_, i) => `shed-${i}`),
        port: 29500,
      }),
    };
  },
};

export const jobParts = new JobParts({
  module: import.meta.url,
  program: [process.execPath, fileURLToPath(new URL('count-letters.mjs', import.meta.url))],
  kinds: [countLetters, training],
  programInImage: ['env'],
  storage: { box: openBox },
  executors: [shed],
});
