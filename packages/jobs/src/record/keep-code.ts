import { existsSync } from 'node:fs';
import { copyFile, link } from 'node:fs/promises';
import { writeFile } from '@semblance/core/files';
import { versionPaths } from '../home.ts';
import type { CodeRecord, Version } from '../model.ts';
import type { RecordedCode } from './code.ts';
import { keepSnapshot } from './snapshot.ts';

/** Puts what was recorded of the code into a version's folder: the diff, and the snapshot that its attempts run. */
export async function keepCode(
  home: string,
  version: Version,
  { code, diff, tree }: RecordedCode,
): Promise<CodeRecord> {
  const paths = versionPaths(home, version);
  if (diff !== '') await writeFile(paths.codeDiff, diff);
  const { isCodeInPlace = false } = version.spec;
  if (tree !== null) await keepSnapshot(tree, home, paths, { hasPack: !isCodeInPlace });
  return isCodeInPlace ? { ...code, inPlace: 'it was asked for' } : code;
}

/** Gives a version the code of the one it was made from. */
export async function inheritCode(
  home: string,
  parent: Version,
  version: Version,
): Promise<CodeRecord | null> {
  const [from, to] = [versionPaths(home, parent), versionPaths(home, version)];
  for (const name of ['codeDiff', 'codePack', 'codeList'] as const) {
    if (existsSync(from[name])) await link(from[name], to[name]).catch(() => copyFile(from[name], to[name]));
  }
  return parent.code;
}
