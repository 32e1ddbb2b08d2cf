import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { root, type WorkspacePackage } from './packages.ts';
import { publishedJson, rewriteDeclaration, rewriteProgram, speaksOfNode } from './rewrite.ts';

/** Folders and files of a package's sources that only its tests use. */
const isTestOnly = (path: string): boolean => /(^|\/)(testing|fixtures)(\/|$)|-suite\./.test(path);

const filesIn = (dir: string): string[] =>
  existsSync(dir)
    ? readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) =>
        statSync(join(dir, path)).isFile(),
      )
    : [];

/**
 * Writes a package as it is published.
 *
 * @param compiled what the compiler made of its src/
 * @param out a folder that is not there yet
 */
export function writePackage({ dir, json }: WorkspacePackage, compiled: string, out: string): void {
  const dist = join(out, 'dist');
  mkdirSync(dist, { recursive: true });
  let needsNodeTypes = false;
  for (const path of filesIn(compiled)) {
    const source = readFileSync(join(compiled, path), 'utf8');
    const isDeclaration = path.endsWith('.d.ts');
    if (isDeclaration && speaksOfNode(source)) needsNodeTypes = true;
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    writeFileSync(join(dist, path), isDeclaration ? rewriteDeclaration(source) : source);
  }
  copyWhatRuns(join(dir, 'src'), dist);
  const programs = Object.values(json.bin ?? {}).filter((path) => !path.startsWith('./src/'));
  for (const name of [...programs, ...(json.files ?? [])]) copyListed(join(dir, name), join(out, name));
  const published = publishedJson(json, needsNodeTypes);
  if (needsNodeTypes) nameNodeTypes(published.exports ?? {}, out);
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  const readme = join(dir, 'README.md');
  copyFileSync(existsSync(readme) ? readme : join(root, 'README.md'), join(out, 'README.md'));
  copyFileSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
}

/** Shell scripts and the like lie among the sources, beside the module that starts them. */
function copyWhatRuns(src: string, dist: string): void {
  for (const path of filesIn(src)) {
    if (path.endsWith('.ts') || isTestOnly(path)) continue;
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    copyFileSync(join(src, path), join(dist, path));
  }
}

/** What package.json names under `bin` and `files`; programs import dist where they imported src. */
function copyListed(from: string, to: string): void {
  if (!existsSync(from)) throw new Error(`package.json lists ${from}, which does not exist`);
  cpSync(from, to, { recursive: true });
  for (const path of statSync(to).isFile() ? [''] : filesIn(to)) {
    const file = join(to, path);
    if (/\.m?js$/.test(file)) writeFileSync(file, rewriteProgram(readFileSync(file, 'utf8')));
  }
}

/** TypeScript 6 and later look at `@types` only where they are named. */
function nameNodeTypes(exports: Record<string, unknown>, out: string): void {
  for (const entry of Object.values(exports)) {
    const { types } = (typeof entry === 'object' ? entry : {}) as { types?: string };
    if (!types) continue;
    const file = join(out, types);
    writeFileSync(file, `/// <reference types="node" />\n${readFileSync(file, 'utf8')}`);
  }
}
