// Makes a release: `node scripts/release.ts VERSION [--dry-run] [--out DIR]`.
//
// Sets the version of every package, closes the changelog's open section, and writes to build/release/VERSION the tarballs
// that npm publishes, their SHA-256 checksums and the notes. It publishes and commits nothing: it says how.
// --dry-run leaves the repository as it is, and what it writes is removed unless --out says where it shall stay.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root, workspacePackages } from './packaging/packages.ts';
import { closeSection, sectionOf } from './release/changelog.ts';
import { packAll } from './release/pack.ts';
import { isVersion, setVersion } from './release/version.ts';

const usage = 'usage: node scripts/release.ts VERSION [--dry-run] [--out DIR], such as 0.2.0';

function release(version: string, isDry: boolean, outDir: string | undefined): void {
  const changelogPath = join(root, 'CHANGELOG.md');
  const changelog = closeSection(readFileSync(changelogPath, 'utf8'), version, new Date());
  const notes = sectionOf(changelog, version);
  if (!isDry) {
    const changed = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' }).trim();
    if (changed !== '') throw new Error(`commit what has changed first:\n${changed}`);
    for (const { dir } of workspacePackages()) setVersion(join(dir, 'package.json'), version);
    writeFileSync(changelogPath, changelog);
    const update = ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync('npm', update, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const scratch = isDry && outDir === undefined ? mkdtempSync(join(tmpdir(), 'semblance-release-')) : null;
  const out = resolve(scratch ?? outDir ?? join(root, 'build', 'release', version));
  try {
    for (const { file, sizeBytes, sha256 } of packAll(out, version, notes))
      console.log(`${sha256}  ${file}  ${(sizeBytes / 1024).toFixed(0)} KiB`);
  } finally {
    if (scratch) rmSync(scratch, { recursive: true, force: true });
  }
  if (isDry) {
    console.log(`\n${notes}\n\na dry run: nothing was changed`);
    return;
  }
  console.log(`\nIn ${out}. To publish:
  git commit -am 'release: ${version}' && git tag v${version}
  for file in ${join(out, '*.tgz')}; do npm publish "$file"; done
  git push --follow-tags`);
}

try {
  const { values, positionals } = parseArgs({
    options: {
      'dry-run': { type: 'boolean', default: false },
      out: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
  const [version] = positionals;
  if (values.help) console.log(usage);
  else if (!version || positionals.length > 1 || !isVersion(version)) throw new Error(usage);
  else release(version, values['dry-run'], values.out);
} catch (error) {
  console.error(`release: ${(error as Error).message}`);
  process.exitCode = 1;
}
