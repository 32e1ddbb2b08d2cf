import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Io } from '../cli/io.ts';
import { SemblanceError } from '../error.ts';

/** In a checkout the sources run as they are; images get what would be published. */
const isCheckout = import.meta.url.endsWith('.ts');

/**
 * The folders of our packages as they are published, built first in a checkout; none where they come from the registry.
 *
 * @param given a folder that has them already
 */
export async function buildOwnPackages(given: string | undefined, cache: string, io: Io): Promise<string[]> {
  if (given !== undefined) return packagesIn(resolve(given));
  if (!isCheckout) return [];
  io.err('building our packages');
  const out = join(cache, 'packages');
  const script = fileURLToPath(new URL('../../../../scripts/build.ts', import.meta.url));
  await promisify(execFile)(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    script,
    '--out',
    out,
  ]);
  return packagesIn(out);
}

async function packagesIn(dir: string): Promise<string[]> {
  const names = existsSync(dir) ? (await readdir(dir)).sort() : [];
  const dirs = names.map((name) => join(dir, name)).filter((path) => existsSync(join(path, 'package.json')));
  if (dirs.length > 0) return dirs;
  throw new SemblanceError(
    'PATH_NOT_FOUND',
    `there are no built packages in ${dir}: npm run build writes them`,
  );
}
