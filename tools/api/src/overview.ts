import type { EntryPoint } from './entry-points.ts';

/** The first paragraph of a page, in one line: what its entry point is. */
function summaryOf(page: string): string {
  const [, first = ''] = page.split('\n\n');
  return /^[#|`*]/.test(first) ? '' : first.replaceAll('\n', ' ');
}

/** docs/api/README.md: every page with what it is, package by package. */
export function overview(entries: readonly EntryPoint[], pages: ReadonlyMap<string, string>): string {
  const folders = [...new Set(entries.map(({ folder }) => folder))];
  const sections = folders.map((folder) => {
    const own = entries.filter((entry) => entry.folder === folder);
    const rows = own.map(
      ({ specifier, page }) => `| [\`${specifier}\`](${page}.md) | ${summaryOf(pages.get(`${page}.md`)!)} |`,
    );
    const below = [...pages.keys()]
      .filter((path) => path.startsWith(`${folder}/`) && !own.some(({ page }) => path === `${page}.md`))
      .map((path) => `[\`${path.slice(folder.length + 1, -3).replaceAll('/', '.')}\`](${path})`);
    const more = below.length > 0 ? `\n\nPages of their own: ${below.join(', ')}.` : '';
    return `## ${own[0]!.specifier}\n\n${own[0]!.description}\n\n| import from | what is there |\n|---|---|\n${rows.join('\n')}${more}`;
  });
  return `# API reference

One page for each entry point: every export with its types, and for each function and class at the root of a package an
example. The pages are generated from the doc comments, and every example runs as a test.

An example finds what it names in the folder where it runs: \`photo.jpg\`, a folder per person in \`people/\`, models in
\`models/detector\` and \`models/recognizer\`, and the gallery of those people in \`gallery\`.

${sections.join('\n\n')}
`;
}
