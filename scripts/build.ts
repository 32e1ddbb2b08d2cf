// Builds every package that is published: `npm run build` writes each, whole, to build/packages/<folder>.
//
// In the repository everything runs from TypeScript. What is published is JavaScript with its types: no sources, no tests.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkImports } from './packaging/check-imports.ts';
import { root, workspacePackages } from './packaging/packages.ts';
import { writePackage } from './packaging/write-package.ts';

/** Compiles the sources of all packages into `out/<folder>/src`. */
function compile(out: string): void {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const config = join(root, 'tsconfig.build.json');
  const { status } = spawnSync(process.execPath, [tsc, '-p', config, '--outDir', out], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the sources do not compile: see above');
}

const { values } = parseArgs({
  options: { out: { type: 'string', default: join(root, 'build', 'packages') } },
});
const out = resolve(values.out);
mkdirSync(dirname(out), { recursive: true });
// whoever reads the last build meanwhile finds it whole
const work = mkdtempSync(`${out}-`);
try {
  compile(join(work, 'compiled'));
  const packages = workspacePackages();
  for (const each of packages) {
    const dir = join(work, 'packages', each.folder);
    writePackage(each, join(work, 'compiled', each.folder, 'src'), dir);
    checkImports(dir);
  }
  rmSync(out, { recursive: true, force: true });
  renameSync(join(work, 'packages'), out);
  console.log(`${packages.map(({ json }) => json.name).join(', ')}: built in ${out}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
