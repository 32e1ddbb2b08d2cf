import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A network without any route but to itself. */
const alone = ['unshare', '-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
/** `--seccomp-bpf`: only the calls that are looked for are stopped at; without it everything takes ten times as long. */
const tracer = ['strace', '-f', '-qq', '--seccomp-bpf', '-e', 'trace=connect,sendto,sendmsg,sendmmsg'];

const runs = ([command, ...args]: readonly string[]): boolean =>
  spawnSync(command!, args, { stdio: 'ignore' }).status === 0;

/** Whether this machine can watch: Linux, with strace, ip and unshare, for users who may use them. */
export const canWatch =
  process.platform === 'linux' && runs([...alone, ...tracer, '-o', '/dev/null', 'true']);

/** What a suite says where it is skipped. */
export const needsTracer =
  'needs Linux with strace, ip and unshare (semblance setup tests installs them), and the right to use them';

export interface Watched {
  code: number;
  stdout: string;
  stderr: string;
  /** Calls that would have reached another machine, or looked up a name. */
  attempts: string[];
  /** Files in the home, the temporary and the working folder afterwards, by their paths in there. */
  left: string[];
}

/**
 * Runs a command, and all that it starts, in an empty home, temporary and working folder, with nothing in its
 * environment but those and PATH, and with no way to the network.
 */
export async function watch(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Watched> {
  const root = await mkdtemp(join(tmpdir(), 'semblance-silence-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const [log, place] = [join(root, 'calls'), join(root, 'place')];
  const folders = { HOME: join(place, 'home'), TMPDIR: join(place, 'tmp') };
  const cwd = join(place, 'cwd');
  for (const folder of [folders.HOME, folders.TMPDIR, cwd]) await mkdir(folder, { recursive: true });

  const [first, ...args] = [...alone, ...tracer, '-o', log, ...command];
  const options = { cwd, env: { PATH: process.env.PATH, ...folders, ...env }, maxBuffer: 1 << 26 };
  const ended = await new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(first!, args, options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
  const found = await readdir(place, { recursive: true, withFileTypes: true });
  return {
    ...ended,
    attempts: (await readFile(log, 'utf8')).split('\n').filter(leavesTheMachine),
    left: found
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(place.length + 1))
      .sort(),
  };
}

/** Whether a line of strace has an address of another machine in it, or of one who looks up names. */
export function leavesTheMachine(line: string): boolean {
  if (/htons\(53\)|systemd\/resolve/.test(line)) return true;
  if (/sa_family=AF_INET\b/.test(line)) return !/inet_addr\("127\./.test(line);
  if (/sa_family=AF_INET6/.test(line)) return !/"(::1|::ffff:127\.[\d.]+)"/.test(line);
  return false;
}
