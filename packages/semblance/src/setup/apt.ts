import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Whether packages can be installed from here: as root on Debian and Ubuntu. */
export const canInstall = (): boolean => hasApt() && process.getuid?.() === 0;

export const hasApt = (): boolean => existsSync('/usr/bin/apt-get');

/** What a person types to install packages. */
export const installCommand = (packages: readonly string[]): string =>
  `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;

/**
 * Installs packages of Debian or Ubuntu.
 *
 * @param onProgress called with how much is done, 0 to 1, and with what is being done
 * @returns null, or what apt-get said where it failed
 */
export async function install(
  packages: readonly string[],
  onProgress: (share: number, what: string) => void,
): Promise<string | null> {
  // what is in the lists may be gone from the archive
  return (
    (await aptGet(['update'], () => {})) ??
    (await aptGet(['install', '-y', '--no-install-recommends', 'ca-certificates', ...packages], onProgress))
  );
}

async function aptGet(
  args: readonly string[],
  onProgress: (share: number, what: string) => void,
): Promise<string | null> {
  const child = spawn('apt-get', ['-o', 'APT::Status-Fd=3', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream!.on('data', (data) => said.push(String(data)));
  // `pmstatus:libtorch1.13:56.25:Unpacking libtorch1.13`; downloading is the first half
  createInterface({ input: child.stdio[3] as Readable }).on('line', (line) => {
    const [kind, , percent, ...what] = line.split(':');
    const share = Number(percent) / 100;
    if (Number.isFinite(share)) onProgress(kind === 'dlstatus' ? share / 2 : 0.5 + share / 2, what.join(':'));
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  return code === 0 ? null : `apt-get ${args[0]} ended with ${code}:\n${said.join('').trim()}`;
}
