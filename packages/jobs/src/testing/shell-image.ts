import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildahStore } from './buildah-store.ts';

export interface ShellImage {
  name: string;
  /** What buildah is told: a store of its own, and what runs without anything of the system. */
  env: Record<string, string>;
  remove(): void;
}

const programs = ['sh', 'sleep', 'setsid', 'cat', 'env', 'mkdir', 'head', 'tr', 'touch', 'id'];
/** Shows that it ran, and makes way. */
const ENTRY = '#!/bin/sh\nexport IMAGE_GREETS=hello\nexec "$@"\n';

/** Builds an image of this machine's shell and a few programs, with an entry point. */
export async function shellImage(): Promise<ShellImage> {
  const dir = await mkdtemp(join(tmpdir(), 'semblance-image-'));
  const env = buildahStore(dir);
  const run = (program: string, ...args: string[]): string =>
    execFileSync(program, args, { env: { ...process.env, ...env }, encoding: 'utf8', stdio: 'pipe' }).trim();
  const root = join(dir, 'root');
  for (const name of ['bin', 'tmp', 'home']) mkdirSync(join(root, name), { recursive: true });
  for (const program of programs) {
    const path = run('sh', '-c', `command -v ${program}`);
    const files = [...run('ldd', path).matchAll(/(\/\S+)/g)].map(([, file]) => file!);
    copyFileSync(path, join(root, 'bin', program));
    for (const file of files) {
      mkdirSync(join(root, dirname(file)), { recursive: true });
      copyFileSync(file, join(root, file));
    }
  }
  writeFileSync(join(root, 'entry'), ENTRY);
  chmodSync(join(root, 'entry'), 0o755);
  const name = 'localhost/semblance-shell:1';
  const container = run('buildah', 'from', 'scratch');
  run('buildah', 'copy', '--quiet', container, root, '/');
  run(
    'buildah',
    'config',
    '--entrypoint',
    '["/entry"]',
    '--workingdir',
    '/home',
    '--env',
    'PATH=/bin',
    container,
  );
  run('buildah', 'commit', '--quiet', '--rm', container, name);
  return {
    name,
    env,
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
