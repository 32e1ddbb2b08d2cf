import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

export interface ImportOf {
  specifier: string;
  /** `import type`, or an import that holds types alone. */
  isType: boolean;
  /** `import('…')` in an expression. */
  isDynamic: boolean;
}

export interface SourceFile {
  /** Below the repository's root. */
  path: string;
  imports: ImportOf[];
}

/** From the ground up. */
export const packageNames = [
  'core',
  'client',
  'torch',
  'face',
  'lab',
  'synthetic',
  'train',
  'jobs',
  'web',
  'serve',
  'semblance',
] as const;
export type PackageName = (typeof packageNames)[number];

export interface PackageJson {
  name: string;
  exports?: Record<string, unknown>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

export const readJson = <T>(path: string): T => JSON.parse(readFileSync(join(root, path), 'utf8')) as T;
export const packageJson = (name: PackageName): PackageJson => readJson(`packages/${name}/package.json`);

/** Every TypeScript file of a package, with what it imports. */
export function sourceFiles(name: PackageName): SourceFile[] {
  const dir = join(root, 'packages', name, 'src');
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(dir, file))
    .map((file) => ({ path: relative(root, file), imports: importsOf(readFileSync(file, 'utf8')) }));
}

/** The imports and re-exports of a file, found by their form. */
export function importsOf(source: string): ImportOf[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const found: ImportOf[] = [];
  const statement = /^\s*(import|export)\s+(type\s+)?((?:[^'"`;]*?\s)?from\s*)?['"]([^'"\n]+)['"]/gm;
  for (const [, keyword, type, clause, specifier] of code.matchAll(statement)) {
    if (keyword === 'export' && clause === undefined) continue;
    const names = /\{([^}]*)\}/
      .exec(clause ?? '')?.[1]
      ?.split(',')
      .filter((name) => name.trim() !== '');
    const hasDefault = /^\s*[\w$*]/.test(clause ?? '') && !/^\s*from/.test(clause ?? '');
    const typesOnly = !hasDefault && names !== undefined && names.every((name) => /^\s*type\s/.test(name));
    found.push({ specifier: specifier!, isType: type !== undefined || typesOnly, isDynamic: false });
  }
  for (const [, before, specifier] of code.matchAll(/(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]/g)) {
    found.push({ specifier: specifier!, isType: before !== undefined, isDynamic: true });
  }
  return found;
}
