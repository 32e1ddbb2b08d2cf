import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkImports } from './check-imports.ts';
import { root, workspacePackages } from './packages.ts';
import { writePackage } from './write-package.ts';

export interface BuiltPackage {
  name: string;
  version: string;
  dir: string;
}

/**
 * Builds every package that is published, each whole in a folder of its own below `out`: JavaScript with its types, no
 * sources, no tests.
 *
 * @throws Error where the sources do not compile, or something would be published that imports what is not there
 */
export function buildPackages(out: string): BuiltPackage[] {
  mkdirSync(dirname(out), { recursive: true });
  // whoever reads the last build meanwhile finds it whole
  const work = mkdtempSync(`${out}-`);
  try {
    compile(join(work, 'compiled'));
    buildPage();
    const packages = workspacePackages();
    for (const each of packages) {
      const dir = join(work, 'packages', each.folder);
      writePackage(each, join(work, 'compiled', each.folder, 'src'), dir);
      checkImports(dir);
    }
    rmSync(out, { recursive: true, force: true });
    renameSync(join(work, 'packages'), out);
    return packages.map(({ folder, json: { name, version } }) => ({ name, version, dir: join(out, folder) }));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Builds the page that one of them brings. */
function buildPage(): void {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'build-web.ts')], {
    stdio: 'ignore',
  });
  if (status !== 0) throw new Error('the page does not build: npm run build:web says why');
}

/** Compiles the sources of all packages into `out/<folder>/src`. */
function compile(out: string): void {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const config = join(root, 'tsconfig.build.json');
  const { status } = spawnSync(process.execPath, [tsc, '-p', config, '--outDir', out], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the sources do not compile: see above');
}
