import { Command } from 'commander';
import { commands } from 'semblance';
import { describe, expect, test } from 'vitest';
import { versionPaths } from '../packages/jobs/src/home.ts';
import { commandOf } from '../packages/jobs/src/kinds/command.ts';
import { flatten } from '../packages/jobs/src/kinds/describe.ts';
import { taskKind, taskKinds } from '../packages/jobs/src/kinds/index.ts';
import { taskOfCommand } from '../packages/jobs/src/kinds/task-args.ts';
import { anySpec } from '../packages/jobs/src/testing/any-version.ts';

/** What the platform says itself, whatever the command. */
const ownOptions = ['set', 'resume', 'format'];

describe.each(taskKinds.filter(({ words }) => words.length > 0).map((kind) => [kind.name, kind] as const))(
  '%s',
  (_, kind) => {
    const command = new Command();
    commands.find(({ path }) => path.join(' ') === kind.words.join(' '))!.configure(command);
    const longNames = command.options
      .map(({ long }) => long!.slice(2))
      .filter((name) => !ownOptions.includes(name));

    test('takes the options that the command takes, and no others', () => {
      const known = [...Object.keys(kind.options), ...Object.keys(kind.outputs)];
      expect(known.sort()).toEqual(longNames.sort());
    });

    test('knows which of them are flags and which are required', () => {
      for (const { long, required, optional, mandatory } of command.options) {
        const name = long!.slice(2);
        if (!kind.options[name]) continue;
        expect(kind.options[name] === 'flag', name).toBe(!required && !optional);
        if (mandatory) expect(kind.required, name).toContain(name);
      }
    });

    test('resumes by an option that the command has', () => {
      const flags = command.options.map(({ long }) => long);
      for (const flag of kind.resume?.args ?? []) expect(flags).toContain(flag);
    });
  },
);

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
])('%j is refused', (words, code, text) => {
  expect(() => taskOfCommand(words)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(text) }),
  );
});

describe('the command that runs', () => {
  const paths = versionPaths('/home', { job: 'a', number: 2 });

  test('of a task is that of semblance, with its places filled in', () => {
    const spec = {
      ...anySpec,
      task: 'train-recognition',
      options: { data: 's3://b/faces', loss: 'cosface' },
      parameters: { lr: '0.1' },
      command: [],
    };
    const command = commandOf(spec, paths, { data: '/home/inputs/data' }, true);
    expect(command[0]).toBe(process.execPath);
    expect(command.slice(3)).toEqual(
      'train recognition --data /home/inputs/data --loss cosface --out /home/versions/a/V0002/outputs/model --set lr=0.1 --resume'.split(
        ' ',
      ),
    );
    expect(commandOf(spec, paths, { data: 'd' }, false)).not.toContain('--resume');
  });

  test('of one’s own has its values where it names them, and the rest behind', () => {
    const ofShell = ['$', '{lr}'].join('');
    const command = ['run', '{lr}', '--in={inputs.data}', '{inputs}|{outputs}|{job}', '{unknown}', ofShell];
    const spec = { ...anySpec, command, parameters: { lr: '0.1', batch: '8' } };
    expect(commandOf(spec, paths, { data: '/d' }, false)).toEqual([
      'run',
      '0.1',
      '--in=/d',
      '/home/versions/a/V0002/inputs|/home/versions/a/V0002/outputs|/home/versions/a/V0002',
      '{unknown}',
      ofShell,
      '--batch=8',
    ]);
  });
});

test('an unknown task names the ones there are', () => {
  expect(() => taskKind('train-recogntion')).toThrow('Did you mean train-recognition?');
});

test('nested values are flattened by dots', () => {
  expect(flatten({ lr: 0.1, name: 'x', loss: { scale: 64, deep: { on: true } }, list: [1, 2] })).toEqual({
    lr: '0.1',
    name: 'x',
    'loss.scale': '64',
    'loss.deep.on': 'true',
    list: '[1,2]',
  });
});
