import { hashBytes } from '@semblance/core/files';
import type { CodeRecord } from '../model.ts';
import { type CodeTree, hashTree, TooMuchCode, treeOfFolder, treeOfRepository } from './code-tree.ts';
import { type Env, git, gitNames, repositoryOf, withScratchIndex } from './git.ts';
import { installedPackages } from './installed.ts';
import { isSecretFile, redactDiff } from './secret-scan.ts';

/** The code of a folder: what is recorded of it, and what is kept for a version to run. */
export interface RecordedCode {
  code: CodeRecord;
  /** What differs from the commit; '' where nothing does. */
  diff: string;
  /** null where versions run the folder as it is. */
  tree: CodeTree | null;
}

/**
 * Records the state of the code. In git: the commit, and everything that differs from it, new files included, as a diff
 * that `git apply` takes. Of installed packages: their versions and hashes. Anywhere else: one hash over its files. Neither
 * a repository nor its index is touched. Secrets are left out, and named.
 *
 * @param home the jobs' own folder, which is no code
 */
export async function recordCode(dir: string, home: string): Promise<RecordedCode> {
  const code = { dir, commit: null, branch: null, isDirty: false, diffSha256: null, leftOut: [] };
  const packages = await installedPackages(dir);
  if (packages) return { code: { ...code, packages }, diff: '', tree: null };
  const repository = await repositoryOf(dir);
  const root = repository?.root ?? dir;
  let tree: CodeTree | null = null;
  let inPlace: string | null = null;
  try {
    tree = await (repository ? treeOfRepository(root, home) : treeOfFolder(root, home));
  } catch (error) {
    if (!(error instanceof TooMuchCode)) throw error;
    inPlace = error.message;
  }
  const kept = {
    snapshot: tree && hashTree(tree),
    ...(inPlace === null ? {} : { inPlace }),
    notKept: tree?.notKept ?? [],
    leftOut: (tree?.notKept ?? []).map(({ path }) => path),
  };
  if (!repository) return { code: { ...code, ...kept }, diff: '', tree };
  const { commit, branch } = repository;
  const added = await gitNames(root, ['ls-files', '-z', '--others', '--exclude-standard']);
  const isKept = new Set(tree?.files.map(({ path }) => path));
  const { text: diff, redacted } = await redactDiff(
    await diffOf(
      root,
      added.filter((name) => isKept.has(name)),
    ),
  );
  const isDirty = diff !== '' || added.some((name) => kept.leftOut.includes(name));
  const diffSha256 = diff === '' ? null : hashBytes(diff);
  const record = { ...kept, dir: root, commit, branch, isDirty, diffSha256 };
  return { code: { ...record, ...(redacted.length > 0 ? { redacted } : {}) }, diff, tree };
}

/** What differs from the commit, without files that hold secrets by their names. */
function diffOf(root: string, added: readonly string[]): Promise<string> {
  return withScratchIndex(root, async (env) => {
    await git(root, ['read-tree', 'HEAD'], env);
    const changed = await gitNames(root, ['ls-files', '-z', '--modified', '--deleted']);
    const secrets = changed.filter(isSecretFile).map((name) => `:(exclude,top,literal)${name}`);
    await git(root, ['add', '--update', '--', '.', ...secrets], env);
    const names = added.map((name) => `${name}\0`).join('');
    if (names !== '') await git(root, ['update-index', '--add', '-z', '--stdin'], env, names);
    return git(root, ['diff', '--cached', '--binary', 'HEAD'], env);
  });
}

/** Tells the code of two versions apart: all that is recorded of it in one text; '' where nothing is. */
export function codeIdentity({ commit, diffSha256, snapshot, packages, notKept = [] }: CodeRecord): string {
  const beside = notKept.map(({ path, sizeBytes, sha256 }) => `${path} ${sha256 ?? sizeBytes}`).join('\n');
  const installed = Object.entries(packages ?? {}).map((entry) => entry.join(' '));
  const whole = [commit, diffSha256, commit === null ? snapshot : null, ...installed].filter(Boolean);
  return whole.length === 0 && beside === '' ? '' : [...whole, beside].join('\n');
}

/** The tree of a recorded state, in the scratch index. */
export async function treeOf(
  { code, diffFile }: { code: CodeRecord; diffFile: string },
  root: string,
  env: Env,
): Promise<string> {
  await git(root, ['read-tree', code.commit!], env);
  if (code.diffSha256 !== null) await git(root, ['apply', '--cached', '--whitespace=nowarn', diffFile], env);
  return (await git(root, ['write-tree'], env)).trim();
}
