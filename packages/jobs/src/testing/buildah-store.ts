import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled } from '../executor/limits.ts';

/** Whether images can be built and run here: without an engine's service, as root. */
export const hasBuildah = process.getuid?.() === 0 && isInstalled('buildah');

/** What a suite that needs it says where it is skipped. */
export const needsBuildah = 'needs buildah and root: semblance setup tests installs it';

/**
 * Gives buildah a store of its own in a folder.
 *
 * @param driver vfs works everywhere and copies an image for each of its layers
 * @returns what its programs are told it by
 */
export function buildahStore(dir: string, driver: 'vfs' | 'overlay' = 'vfs'): Record<string, string> {
  const conf = join(dir, 'storage.conf');
  writeFileSync(
    conf,
    `[storage]\ndriver = "${driver}"\ngraphroot = "${dir}/store"\nrunroot = "${dir}/run"\n`,
  );
  return { CONTAINERS_STORAGE_CONF: conf, STORAGE_DRIVER: driver, BUILDAH_ISOLATION: 'chroot' };
}

/** The driver that keeps a layer once, where the file system of the folder can do that. */
export function bestDriver(dir: string): 'vfs' | 'overlay' {
  const at = (name: string): string => join(dir, 'overlay-probe', name);
  for (const name of ['lower', 'upper', 'work', 'root']) mkdirSync(at(name), { recursive: true });
  const options = `lowerdir=${at('lower')},upperdir=${at('upper')},workdir=${at('work')}`;
  const mount = ['mount', '-t', 'overlay', 'overlay', '-o', options, at('root')];
  return spawnSync('unshare', ['--mount', ...mount]).status === 0 ? 'overlay' : 'vfs';
}
