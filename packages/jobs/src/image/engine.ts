import { rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Env } from '@semblance/core';
import { SemblanceError } from '../error.ts';
import type { ImageLayout } from './oci/layout.ts';
import { findProgram, runProgram } from './run-program.ts';

/** A program that builds and keeps images on this machine. */
export interface Engine {
  name: EngineName;
  path: string;
}

export const engineNames = ['podman', 'docker', 'buildah'] as const;
export type EngineName = (typeof engineNames)[number];

/** The engine of that name, or the first that is on this machine. @throws OCI_UNSUPPORTED where the named one is not */
export function findEngine(name: EngineName | undefined, env: Env = process.env): Engine | null {
  for (const each of name ? [name] : engineNames) {
    const path = findProgram(each, env);
    if (path) return { name: each, path };
  }
  if (!name) return null;
  throw new SemblanceError('OCI_UNSUPPORTED', `there is no ${name} on this machine`);
}

/** Options before an engine's command: without overlayfs or a user's session, what always works. */
export function engineOptions({ name }: Engine, env: Env = process.env): string[] {
  return name !== 'docker' && env.STORAGE_DRIVER ? ['--storage-driver', env.STORAGE_DRIVER] : [];
}

/** Puts an image of a layout into an engine's own store. */
export async function loadIntoEngine(engine: Engine, layout: ImageLayout, name: string): Promise<void> {
  const options = engineOptions(engine);
  if (engine.name === 'docker') {
    // a layout as an archive is what Docker 25 and later load
    const tar = `tar -C "$1" -c oci-layout index.json blobs | "$0" load`;
    await runProgram(['/bin/sh', '-c', tar, engine.path, layout.dir]);
    return;
  }
  // podman and buildah name what they pull after its folder, and take small letters only
  const link = join(tmpdir(), `semblance-load-${process.pid}`);
  await symlink(layout.dir, link);
  try {
    const id = await runProgram([engine.path, ...options, 'pull', '-q', `oci:${link}:${name}`]);
    await runProgram([engine.path, ...options, 'tag', id.trim(), name]);
  } finally {
    await rm(link);
  }
}
