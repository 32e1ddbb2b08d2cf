import { expect, test } from 'vitest';
import { commandKinds, jobParts } from './index.ts';
import { taskOfCommand } from './task-of-command.ts';

/** What each option is: a place that is brought or found, a folder of this machine, a text, a flag. */
test('the options of a task are those of its command', () => {
  const shown = commandKinds.map(({ name, options, required, outputs }) => {
    const kinds = Object.entries(options).map(([option, kind]) => `${option}: ${kind}`);
    return `${name}(${kinds.join(', ')}) needs ${required.join(', ')}; makes ${Object.keys(outputs).join(', ')}`;
  });
  expect(shown).toEqual([
    'train-detection(data: input, recipe: text, init: input, nproc: text) needs data; makes out',
    'train-recognition(data: input, recipe: text, init: input, nproc: text, loss: text) needs data; makes out',
    'gallery-build(data: input, detector: input, recognizer: input, threshold: text, fpir: text, min-quality: text, check: text, no-crops: flag) needs data, detector, recognizer; makes out',
    'recognize(data: input, gallery: input, detector: input, recognizer: input) needs data, gallery, detector, recognizer; makes annotate',
    'evaluate-detection(data: input, category: text, detector: input, ground-truth: input, rule: text, min-faces: text, score: text, short-sides: text, long-side: text, flip: flag) needs data, detector; makes report',
    'evaluate-verification(pairs: input, protocol: text, data: input, templates: input, fars: text, detector: input, recognizer: input, crops: flag, cache: local, no-cache: flag, groups: input, group-fmr: text) needs recognizer; makes report',
    'evaluate-identification(data: input, enrol: text, min-photos: text, strangers: input, pool: flag, templates: input, fpirs: text, detector: input, recognizer: input, crops: flag, cache: local, no-cache: flag, groups: input) needs data, recognizer; makes report',
  ]);
});

test('a resumed run is told so by an option that the command has', () => {
  for (const { resume, parse } of commandKinds) {
    for (const flag of resume?.args ?? []) expect(() => parse([flag])).toThrow(/as a job takes/);
  }
});

test('a command line is read as the task it is', () => {
  const words = [
    'train',
    'recognition',
    '--data=d',
    '--loss',
    'cosface',
    '--set',
    'lr=0.1',
    '--set',
    'a.b=x=y',
    '--out',
    'm',
  ];
  expect(taskOfCommand(words)).toEqual({
    task: 'train-recognition',
    options: { data: 'd', loss: 'cosface' },
    parameters: { lr: '0.1', 'a.b': 'x=y' },
    command: [],
    outputs: { model: 'm' },
  });
  expect(
    taskOfCommand(['evaluate', 'verification', '--crops', '--pairs', 'p', '--recognizer', 'r']).options,
  ).toEqual({
    crops: 'true',
    pairs: 'p',
    recognizer: 'r',
  });
  const own = ['python', 'train.py', '--lr', '{lr}'];
  expect(taskOfCommand(own)).toMatchObject({ task: 'custom', command: own });
  expect(taskOfCommand(['train', 'recognition'], { isCustom: true })).toMatchObject({ task: 'custom' });
});

test.each([
  [['train', 'recognition', '--dta', 'x'], 'USAGE_UNKNOWN_FLAG', 'Did you mean --data?'],
  [['train', 'recognition', 'x'], 'USAGE_UNKNOWN_FLAG', "not 'x'"],
  [['train', 'recognition', '--data'], 'USAGE_MISSING_ARGUMENT', '--data'],
  [['train', 'recognition', '--set', 'lr'], 'USAGE_INVALID_VALUE', 'key=value'],
  [[], 'USAGE_MISSING_ARGUMENT', 'no command'],
  [['train', 'recogniton', '--data', 'd'], 'USAGE_UNKNOWN_COMMAND', 'Did you mean recognition?'],
  [['train'], 'USAGE_UNKNOWN_COMMAND', "expected detection or recognition after 'train'"],
])('%j is refused', (words, code, text) => {
  expect(() => taskOfCommand(words)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(text) }),
  );
});

test.each([
  [['train', 'recognition', '--nproc', 'two'], 'USAGE_INVALID_VALUE', 'a number'],
  [['train', 'recognition', '--resume'], 'USAGE_UNKNOWN_FLAG', "not '--resume'"],
  [['evaluate', 'detection', '--rule', 'coco'], 'USAGE_INVALID_VALUE', 'one of voc, wider'],
])('a value that the command would refuse is refused for a task: %j', (words, code, text) => {
  expect(() => taskOfCommand(words)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(text) }),
  );
});

test('options from elsewhere are held against the command as well', () => {
  const check =
    (options: Record<string, string>, parameters: Record<string, string> = {}) =>
    () =>
      jobParts.kind('gallery-build').check!({ options, parameters });
  check({ data: 'd', 'no-crops': 'true', threshold: '-0.5' }, { 'detector.scoreThreshold': '0.5' })();
  expect(check({ threshold: '7' })).toThrow(/from -1 to 1/);
  expect(check({ 'min-qualty': '1' })).toThrow(/Did you mean --min-quality/);
});
