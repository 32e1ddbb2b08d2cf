import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { hashBytes, hashFile } from '@semblance/core/files';

interface PackageFacts {
  name: string;
  version: string;
  dependencies?: Record<string, string>;
}

/**
 * The installed packages that a folder's code is of: the one it lies in, and those of the same scope that this needs. As
 * `version sha256`, by name: two copies of one version that were changed by hand are told apart.
 *
 * @returns null where the folder lies in no installed package
 */
export async function installedPackages(dir: string): Promise<Record<string, string> | null> {
  const parts = dir.split(sep);
  const at = parts.lastIndexOf('node_modules');
  if (at < 0) return null;
  const packages = parts.slice(0, at + 1).join(sep);
  const own = folderOf(dir, packages);
  if (own === null) return null;
  const found: Record<string, string> = {};
  const first = readFacts(own);
  const scopes = new Set([scopeOf(first.name), ...Object.keys(first.dependencies ?? {}).map(scopeOf)]);
  // of a program without a scope the packages of the scope of its own name are its parts: semblance, @semblance/face
  const isPart = (name: string): boolean =>
    scopes.has(scopeOf(name)) &&
    scopeOf(name) !== '' &&
    [scopeOf(first.name), `@${first.name}`].includes(scopeOf(name));
  async function visit(folder: string): Promise<void> {
    const { name, version, dependencies = {} } = readFacts(folder);
    if (found[name] !== undefined) return;
    found[name] = `${version} ${await hashFolder(folder)}`;
    for (const dependency of Object.keys(dependencies).filter(isPart)) {
      const inner = [join(folder, 'node_modules', dependency), join(packages, dependency)].find((path) =>
        existsSync(join(path, 'package.json')),
      );
      if (inner !== undefined) await visit(inner);
    }
  }
  await visit(own);
  return found;
}

const scopeOf = (name: string): string => (name.startsWith('@') ? name.slice(0, name.indexOf('/')) : '');

const readFacts = (folder: string): PackageFacts =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFacts;

/** The package's own folder that a path within it lies in. */
function folderOf(dir: string, packages: string): string | null {
  for (let folder = dir; folder.length > packages.length; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && readFacts(folder).name) return folder;
  }
  return null;
}

async function hashFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const inner = join(folder, 'node_modules') + sep;
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(inner))
    .sort();
  const lines: string[] = [];
  for (const path of paths) lines.push(`${path.slice(folder.length)}\0${await hashFile(path)}\n`);
  return hashBytes(lines.join('')).slice(0, 16);
}
