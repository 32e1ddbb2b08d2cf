import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import '../packages/semblance/src/error.ts';
import { type ErrorCode, errorEntries } from '@semblance/core/error';
import { describe, expect, test } from 'vitest';
import { statusOf } from '../packages/serve/src/http/status.ts';
import { type PackageJson, packageJson, packageNames, readJson, root } from './source-files.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('docs/errors.md', () => {
  const rows = new Map(
    [...read('docs/errors.md').matchAll(/^\| `([A-Z_]+)` \| (.*) \| (\d) \| (\d+) \|$/gm)].map(
      ([, code, sentence, exit, status]) => [code!, { sentence, exit: Number(exit), status: Number(status) }],
    ),
  );

  test.each([...errorEntries])('%s stands there as it is', (code, { sentence, fault }) => {
    const exit = fault === 'caller' ? 2 : 1;
    expect(rows.get(code)).toEqual({ sentence, exit, status: statusOf(code as ErrorCode) });
  });

  test('holds no code that is gone', () => {
    expect([...rows.keys()].filter((code) => !errorEntries.has(code))).toEqual([]);
  });
});

describe('docs/dependencies.md', () => {
  const table = read('docs/dependencies.md');
  const own = packageNames.map((name) => packageJson(name).name);
  const all = [readJson<PackageJson>('package.json'), ...packageNames.map(packageJson)].flatMap((json) =>
    Object.keys({ ...json.dependencies, ...json.devDependencies, ...json.optionalDependencies }),
  );
  const dependencies = [...new Set(all)].filter((name) => !own.includes(name));

  test.each(dependencies)('%s has its line', (name) => {
    expect(table).toMatch(new RegExp(`^\\|.*\`${name.replace('/', '\\/')}\`.*\\| .+ \\| .+ \\|$`, 'm'));
  });
});
