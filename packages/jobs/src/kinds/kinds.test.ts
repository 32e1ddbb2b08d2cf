import { expect, test } from 'vitest';
import { versionPaths } from '../home.ts';
import { JobParts } from '../parts.ts';
import { anySpec } from '../testing/any-version.ts';
import { jobParts } from '../testing/toy-parts.ts';
import { commandOf } from './command.ts';
import { flatten } from './describe.ts';

const paths = versionPaths('/home', { job: 'a', number: 2 });

test('the command of a task is the program’s, with its places filled in', () => {
  const spec = {
    ...anySpec,
    task: 'train-recognition',
    options: { data: 's3://b/faces', loss: 'cosface' },
    parameters: { lr: '0.1' },
    command: [],
  };
  expect(commandOf(jobParts, spec, paths, { data: '/home/inputs/data' }, true)).toEqual([
    ...jobParts.program,
    ...'train recognition --data /home/inputs/data --loss cosface --out /home/versions/a/V0002/outputs/model --set lr=0.1 --resume'.split(
      ' ',
    ),
  ]);
  expect(commandOf(jobParts, spec, paths, { data: 'd' }, false)).not.toContain('--resume');
});

test('a command of one’s own has its values where it names them, and the rest behind', () => {
  const ofShell = ['$', '{lr}'].join('');
  const command = ['run', '{lr}', '--in={inputs.data}', '{inputs}|{outputs}|{job}', '{1..3} {{lr}}', ofShell];
  const spec = { ...anySpec, command, parameters: { lr: '0.1', batch: '8' } };
  expect(commandOf(new JobParts(), spec, paths, { data: '/d' }, false)).toEqual([
    'run',
    '0.1',
    '--in=/d',
    '/home/versions/a/V0002/inputs|/home/versions/a/V0002/outputs|/home/versions/a/V0002',
    '{1..3} {lr}',
    ofShell,
    '--batch=8',
  ]);
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
