// Writes docs/api from the doc comments of what the packages export.
//   node tools/api/src/main.ts          writes the folder
//   node tools/api/src/main.ts --check  fails where the committed folder differs
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../../../scripts/packaging/packages.ts';
import { entryPoints } from './entry-points.ts';
import { operatorsPage } from './operators-page.ts';
import { overview } from './overview.ts';
import { shortenHandedOn } from './shorten.ts';
import { writePages } from './write-pages.ts';

const committed = join(root, 'docs', 'api');

/** The files of a folder by their paths in it. */
function filesIn(dir: string): Map<string, string> {
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    paths
      .filter((path) => statSync(join(dir, path)).isFile())
      .map((path) => [path, readFileSync(join(dir, path), 'utf8')]),
  );
}

async function generate(): Promise<Map<string, string>> {
  const work = mkdtempSync(join(tmpdir(), 'semblance-api-'));
  try {
    const entries = entryPoints();
    await writePages(entries, work);
    const pages = filesIn(work);
    for (const [path, text] of pages) pages.set(path, shortenHandedOn(text));
    pages.set('torch/operators.md', operatorsPage());
    pages.set('README.md', overview(entries, pages));
    return pages;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const fresh = await generate();
if (process.argv.includes('--check')) {
  const old = filesIn(committed);
  const wrong = [...new Set([...fresh.keys(), ...old.keys()])].filter(
    (path) => fresh.get(path) !== old.get(path),
  );
  if (wrong.length > 0) {
    console.error(`docs/api is not what the doc comments say (${wrong.join(', ')}): run npm run gen:api`);
    process.exitCode = 1;
  } else console.log('docs/api is up to date');
} else {
  rmSync(committed, { recursive: true, force: true });
  for (const [path, text] of fresh) {
    mkdirSync(dirname(join(committed, path)), { recursive: true });
    writeFileSync(join(committed, path), text);
  }
  console.log(`wrote ${fresh.size} pages to ${committed}`);
}
