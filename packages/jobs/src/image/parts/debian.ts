import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@semblance/core/files';
import type { Architecture } from '../oci/media.ts';
import { runProgram } from '../run-program.ts';

/** What an image of ours has from Debian: a C++ library, a shell with its tools, certificates, a font. */
export const slimPackages: readonly string[] = [
  'base-files',
  'base-passwd',
  'ca-certificates',
  'coreutils',
  'dash',
  'fonts-dejavu-core',
  'libc-bin',
  'libc6',
  'libgcc-s1',
  'libstdc++6',
  'tzdata',
  'util-linux',
];

/** Folders of the root that are links into /usr. */
export const mergedFolders = (architecture: Architecture): string[] =>
  architecture === 'amd64' ? ['bin', 'lib', 'lib64', 'sbin'] : ['bin', 'lib', 'sbin'];

/**
 * Unpacks packages into a folder that is not there yet. Their own scripts do not run, so that the result depends on the
 * packages alone and the other architecture needs no emulator; `finishDebian` does what the scripts of ours would do.
 *
 * @param archives folder of the package files
 */
export async function unpackDebs(
  archives: string,
  files: readonly string[],
  root: string,
  architecture: Architecture,
): Promise<void> {
  await rm(root, { recursive: true, force: true });
  for (const name of mergedFolders(architecture)) {
    await makeFolder(join(root, 'usr', name));
    await symlink(join('usr', name), join(root, name));
  }
  const tar = `${root}.tar`;
  for (const file of files) {
    await runProgram(['dpkg-deb', '--fsys-tarfile', join(archives, file)], { outputFile: tar });
    // links such as /bin stay what they are
    const kept = ['--keep-directory-symlink', '--no-same-owner', '-p'];
    await runProgram(['tar', '-x', '-f', tar, '-C', root, ...kept, ...unwanted]);
  }
  await rm(tar, { force: true });
}

/** Manuals and translations; licences stay. */
const unwanted = ['man', 'info', 'locale', 'lintian', 'bug', 'doc-base']
  .map((name) => `./usr/share/${name}/*`)
  .concat('./usr/share/doc/*/changelog*', './usr/share/doc/*/NEWS*', './usr/share/doc/*/README*')
  .map((pattern) => `--exclude=${pattern}`);
