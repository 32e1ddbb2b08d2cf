import { spawn } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, realpathSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { copyFile, link, readFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { hashBytes, makeFolder, writeFileAside } from '@semblance/core/files';
import { storePaths, type VersionPaths } from '../home.ts';
import { type CodeTree, isBelow, isFolder, isPackages } from './code-tree.ts';

const PACK = '.tar.gz';
const LIST = '.json';

/** What an archive of code holds, and what belongs beside it. */
export type SnapshotList = Omit<CodeTree, 'notKept'>;

/**
 * Keeps the code for a version: an archive, for one that runs it, and a list of what is in it. Versions of the same code share both, as hard
 * links, so that the last one to go takes them along.
 */
export async function keepSnapshot(
  { notKept: _, ...tree }: CodeTree,
  home: string,
  { codePack, codeList }: VersionPaths,
  { hasPack }: { hasPack: boolean },
): Promise<void> {
  const list = JSON.stringify(tree satisfies SnapshotList);
  const { code: pool } = storePaths(home);
  const pack = join(pool, hashBytes(list) + PACK);
  const listing = join(pool, hashBytes(list) + LIST);
  await makeFolder(pool);
  // another version may go at any moment, and take the shared files along
  for (let attempt = 0; ; attempt++) {
    if (hasPack && statSync(pack, { throwIfNoEntry: false }) === undefined) await writePack(tree, pack);
    if (statSync(listing, { throwIfNoEntry: false }) === undefined) await writeFileAside(listing, list);
    try {
      if (hasPack) await share(pack, codePack);
      await share(listing, codeList);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt > 2) throw error;
    }
  }
}

async function share(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  await link(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw error;
    return copyFile(from, to); // a file system without links
  });
}

async function writePack({ root, files }: SnapshotList, path: string): Promise<void> {
  const part = `${path}.${process.pid}`;
  const names = files.map((file) => `${file.path}\0`).join('');
  try {
    const args = ['--create', '--gzip', `--file=${part}`, `--directory=${root}`, '--no-recursion'];
    await tar([...args, '--null', '--verbatim-files-from', '--files-from=-'], names);
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

/** Removes what no version shares any more. */
export function pruneSnapshots(home: string): void {
  const { code } = storePaths(home);
  if (!isFolder(code)) return;
  for (const name of readdirSync(code)) {
    if (!name.endsWith(PACK) && !name.endsWith(LIST)) continue;
    if (lstatSync(join(code, name), { throwIfNoEntry: false })?.nlink !== 1) continue;
    rmSync(join(code, name), { force: true });
    rmSync(join(code, name.slice(0, name.indexOf('.'))), { recursive: true, force: true });
  }
}

/** Where the code of a version lies while it runs, and where it came from. */
export interface OpenSnapshot {
  dir: string;
  root: string;
}

/**
 * Lays the code of a version out as it was kept. Its files lie in one folder for all versions of the same code, and each
 * version has a folder of links to them: what it writes there is its own. What is not kept is linked to where it lies.
 *
 * @returns null where the version has no snapshot
 */
export async function openSnapshot(home: string, paths: VersionPaths): Promise<OpenSnapshot | null> {
  const { code, codePack, codeList } = paths;
  const text = existsSync(codePack) ? await readFile(codeList, 'utf8') : null;
  if (text === null) return null;
  const list = JSON.parse(text) as SnapshotList;
  const shared = join(storePaths(home).code, hashBytes(text));
  if (!isWhole(list, shared)) await layOut(list, codePack, shared);
  await makeFolder(code);
  for (const name of readdirSync(shared)) {
    if (list.folders.includes(name)) await makeFolder(join(code, name));
    else await symlink(join(shared, name), join(code, name)).catch(ignoreExisting);
  }
  return { dir: code, root: list.root };
}

/** Whether a run has left the files as they were laid out. */
function isWhole({ files }: SnapshotList, dir: string): boolean {
  return (
    isFolder(dir) &&
    files.every(({ path, mode, sizeBytes, modifiedS }) => {
      const facts = lstatSync(join(dir, path), { throwIfNoEntry: false });
      if (mode === 'link') return facts?.isSymbolicLink() ?? false;
      return facts?.size === sizeBytes && Math.floor(facts.mtimeMs / 1000) === modifiedS;
    })
  );
}

async function layOut(list: SnapshotList, pack: string, dir: string): Promise<void> {
  // over one that was damaged: others may be running from it
  const to = isFolder(dir) ? dir : `${dir}.${process.pid}`;
  await unpackSnapshot(pack, to);
  for (const folder of list.folders) await makeFolder(join(to, folder));
  for (const path of list.linked) await linkIn(list.root, to, dir, path);
  if (to === dir) return;
  await rename(to, dir).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    await rm(to, { recursive: true }); // another version was faster
  });
}

/** Lays the kept files out in a folder. */
export async function unpackSnapshot(pack: string, dir: string): Promise<void> {
  await makeFolder(dir);
  await tar(['--extract', '--gzip', `--file=${pack}`, `--directory=${dir}`, '--no-same-owner']);
}

/** @param code where it is laid out, and `later` what that will be called */
async function linkIn(root: string, code: string, later: string, path: string): Promise<void> {
  const [from, to] = [join(root, path), join(code, path)];
  if (isPackages(path) && isFolder(from)) return linkPackages(root, code, later, path);
  if (!lstatSync(from, { throwIfNoEntry: false })) return;
  await makeFolder(dirname(to));
  await symlink(from, to).catch(ignoreExisting);
}

/** Packages of a workspace are code of the repository, and are found in the snapshot. */
async function linkPackages(root: string, code: string, later: string, path: string): Promise<void> {
  await makeFolder(join(code, path));
  for (const name of readdirSync(join(root, path))) {
    const below = join(path, name);
    const from = join(root, below);
    if (name.startsWith('@') && isFolder(from)) await linkPackages(root, code, later, below);
    else {
      const real = lstatSync(from).isSymbolicLink() ? realpathOrNull(from) : null;
      const own = real !== null && isBelow(root, real) ? relative(root, real) : null;
      const isOwn = own !== null && isFolder(join(code, own));
      await symlink(isOwn ? join(later, own) : from, join(code, below)).catch(ignoreExisting);
    }
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

function realpathOrNull(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null; // a link to nothing
  }
}

/**
 * Takes a version's links to its code away again, and leaves what the run has written beside them.
 *
 * @returns the files that stay, below the folder
 */
export function closeSnapshot({ code }: VersionPaths): string[] {
  const stays: string[] = [];
  if (isFolder(code)) clear(code, '', stays);
  return stays;
}

/** Removes links and empty folders. */
function clear(dir: string, below: string, stays: string[]): void {
  for (const entry of readdirSync(join(dir, below), { withFileTypes: true })) {
    const path = join(below, entry.name);
    if (entry.isSymbolicLink()) rmSync(join(dir, path));
    else if (entry.isDirectory()) clear(dir, path, stays);
    else stays.push(path);
  }
  if (readdirSync(join(dir, below)).length === 0) rmdirSync(join(dir, below));
}

export async function readList(path: string): Promise<SnapshotList | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as SnapshotList;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Files that change while they are read are 1 for tar: they are as good as any. */
const fine: readonly (number | null)[] = [0, 1];

function tar(args: readonly string[], input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('tar', args, { stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk));
    child.stdin.on('error', () => {});
    child.on('error', reject);
    child.on('close', (status) =>
      fine.includes(status) ? resolve() : reject(new Error(`tar ended with ${status}: ${said.trim()}`)),
    );
    child.stdin.end(input);
  });
}
