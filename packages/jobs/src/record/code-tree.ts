import { createHash } from 'node:crypto';
import { type Dirent, lstatSync, readlinkSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { mapAhead } from '@semblance/core/async';
import { hashBytes, hashFile } from '@semblance/core/files';
import type { NotKept } from '../model.ts';
import { gitNames } from './git.ts';
import { isSecretFile, secretsIn } from './secret-scan.ts';

/** A file of the code as it is kept. */
export interface CodeFile {
  path: string;
  /** Whether it may be executed; links are told by their target. */
  mode: 'file' | 'program' | 'link';
  sizeBytes: number;
  /** Whole seconds, as archives keep them. */
  modifiedS: number;
  /** SHA-256, or git's own hash (`git:…`) of a file that is as git has it: that one need not be read. */
  hash: string;
}

/** What of a folder is code and kept, and what is used where it lies. */
export interface CodeTree {
  root: string;
  files: CodeFile[];
  /** Folders that a program may expect, but without code. */
  folders: string[];
  /** Paths below the root that are used in place: ignored by git, data, secrets. */
  linked: string[];
  /** Of those, files that may decide what a run does. */
  notKept: NotKept[];
}

/** A file that git does not know is code up to this size, and data beyond. */
const MAX_NEW_FILE_BYTES = 1 << 20;
/** Not even a file that git knows is copied for each version beyond this. */
const MAX_KEPT_FILE_BYTES = 64 << 20;
/** Outside of git: a folder of more files than this holds data. */
const MOST_FILES_IN_FOLDER = 1000;
const MOST_FILES = 20_000;
const MOST_BYTES = 512 << 20;
const FILES_AHEAD = 8;

/** Made anew by whoever needs them, from code that may be another then. */
const derived = new Set(['__pycache__']);
/** Of whole folders of packages and environments, what is in them is nobody's own code. */
const installed = new Set(['node_modules', '.git', '.hg', '.svn', '.venv', 'venv', '.tox']);

/** What git says of a file. */
interface KnownFile {
  mode: CodeFile['mode'] | null;
  hash: string;
}

const modes: Readonly<Record<string, CodeFile['mode']>> = {
  100644: 'file',
  100755: 'program',
  120000: 'link',
};

/** Why a folder is not kept, in words. */
export class TooMuchCode extends Error {}

/**
 * The code of a git repository: what it tracks, as it is in the folder, and new files that are not ignored.
 *
 * @param home the jobs' own folder, which may lie within
 * @throws TooMuchCode
 */
export async function treeOfRepository(root: string, home: string): Promise<CodeTree> {
  const tracked = new Map(
    (await gitNames(root, ['ls-files', '-z', '--stage'])).map((line) => {
      const [, mode, hash, name] = /^(\d+) ([0-9a-f]+) \d\t(.*)$/s.exec(line)!;
      return [name!, { mode: modes[mode!] ?? null, hash: `git:${hash}` }] as const;
    }),
  );
  const changed = new Set(await gitNames(root, ['ls-files', '-z', '--modified']));
  const added = await gitNames(root, ['ls-files', '-z', '--others', '--exclude-standard']);
  const ignored = await gitNames(root, [
    'ls-files',
    '-z',
    '--others',
    '--ignored',
    '--exclude-standard',
    '--directory',
  ]);
  const folders = await gitNames(root, ['ls-files', '-z', '--others', '--exclude-standard', '--directory']);
  const isHome = within(root, home);
  const names = [...tracked.keys(), ...added].filter((name) => !isHome(name));
  return assembleTree(root, names, {
    maxBytes: (name) => (tracked.has(name) ? MAX_KEPT_FILE_BYTES : MAX_NEW_FILE_BYTES),
    // what was committed is in the repository anyway, and holds no secret more
    known: (name) => (changed.has(name) ? null : (tracked.get(name) ?? null)),
    folders: folders.filter((name) => name.endsWith('/') && !isHome(name)).map(withoutSlash),
    linked: ['.git', ...ignored.map(withoutSlash)].filter((name) => !isHome(name)),
  });
}

/**
 * The code of a folder outside of git: its small files, but for hidden ones, packages, and folders of very many files.
 *
 * @throws TooMuchCode
 */
export async function treeOfFolder(root: string, home: string): Promise<CodeTree> {
  const names: string[] = [];
  const linked: string[] = [];
  const folders: string[] = [];
  const isHome = within(root, home);
  let numSeen = 0;
  async function visit(below: string): Promise<void> {
    let entries: Dirent[];
    try {
      entries = await readdir(join(root, below), { withFileTypes: true });
    } catch {
      linked.push(below); // not ours to read
      return;
    }
    numSeen += entries.length;
    if (below !== '' && entries.length > MOST_FILES_IN_FOLDER) {
      linked.push(below);
      return;
    }
    if (numSeen > MOST_FILES)
      throw new TooMuchCode(`it has more than ${MOST_FILES} files and is in no git repository`);
    folders.push(below);
    for (const entry of entries) {
      const path = join(below, entry.name);
      if (isHome(path)) continue;
      if (entry.name.startsWith('.') || installed.has(entry.name)) linked.push(path);
      else if (entry.isDirectory()) await visit(path);
      else names.push(path);
    }
  }
  await visit('');
  return assembleTree(root, names, {
    maxBytes: () => MAX_NEW_FILE_BYTES,
    known: () => null,
    folders: folders.filter((path) => path !== ''),
    linked,
  });
}

async function assembleTree(
  root: string,
  names: readonly string[],
  {
    maxBytes,
    known,
    folders,
    linked,
  }: {
    maxBytes(name: string): number;
    known(name: string): KnownFile | null;
    folders: string[];
    linked: readonly string[];
  },
): Promise<CodeTree> {
  const tree: CodeTree = { root, files: [], folders: [], linked: [], notKept: [] };
  const look = (path: string) => lookAt(root, path, maxBytes(path), known(path));
  let keptBytes = 0;
  if (names.length > MOST_FILES) throw new TooMuchCode(`it has more than ${MOST_FILES} files of code`);
  for await (const seen of mapAhead([...names].sort(), look, FILES_AHEAD)) {
    if (seen === null) continue;
    if ('mode' in seen) {
      keptBytes += seen.sizeBytes;
      tree.files.push(seen);
    } else {
      tree.linked.push(seen.path);
      if (seen.why !== '') tree.notKept.push(seen);
    }
    if (keptBytes > MOST_BYTES) throw new TooMuchCode(`its code is larger than ${MOST_BYTES >> 20} MiB`);
  }
  tree.linked.push(...linked.filter((path) => !path.split('/').some((part) => derived.has(part))));
  const full = new Set([...tree.files.map(({ path }) => path), ...tree.linked].flatMap(parentsOf));
  tree.folders = folders.filter((path) => !full.has(path));
  return tree;
}

async function lookAt(
  root: string,
  path: string,
  maxBytes: number,
  known: KnownFile | null,
): Promise<CodeFile | NotKept | null> {
  const full = join(root, path);
  const facts = lstatSync(full, { throwIfNoEntry: false });
  if (facts === undefined) return null; // deleted, but not yet for git
  const { size: sizeBytes } = facts;
  const modifiedS = Math.floor(facts.mtimeMs / 1000);
  if (facts.isSymbolicLink()) {
    const target = readlinkSync(full);
    const isInside = !target.startsWith('/') && isBelow(root, resolve(dirname(full), target));
    if (!isInside) return { path, sizeBytes: 0, sha256: null, why: '' };
    return { path, mode: 'link', sizeBytes, modifiedS, hash: hashBytes(target) };
  }
  // a repository within the repository, a pipe
  if (!facts.isFile()) return { path, sizeBytes: 0, sha256: null, why: '' };
  if (known?.mode && sizeBytes <= maxBytes)
    return { path, mode: known.mode, sizeBytes, modifiedS, hash: known.hash };
  if (isSecretFile(path)) return { path, sizeBytes, sha256: null, why: 'holds secrets, by its name' };
  try {
    if (sizeBytes > maxBytes)
      return { path, sizeBytes, sha256: await hashFile(full), why: 'too large for code' };
    const content = await readFile(full);
    const [secret] = await secretsIn(content.toString('latin1'));
    if (secret) return { path, sizeBytes, sha256: null, why: `holds ${secret.kind} in line ${secret.line}` };
    const mode = facts.mode & 0o100 ? 'program' : 'file';
    return { path, mode, sizeBytes, modifiedS, hash: hashBytes(content) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM')
      return { path, sizeBytes, sha256: null, why: 'cannot be read' };
    throw error;
  }
}

/** One hash over names, modes and contents. */
export const hashTree = ({ files }: Pick<CodeTree, 'files'>): string =>
  hashBytes(files.map(({ path, mode, hash }) => `${path}\0${mode}\0${hash}\n`).join(''));

/** The folders that a path lies in. */
function parentsOf(path: string): string[] {
  const parents: string[] = [];
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
    parents.push(path.slice(0, at));
  return parents;
}

const withoutSlash = (name: string): string => (name.endsWith('/') ? name.slice(0, -1) : name);

export const isBelow = (root: string, path: string): boolean =>
  path === root || path.startsWith(root.endsWith('/') ? root : `${root}/`);

/** Whether a path below `root` lies in the folder `inner`. */
function within(root: string, inner: string): (path: string) => boolean {
  if (!isBelow(root, inner) || inner === root) return () => false;
  const below = relative(root, inner);
  return (path) => isBelow(below, withoutSlash(path));
}

/** Whether an entry is a real folder: not a link to one. */
export const isFolder = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** The hash of a file as it is now, of the kind that was recorded; null where it is gone. */
export async function hashAgain(path: string, recorded: string): Promise<string | null> {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return null;
  if (!recorded.startsWith('git:')) return hashFile(path);
  const content = await readFile(path);
  const algorithm = recorded.length > 'git:'.length + 40 ? 'sha256' : 'sha1';
  return `git:${createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest('hex')}`;
}

export const isPackages = (path: string): boolean => basename(path) === 'node_modules';
