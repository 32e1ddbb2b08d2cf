import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { checkFits } from './continuation.ts';
import { JobParts } from './parts.ts';
import { checkSpec } from './request-checks.ts';
import { retryPauseMs } from './supervisor/schedule.ts';
import { anySpec, storedVersion } from './testing/any-version.ts';

const spec = {
  ...anySpec,
  env: { PATH: process.env.PATH! },
  inputs: [{ name: 'data', location: `file://${tmpdir()}` }],
};
const check = (changes: Partial<typeof spec> & { timeoutMs?: number | null }, isHere = true) =>
  checkSpec({ ...spec, ...changes }, {}, isHere);

test('what is as it has to be passes', () => {
  check({
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    command: ['sh', '-c', 'cat {inputs.data} ${inputs.none} {job} {outputs}/{lr}'],
    parameters: { lr: '1' },
  });
  // names of others: a shell's, awk's, Docker's
  check({ command: ['sh', '-c', 'echo {1..3} {{print}} {{.Names}} {} { x; }'] });
  check({ command: ['./made-later.sh'] });
  check({ command: ['{program}'], parameters: { program: 'sh' } });
  // elsewhere there are other disks and programs
  check({ command: ['nvidia-tool'], inputs: [{ name: 'data', location: 'file:///nowhere' }] }, false);
});

test.each([
  [
    'a placeholder of no input',
    { command: ['cat', '{inputs.dat}'] },
    'USAGE_INVALID_VALUE',
    /^\{inputs\.dat} stands for no input: give --input dat=LOCATION; .*Did you mean inputs\.data\?$/,
  ],
  [
    'a placeholder of no parameter',
    { command: ['train', '--lr={lrr}'], parameters: { lr: '0.1' } },
    'USAGE_INVALID_VALUE',
    '{lrr} stands for nothing: give --set lrr=VALUE, or write {{lrr}} for the text itself; ' +
      'there are {lr}, {inputs.data}, {inputs}, {outputs}, {job}. Did you mean lr?',
  ],
  [
    'an input that is not there',
    { inputs: [{ name: 'x', location: 'file:///nowhere/x' }] },
    'PATH_NOT_FOUND',
    'input x',
  ],
  [
    'a program that is not there',
    { command: ['pyhton', 'train.py'] },
    'PATH_NOT_FOUND',
    "no program 'pyhton'",
  ],
  ['a variable with a space', { env: { ...spec.env, 'A B': '1' } }, 'USAGE_INVALID_VALUE', "'A B'"],
  ['no time at all', { timeoutMs: 0 }, 'USAGE_INVALID_VALUE', 'above 0 or none'],
])('%s is refused', (_, changes, code, text) => {
  expect(() => check(changes as never)).toThrow(
    expect.objectContaining({
      code,
      message: typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text),
    }),
  );
});

test('a network of another shape cannot be continued, and is refused before it is queued', () => {
  const continueBy = {
    option: 'init',
    path: 'model',
    shapedBy: ['backbone', 'options'],
    isPossible: () => true,
  };
  const custom = new JobParts().kind('custom');
  const parts = new JobParts({
    module: import.meta.url,
    program: [],
    kinds: [{ ...custom, name: 'train', continueBy }],
  });
  const parent = {
    ...storedVersion(1),
    spec: { ...anySpec, task: 'train' },
    parameters: { backbone: 'r50', lr: '1' },
  };
  checkFits({ parts }, parent, { parameters: { lr: '2', backbone: 'r50' } });
  for (const parameters of [{ backbone: 'r18' }, { 'options.width': '2' }] as Record<string, string>[])
    expect(() => checkFits({ parts }, parent, { parameters })).toThrow(/do not fit one with/);
});

test('retries rest twice as long each time, up to a minute', () => {
  const pauses = [1, 2, 3, 20].map((attempt) => retryPauseMs({ attempt }, { retryMs: 1000 }));
  expect(pauses).toEqual([1000, 2000, 4000, 60_000]);
});
