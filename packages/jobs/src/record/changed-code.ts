import { join } from 'node:path';
import type { VersionPaths } from '../home.ts';
import type { ChangedCode, CodeRecord } from '../model.ts';
import { hashAgain } from './code-tree.ts';
import { installedPackages } from './installed.ts';
import { readList } from './snapshot.ts';

/** What of the code that runs in place is not what was recorded: of a folder its files, of a program its packages. */
export async function changedCode(
  codeDir: string,
  { packages }: CodeRecord,
  { codeList }: VersionPaths,
): Promise<ChangedCode[]> {
  if (packages) {
    const now = (await installedPackages(codeDir)) ?? {};
    return Object.keys({ ...packages, ...now })
      .filter((name) => packages[name] !== now[name])
      .map((name) => ({ name, now: now[name] ?? null }));
  }
  const list = await readList(codeList);
  const changed: ChangedCode[] = [];
  for (const { path, mode, hash } of list?.files ?? []) {
    if (mode === 'link') continue;
    const now = await hashAgain(join(list!.root, path), hash);
    if (now !== hash) changed.push({ name: path, now });
  }
  return changed;
}
