import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../source-files.ts';

export interface Example {
  /** `face/FacePipeline`, and which one where there are several. */
  name: string;
  /** The package's folder. */
  folder: string;
  code: string;
  /** Why no test runs it: the sentence before its code that begins with "Not run". */
  notRun: string | null;
}

export interface Documented {
  sentence: string;
  examples: Example[];
}

const dir = join(root, 'docs', 'api');
/** Headings of pages: what is exported is at this level, its members below. */
const EXPORT = 3;

/** What docs/api says of each export, by page (`face/image`) and name. */
export function readPages(): Map<string, Map<string, Documented>> {
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.md'),
  );
  return new Map(
    paths.sort().map((path) => {
      const page = path.slice(0, -'.md'.length);
      return [page, readPage(page, readFileSync(join(dir, path), 'utf8'))];
    }),
  );
}

function readPage(page: string, text: string): Map<string, Documented> {
  const exports = new Map<string, Documented>();
  const [intro = '', ...parts] = text.split(new RegExp(`^${'#'.repeat(EXPORT)} `, 'm'));
  // a page of its own is what a namespace has
  exports.set('', documented(page, page, intro.replace(/^# .*\n/, '')));
  for (const part of parts) {
    const [heading = '', body = ''] = /^(.*)\n([\s\S]*)$/.exec(part)?.slice(1) ?? [];
    const name = heading
      .replaceAll('\\_', '_')
      .replace(/^Abstract /, '')
      .replace(/(<.*>|\\<.*)?(\(\))?$/, '');
    exports.set(name, documented(page, `${page}/${name}`, body));
  }
  return exports;
}

function documented(page: string, name: string, body: string): Documented {
  const withoutCode = body.replace(/^```[\s\S]*?^```$/gm, '');
  const sentence = withoutCode
    .split('\n\n')
    .find((paragraph) => /^(?!```|[#>*-] ?|\| )\S/.test(paragraph.trim()))
    ?.trim();
  // what follows the first heading belongs to a member or a part
  const ownText = withoutCode.split(/^#+ (?!Call Signature)/m)[0]!;
  const found = [...body.matchAll(/^#+ Examples?\n([\s\S]*?)(?=^#+ |^\*\*\*|$(?![\s\S]))/gm)].flatMap(
    ([, text]) =>
      [...text!.matchAll(/([\s\S]*?)^```ts\n([\s\S]*?)^```$/gm)].map(([, before, code]) => ({
        code: code!,
        notRun: /^Not run.*/m.exec(before!)?.[0] ?? null,
      })),
  );
  return {
    sentence: sentence && ownText.includes(sentence) ? sentence : '',
    examples: found.map((example, i) => ({
      ...example,
      name: found.length > 1 ? `${name} ${i + 1}` : name,
      folder: page.split('/')[0]!,
    })),
  };
}

/** What a page says of an export; where it only hands on, what the page says that it leads to. */
export function lookUp(
  pages: Map<string, Map<string, Documented>>,
  page: string,
  name: string,
): Documented | undefined {
  const here = pages.get(page)?.get(name);
  if (here) return here;
  const link = new RegExp(`\\[${name}\\]\\(([^)#]+)\\.md(#)?`).exec(
    readFileSync(join(dir, `${page}.md`), 'utf8'),
  );
  if (!link) return undefined;
  const [, path, isExport] = link;
  return pages.get(join(page, '..', path!))?.get(isExport ? name : '');
}
