import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { SemblanceError } from '../../error.ts';
import type { PlatformImage } from '../oci/image.ts';
import type { ImageLayout } from '../oci/layout.ts';
import { ownArchitecture } from '../oci/media.ts';
import { findProgram } from '../run-program.ts';
import { unpackImage } from './unpack.ts';

const isolate = fileURLToPath(new URL('isolate.sh', import.meta.url));
const watched = fileURLToPath(new URL('watched.sh', import.meta.url));

export interface Mount {
  from: string;
  /** Absolute path in the container. */
  to: string;
  isReadOnly?: boolean;
}

export interface RunOptions {
  /** Arguments of the entry point; those of the image without any. */
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  mounts?: readonly Mount[];
  /** In place of the image's entry point. */
  entrypoint?: string;
  workingDir?: string;
  /** Folder where images are unpacked. */
  unpacked: string;
}

/** A command line, its whole environment, and what removes what it leaves. */
export interface ContainerCommand {
  command: [string, ...string[]];
  env: Record<string, string>;
  /** Folder of the container's own, which is gone with it. */
  own: string;
  /** Folder that holds what the container has written. */
  written: string;
  remove(): Promise<void>;
}

/**
 * What runs an image without an engine. The image is unpacked once; a container has namespaces of its own for mounts and
 * processes, the machine's network, and a layer of its own for what it writes, which is gone afterwards.
 *
 * As root it runs as the image's user; as anybody else in a user namespace, where it runs as whoever called it.
 *
 * @throws OCI_UNSUPPORTED where the machine lacks `unshare`, or an emulator for the image's platform
 */
export async function containerCommand(
  layout: ImageLayout,
  image: PlatformImage,
  options: RunOptions,
): Promise<ContainerCommand> {
  const unshare = process.platform === 'linux' ? findProgram('unshare') : null;
  if (unshare === null)
    throw new SemblanceError('OCI_UNSUPPORTED', 'images run on Linux with unshare, or by docker or podman');
  const emulator = emulatorFor(image.architecture);
  const root = join(options.unpacked, image.descriptor.digest.replace(':', '-'));
  await unpackImage(layout, image, root);
  const own = await mkdtemp(join(tmpdir(), 'semblance-container-'));
  const { Entrypoint, Cmd, WorkingDir, User, Env } = image.config.config ?? {};
  const entry = options.entrypoint ? [options.entrypoint] : (Entrypoint ?? []);
  const words = options.args.length > 0 || options.entrypoint ? options.args : (Cmd ?? []);
  const isRoot = process.getuid?.() === 0;
  const mounts = (options.mounts ?? []).flatMap(({ from, to, isReadOnly }) => [
    ...['-m', resolve(from), to, isReadOnly ? 'ro' : 'rw'],
  ]);
  return {
    command: [
      unshare,
      ...(isRoot ? [] : ['--map-root-user']),
      ...['--mount', '--pid', '--fork', '--kill-child', '--', '/bin/sh', isolate, root, own],
      ...[isRoot ? (User ?? '0:0') : '0:0', options.workingDir ?? WorkingDir ?? '/', emulator],
      ...[...mounts, '--', ...entry, ...words],
    ],
    env: {
      ...Object.fromEntries(
        (Env ?? []).map((line) => [line.split('=', 1)[0], line.slice(line.indexOf('=') + 1)]),
      ),
      ...options.env,
    },
    own,
    written: join(own, 'written'),
    remove: () => rm(own, { recursive: true, force: true }),
  };
}

/** Runs an image with this process's streams; the container ends with this process. @returns its exit code */
export async function runImage(
  layout: ImageLayout,
  image: PlatformImage,
  options: RunOptions,
): Promise<number> {
  const { command, env, own, remove } = await containerCommand(layout, image, options);
  const child = spawn('/bin/sh', [watched, own, ...command], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env,
    // a group of its own: `unshare` passes no signal on
    detached: true,
  });
  const watcher = child.stdio[3] as Duplex;
  watcher.on('error', () => {}); // it was ended with the container
  const isWatched = new Promise<void>((over) => watcher.resume().once('close', over));
  const forward = (signal: NodeJS.Signals): void => void process.kill(-child.pid!, signal);
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, forward);
  try {
    return await new Promise<number>((done, fail) => {
      child.once('error', fail);
      child.once('exit', (code, signal) => {
        // by a signal `unshare` alone may have ended: then the watcher ends what is left
        watcher.end(code === null ? '' : 'over\n');
        // it has to find the container's folder
        void isWatched.then(() => done(code ?? 128 + constants.signals[signal!]));
      });
    });
  } finally {
    for (const signal of signals) process.off(signal, forward);
    await remove();
  }
}

/** The program that runs another platform's programs, to be found inside; `-` where none is needed. */
function emulatorFor(architecture: string): string {
  if (architecture === ownArchitecture()) return '-';
  const name = { arm64: 'qemu-aarch64-static', amd64: 'qemu-x86_64-static' }[architecture];
  const path = name ? findProgram(name) : null;
  if (path && existsSync(path)) return path;
  throw new SemblanceError(
    'OCI_UNSUPPORTED',
    `the image is for ${architecture}, and there is no emulator for it: apt-get install qemu-user-static`,
  );
}
