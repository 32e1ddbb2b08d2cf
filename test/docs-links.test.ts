import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { weightsDialects } from '@semblance/train';
import { commands } from 'semblance';
import { describe, expect, test } from 'vitest';
import { dialects } from '../packages/face/src/models/dialects.ts';
import { root } from './source-files.ts';

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
