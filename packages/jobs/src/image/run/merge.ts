import { lstatSync, type Stats } from 'node:fs';
import { chmod, chown, readdir, readlink, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SemblanceError } from '../../error.ts';

/** Names by which a layer says what is gone of those below it. */
const GONE = '.wh.';
const ALL_GONE = '.wh..wh..opq';
/** Links that lead to links. */
const MOST_LINKS = 40;

/**
 * Lays an unpacked layer over a root: what it has replaces what is there, and what it says is gone goes. A folder of the
 * layer whose name is a link in the root (`/bin`) goes where the link leads, inside the root.
 *
 * @throws OCI_CORRUPT where that leads in a circle
 */
export async function mergeLayer(layer: string, root: string): Promise<void> {
  await mergeFolder(layer, root, root);
}

async function mergeFolder(from: string, to: string, root: string): Promise<void> {
  const names = await readdir(from);
  if (names.includes(ALL_GONE)) for (const name of await readdir(to)) await remove(join(to, name));
  for (const name of names.filter((each) => each.startsWith(GONE) && each !== ALL_GONE))
    await remove(join(to, name.slice(GONE.length)));
  for (const name of names.filter((each) => !each.startsWith(GONE))) {
    const source = join(from, name);
    const facts = lstatSync(source);
    const target = join(to, name);
    const folder = facts.isDirectory() ? await folderAt(target, root) : null;
    if (folder !== null) {
      await mergeFolder(source, folder, root);
      if (folder === target) await takeOver(folder, facts);
      continue;
    }
    await remove(target);
    await rename(source, target);
  }
}

async function takeOver(folder: string, { uid, gid, mode }: Stats): Promise<void> {
  if (process.getuid?.() === 0) await chown(folder, uid, gid);
  await chmod(folder, mode & 0o7777);
}

/** The folder that a path of the root leads to, link by link and never out of the root; null where it leads to none. */
async function folderAt(path: string, root: string): Promise<string | null> {
  const left = path.slice(root.length).split('/');
  let at = '/';
  let numLinks = 0;
  while (left.length > 0) {
    const next = join(at, left.shift()!);
    const facts = lstatSync(join(root, next), { throwIfNoEntry: false });
    if (facts?.isDirectory()) at = next;
    else if (facts?.isSymbolicLink()) {
      if (++numLinks > MOST_LINKS)
        throw new SemblanceError('OCI_CORRUPT', `links lead in a circle at ${path.slice(root.length)}`);
      const link = await readlink(join(root, next));
      if (link.startsWith('/')) at = '/';
      left.unshift(...link.split('/'));
    } else return null;
  }
  return join(root, at);
}

const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true });
