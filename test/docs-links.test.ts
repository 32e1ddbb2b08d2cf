import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { weightsDialects } from '@semblance/train';
import { commands } from 'semblance';
import { describe, expect, test } from 'vitest';
import { dialects } from '../packages/face/src/models/dialects.ts';
import { packageNames, root } from './source-files.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const inDocs = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'));
const documents = [
  ...['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...inDocs.map((file) => `docs/${file}`),
];

/** The anchors that GitHub gives the headings of a document. */
function anchorsOf(markdown: string): string[] {
  const headings = markdown.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

describe('links of the documents', () => {
  const links = documents.flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link]) => [file, link!] as const),
  );

  test.each(links)('%s → %s', (file, link) => {
    const [path, anchor] = link.split('#') as [string, string?];
    const target = path === '' ? file : normalize(join(dirname(file), path));
    expect(existsSync(join(root, target)), target).toBe(true);
    if (anchor === undefined || statSync(join(root, target)).isDirectory()) return;
    expect(anchorsOf(read(target))).toContain(anchor);
  });
});

test.each(inDocs.filter((file) => file !== 'README.md'))('docs/README.md leads to %s', (file) => {
  expect(read('docs/README.md')).toContain(`](${file})`);
});

describe('dialects', () => {
  const names = [...new Set([...Object.keys(dialects), ...Object.keys(weightsDialects), 'custom'])];
  const help = commands.find(({ path }) => path.join(' ') === 'model import')!.description!;

  test.each(names)('%s is in docs/models.md and in the help of model import', (name) => {
    expect(read('docs/models.md')).toMatch(new RegExp(`^\\| \`${name}\` \\| .+ \\|$`, 'm'));
    expect(help.split(/[\s,]+/)).toContain(name);
  });
});

describe('docs/architecture.md', () => {
  const walks = read('docs/architecture.md')
    .split(/^### /m)
    .slice(1)
    .map((walk) => walk.split(/^## /m)[0]!);
  const stopsOf = (walk: string): string[] =>
    [...walk.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, path]) => path!);

  test('has four walks', () => expect(walks.filter((walk) => stopsOf(walk).length > 0).length).toBe(4));

  test.each(walks.map((walk) => [walk.split('\n')[0]!, stopsOf(walk)] as const))(
    '%s: files that are there, at most 15, none twice',
    (_, stops) => {
      expect(stops.filter((path) => !existsSync(join(root, path)))).toEqual([]);
      expect(stops.length).toBeGreaterThan(9);
      expect(stops.length).toBeLessThanOrEqual(15);
      expect(new Set(stops).size).toBe(stops.length);
    },
  );

  test('shows every package', () => {
    for (const name of packageNames) expect(read('docs/images/packages.svg')).toContain(`>${name}</text>`);
  });
});
