import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VersionPaths } from '../home.ts';
import type { CodeRecord } from '../model.ts';
import { codeIdentity, treeOf } from '../record/code.ts';
import { git, withScratchIndex } from '../record/git.ts';
import { unpackSnapshot } from '../record/snapshot.ts';

export interface CodeAt {
  code: CodeRecord;
  diffFile: string;
  /** Where its snapshot lies, if it has one. */
  paths?: Pick<VersionPaths, 'codePack'>;
}

/**
 * What changed in the code from one version to another, as a diff, with a line for each file that is not kept and is
 * another one; null where that cannot be told: a commit is not there any more, and neither are the snapshots.
 */
export async function diffCode(from: CodeAt, to: CodeAt): Promise<string | null> {
  if (codeIdentity(from.code) === codeIdentity(to.code)) return codeIdentity(to.code) === '' ? null : '';
  const diff = (await diffCommits(from, to)) ?? (await diffSnapshots(from, to));
  const beside = diffBeside(from.code, to.code);
  return diff === null && beside === '' ? null : beside + (diff ?? '');
}

async function diffCommits(from: CodeAt, to: CodeAt): Promise<string | null> {
  const { dir } = to.code;
  if (from.code.commit === null || to.code.commit === null || !existsSync(dir)) return null;
  return withScratchIndex(dir, async (env) => {
    const trees = [await treeOf(from, dir, env), await treeOf(to, dir, env)];
    return git(dir, ['diff', '--stat', '--patch', ...trees], env);
  }).catch(() => null); // the commit is in another repository, or was pruned
}

/** Outside of git, and where a commit is gone: the kept files themselves. */
async function diffSnapshots(from: CodeAt, to: CodeAt): Promise<string | null> {
  const packs = [from, to].map(({ paths }) => paths?.codePack);
  if (!packs.every((pack): pack is string => pack !== undefined && existsSync(pack))) return null;
  const scratch = await mkdtemp(join(tmpdir(), 'semblance-diff-'));
  try {
    for (const [i, pack] of packs.entries()) await unpackSnapshot(pack, join(scratch, 'ab'[i]!));
    const args = ['diff', '--no-index', '--no-prefix', '--stat', '--patch', 'a', 'b'];
    // it ends with 1 where there is a difference
    return await git(scratch, args).catch((error: { code?: number; stdout?: string }) => {
      if (error.code === 1 && error.stdout !== undefined) return error.stdout;
      throw error;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Files that are not in the diff: their names, and that they are others. */
function diffBeside(from: CodeRecord, to: CodeRecord): string {
  const byPath = ({ notKept = [] }: CodeRecord) => new Map(notKept.map((file) => [file.path, file]));
  const [before, after] = [byPath(from), byPath(to)];
  const lines = [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((path) => {
    const [a, b] = [before.get(path), after.get(path)];
    if (!a || !b) return [`# ${path} (not kept): ${a ? 'gone' : 'new'}\n`];
    const isSame = a.sha256 === b.sha256 && a.sizeBytes === b.sizeBytes;
    return isSame ? [] : [`# ${path} (not kept): ${a.sizeBytes} bytes, then ${b.sizeBytes} others\n`];
  });
  const packages = (code: CodeRecord): string =>
    Object.entries(code.packages ?? {})
      .map((entry) => `# ${entry.join(' ')}\n`)
      .join('');
  const [installedBefore, installedAfter] = [packages(from), packages(to)];
  if (installedBefore === installedAfter) return lines.join('');
  return `${lines.join('')}# before\n${installedBefore}# after\n${installedAfter}`;
}
