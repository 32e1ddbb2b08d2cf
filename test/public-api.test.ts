import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { packageJson, packageNames, root } from './source-files.ts';

/** Names at a root: what somebody needs in the first week. torch's is as wide as PyTorch's. */
const MOST_NAMES = 30;

/** Entry points that do their work by being imported. */
const doers = ['semblance/main'];

// What a package hands out is listed in its api.txt, so that a change of it is seen in review. After one that is meant:
// vitest run test/public-api.test.ts -u
describe.each(packageNames)('%s', (name) => {
  const { name: full, exports = {} } = packageJson(name);
  const entries = Object.keys(exports)
    .map((entry) => [`${full}${entry.slice(1)}`, String(exports[entry])] as const)
    .filter(([specifier]) => !doers.includes(specifier));

  test('hands out what its api.txt lists', { timeout: 180_000 }, async () => {
    const lines: string[] = [];
    for (const [specifier, file] of entries) {
      const names = await valuesOf(join('packages', name, file));
      if (specifier === full && name !== 'torch')
        expect(names.length, specifier).toBeLessThanOrEqual(MOST_NAMES);
      lines.push(specifier, ...names.map((value) => `    ${value}`));
    }
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(root, 'packages', name, 'api.txt'));
  });
});

async function valuesOf(file: string): Promise<string[]> {
  const module = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
  return Object.keys(module).sort();
}
