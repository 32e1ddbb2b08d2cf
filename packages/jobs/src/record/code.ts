import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { lstat, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { hashBytes, writeFile } from '@semblance/core/files';
import type { CodeRecord } from '../model.ts';

const run = promisify(execFile);
const MAX_DIFF_BYTES = 64 << 20;
/** New files beyond this are data rather than code: they are named, not kept. */
const MAX_NEW_FILE_BYTES = 1 << 20;

/**
 * Records the state of the code: the commit, and everything that differs from it, new files included, as a diff that
 * `git apply` takes. Neither the repository nor its index is touched.
 *
 * A folder that is in no git repository is recorded as such.
 */
export async function recordCode(dir: string, diffFile: string): Promise<CodeRecord> {
  const nothing = { dir, commit: null, branch: null, isDirty: false, diffSha256: null, leftOut: [] };
  const commit = await git(dir, ['rev-parse', '--verify', 'HEAD']).catch(() => null);
  if (commit === null) return nothing;
  const root = (await git(dir, ['rev-parse', '--show-toplevel'])).trim();
  const branch = (await git(dir, ['rev-parse', '--abbrev-ref', 'HEAD'])).trim();
  return withScratchIndex(root, async (env) => {
    await git(root, ['read-tree', 'HEAD'], env);
    await git(root, ['add', '--update', '.'], env);
    const { kept, leftOut } = await newFiles(root);
    if (kept.length > 0)
      await git(
        root,
        ['update-index', '--add', '-z', '--stdin'],
        env,
        kept.map((name) => `${name}\0`).join(''),
      );
    const diff = await git(root, ['diff', '--cached', '--binary', 'HEAD'], env);
    if (diff !== '') await writeFile(diffFile, diff);
    return {
      dir: root,
      commit: commit.trim(),
      branch: branch === 'HEAD' ? null : branch,
      isDirty: diff !== '' || leftOut.length > 0,
      diffSha256: diff === '' ? null : hashBytes(diff),
      leftOut,
    };
  });
}

/**
 * What changed in the code from one version to another, as a diff; null where that cannot be told, since they are of
 * different repositories or a commit is not there any more.
 */
export async function diffCode(from: CodeAt, to: CodeAt): Promise<string | null> {
  const isSame = from.code.commit === to.code.commit && from.code.diffSha256 === to.code.diffSha256;
  if (isSame) return '';
  if (from.code.commit === null || to.code.commit === null || !existsSync(to.code.dir)) return null;
  return withScratchIndex(to.code.dir, async (env) => {
    try {
      const trees = [await treeOf(from, to.code.dir, env), await treeOf(to, to.code.dir, env)];
      return await git(to.code.dir, ['diff', '--stat', '--patch', ...trees], env);
    } catch {
      return null; // the commit is in another repository, or was pruned
    }
  });
}

export interface CodeAt {
  code: CodeRecord;
  diffFile: string;
}

async function treeOf({ code, diffFile }: CodeAt, root: string, env: Env): Promise<string> {
  await git(root, ['read-tree', code.commit!], env);
  if (code.diffSha256 !== null) await git(root, ['apply', '--cached', '--whitespace=nowarn', diffFile], env);
  return (await git(root, ['write-tree'], env)).trim();
}

type Env = Readonly<Record<string, string>>;

/** An index and an object folder of our own beside those of the repository, which are only read. */
async function withScratchIndex<T>(root: string, action: (env: Env) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'semblance-code-'));
  try {
    const objects = resolve(root, (await git(root, ['rev-parse', '--git-path', 'objects'])).trim());
    return await action({
      GIT_INDEX_FILE: join(scratch, 'index'),
      GIT_OBJECT_DIRECTORY: scratch,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function newFiles(root: string): Promise<{ kept: string[]; leftOut: string[] }> {
  const listed = await git(root, ['ls-files', '-z', '--others', '--exclude-standard']);
  const kept: string[] = [];
  const leftOut: string[] = [];
  for (const name of listed.split('\0')) {
    if (name === '') continue;
    const { size } = await lstat(join(root, name));
    (size <= MAX_NEW_FILE_BYTES ? kept : leftOut).push(name);
  }
  return { kept, leftOut };
}

async function git(dir: string, args: readonly string[], env: Env = {}, input?: string): Promise<string> {
  const running = run('git', ['-C', dir, ...args], {
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', ...env },
    maxBuffer: MAX_DIFF_BYTES,
  });
  // git does not wait for input that it does not read
  running.child.stdin?.on('error', () => {});
  running.child.stdin?.end(input ?? '');
  return (await running).stdout;
}
