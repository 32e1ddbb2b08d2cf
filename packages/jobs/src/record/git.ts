import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 64 << 20;

export type Env = Readonly<Record<string, string>>;

/** Runs git in a folder without its optional locks; gives what it prints. */
export async function git(
  dir: string,
  args: readonly string[],
  env: Env = {},
  input?: string,
): Promise<string> {
  const running = run('git', ['-C', dir, ...args], {
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', ...env },
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  // git does not wait for input that it does not read
  running.child.stdin?.on('error', () => {});
  running.child.stdin?.end(input ?? '');
  return (await running).stdout;
}

/** The names that a command of git prints with `-z`. */
export const gitNames = async (dir: string, args: readonly string[]): Promise<string[]> =>
  (await git(dir, args)).split('\0').filter((name) => name !== '');

/** The repository that a folder lies in; null where it is in none, or in one without a commit. */
export async function repositoryOf(
  dir: string,
): Promise<{ root: string; commit: string; branch: string | null } | null> {
  const commit = await git(dir, ['rev-parse', '--verify', 'HEAD']).catch(() => null);
  if (commit === null) return null;
  const root = (await git(dir, ['rev-parse', '--show-toplevel'])).trim();
  const branch = (await git(dir, ['rev-parse', '--abbrev-ref', 'HEAD'])).trim();
  return { root, commit: commit.trim(), branch: branch === 'HEAD' ? null : branch };
}

/** An index and an object folder of our own beside those of the repository, which are only read. */
export async function withScratchIndex<T>(root: string, action: (env: Env) => Promise<T>): Promise<T> {
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
