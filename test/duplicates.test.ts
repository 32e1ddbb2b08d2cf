import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../scripts/check-duplicates.ts', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duplicates-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Lines of code, none like another, from one number to another. */
const code = (from: number, to: number, indent = '') =>
  Array.from({ length: to - from }, (_, i) => `${indent}const a${from + i} = f(${from + i});`).join('\n');

function check(files: Record<string, string>): { status: number | null; said: string } {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
  return { status, said: stderr };
}

test('a run of 12 equal lines in two files is told of with both places, whatever its indentation', () => {
  const said = check({
    'packages/a/src/one.ts': `${code(0, 5)}\n${code(100, 113)}\n`,
    'packages/b/src/two.ts': `import { x } from 'y';\n\n${code(50, 53)}\n\n${code(100, 113, '  ')}\n`,
  });
  expect(said).toEqual({
    status: 1,
    said: '13 lines  packages/a/src/one.ts:6-18  packages/b/src/two.ts:7-19\n',
  });
});

test('so is one that stands twice in a file', () => {
  const { status, said } = check({ 'bench/one.ts': `${code(0, 12)}\nfoo();\n${code(0, 12)}\n` });
  expect([status, said]).toEqual([1, '12 lines  bench/one.ts:1-12  bench/one.ts:14-25\n']);
});

test('shorter runs, imports, tests and generated files are left alone', () => {
  const imports = Array.from({ length: 20 }, (_, i) => `import { a${i} } from './a${i}.ts';`).join('\n');
  const exports = `export {\n${Array.from({ length: 20 }, (_, i) => `  b${i},`).join('\n')}\n} from './b.ts';`;
  const files = {
    'packages/a/src/one.ts': `${imports}\n${exports}\n${code(0, 11)}\n`,
    'packages/b/src/two.ts': `${imports}\n${exports}\n${code(0, 11)}\nelse();\n`,
    'packages/a/src/one.test.ts': code(200, 230),
    'packages/a/src/two.test.ts': code(200, 230),
    'packages/a/src/one.gen.ts': code(300, 330),
    'packages/a/src/two.gen.ts': code(300, 330),
  };
  expect(check(files)).toEqual({ status: 0, said: '' });
});
