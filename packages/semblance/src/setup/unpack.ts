import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, type Env } from '@semblance/core';

const run = promisify(execFile);
const folderOf = (env: Env): string => cacheFolder(env, 'programs');

/**
 * A program of a Debian package: the system's, or the one that was taken out beside it; null where there is neither.
 *
 * @param path where the package puts it, as `/usr/sbin/nginx`
 */
export function findProgram(path: string, env: Env = process.env): string | null {
  return [path, join(folderOf(env), path)].find((candidate) => existsSync(candidate)) ?? null;
}

/**
 * Takes one program out of a Debian package into a folder of our own: nothing is installed, no service is started, and no
 * root is needed.
 *
 * @returns null, or what was said where it failed
 */
export async function takeOut(program: string, debian: string, env: Env): Promise<string | null> {
  const folder = folderOf(env);
  await mkdir(folder, { recursive: true });
  const download = await mkdtemp(join(folder, 'download-'));
  try {
    const get = () => run('apt-get', ['download', debian], { cwd: download });
    // what is in the lists may be gone from the archive, and a fresh machine has none
    await get().catch(() => run('apt-get', ['update']).then(get));
    const [file] = await readdir(download);
    const pipe = 'dpkg-deb --fsys-tarfile "$0" | tar --extract --directory="$1" ".$2"';
    await run('sh', ['-c', pipe, join(download, file!), folder, program]);
    return existsSync(join(folder, program)) ? null : `${debian} has no ${program}`;
  } catch (error) {
    return String((error as { stderr?: string }).stderr || error).trim();
  } finally {
    await rm(download, { recursive: true });
  }
}
