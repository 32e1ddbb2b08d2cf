import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { nodeCommand } from './node-command.ts';

test('runs a module beside this one, with its arguments and without warnings of experiments', async () => {
  const [file, ...args] = nodeCommand(import.meta.url, './testing/say-arguments', 'a b', '--c');
  const { stdout, stderr } = await promisify(execFile)(file, args);
  expect(JSON.parse(stdout)).toEqual(['a b', '--c']);
  expect(stderr).toBe('');
});

test('has the extension of the module that names it', () => {
  expect(nodeCommand('file:///p/dist/a.js', './b').at(-1)).toMatch(/[\\/]p[\\/]dist[\\/]b\.js$/);
});
