import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { makeFolder, writeFile } from '@semblance/core/files';
import { IMAGE_UID, imagePlaces } from '../places.ts';
import { runProgram } from '../run-program.ts';

const USER = 'semblance';

/** Names that stand for one of several packages, best first: what `update-alternatives` would choose. */
const alternatives: readonly { name: string; of: readonly string[] }[] = [
  { name: 'usr/bin/awk', of: ['usr/bin/mawk'] },
  ...['x86_64-linux-gnu', 'aarch64-linux-gnu'].flatMap((triplet) =>
    ['libblas.so.3', 'liblapack.so.3', 'libopenblas.so.0'].map((library) => ({
      name: `usr/lib/${triplet}/${library}`,
      of: ['openblas-openmp', 'openblas-pthread', 'openblas-serial', 'blas', 'lapack'].map(
        (folder) => `usr/lib/${triplet}/${folder}/${library}`,
      ),
    })),
  ),
];

/** Does in an unpacked root what the scripts of the packages would have done. */
export async function finishDebian(root: string): Promise<void> {
  await accounts(root);
  await certificates(root);
  for (const { name, of } of alternatives) {
    const target = of.find((path) => existsSync(join(root, path)));
    if (!target || existsSync(join(root, name))) continue;
    await symlink(relative(dirname(name), target), join(root, name));
  }
}

/** The system's accounts, and the one that images run as. */
async function accounts(root: string): Promise<void> {
  const masters = join(root, 'usr/share/base-passwd');
  if (!existsSync(masters)) return;
  const home = imagePlaces.home;
  const own = {
    passwd: `${USER}:x:${IMAGE_UID}:${IMAGE_UID}::${home}:/bin/sh\n`,
    group: `${USER}:x:${IMAGE_UID}:\n`,
  };
  for (const [file, line] of Object.entries(own)) {
    const system = (await readFile(join(masters, `${file}.master`), 'utf8')).replace(/:\*:/g, ':x:');
    await writeFile(join(root, 'etc', file), system + line);
  }
  await chmod(join(root, 'tmp'), 0o1777);
  await makeFolder(join(root, home));
}

/** One file with all certificates, which OpenSSL reads. */
async function certificates(root: string): Promise<void> {
  const dir = join(root, 'usr/share/ca-certificates');
  if (!existsSync(dir)) return;
  const names = (await readdir(dir, { recursive: true })).filter((name) => name.endsWith('.crt')).sort();
  const all = await Promise.all(names.map((name) => readFile(join(dir, name), 'utf8')));
  await makeFolder(join(root, 'etc/ssl/certs'));
  await writeFile(
    join(root, 'etc/ssl/certs/ca-certificates.crt'),
    all.map((text) => `${text.trimEnd()}\n`).join(''),
  );
}

/** The list of installed packages, which `dpkg -l` shows and scanners for known flaws read. */
export async function writePackageList(
  root: string,
  archives: string,
  files: readonly string[],
): Promise<void> {
  const dir = join(root, 'var/lib/dpkg');
  await rm(dir, { recursive: true, force: true });
  // what dpkg expects to be there when something is installed on top
  for (const name of ['info', 'triggers', 'updates']) await makeFolder(join(dir, name));
  const entries: string[] = [];
  for (const file of files) {
    const control = await runProgram(['dpkg-deb', '--field', join(archives, basename(file))]);
    entries.push(control.trimEnd().replace(/^Package: .*$/m, '$&\nStatus: install ok installed'));
  }
  await writeFile(join(dir, 'status'), `${entries.join('\n\n')}\n`);
}
