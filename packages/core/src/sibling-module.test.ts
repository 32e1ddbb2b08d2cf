import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { siblingModule } from './sibling-module.ts';

test('has the extension of the module that names it', () => {
  expect(siblingModule('file:///p/src/a/main.ts', './worker').href).toBe('file:///p/src/a/worker.ts');
  expect(siblingModule('file:///p/dist/a/main.js', '../steps/prepare').href).toBe(
    'file:///p/dist/steps/prepare.js',
  );
  expect(siblingModule('file:///p/src/main.ts?v=1', './worker').href).toBe('file:///p/src/worker.ts');
});

test('finds this very test', () => {
  expect(existsSync(siblingModule(import.meta.url, './sibling-module.test'))).toBe(true);
});
