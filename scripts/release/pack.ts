import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackages } from '../packaging/build-packages.ts';
import { setVersion } from './version.ts';

export interface Tarball {
  file: string;
  sizeBytes: number;
  sha256: string;
}

/** Builds every package in a version and writes the tarballs, `SHA256SUMS` and `NOTES.md` to a folder. */
export function packAll(out: string, version: string, notes: string): Tarball[] {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const work = join(out, 'packages');
  try {
    const built = buildPackages(work);
    for (const { dir } of built) setVersion(join(dir, 'package.json'), version);
    const dirs = built.map(({ dir }) => dir);
    execFileSync('npm', ['pack', '--silent', '--pack-destination', out, ...dirs], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  const tarballs = readdirSync(out)
    .filter((file) => file.endsWith('.tgz'))
    .sort()
    .map((file) => {
      const bytes = readFileSync(join(out, file));
      return { file, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    });
  // as `sha256sum --check` reads it
  writeFileSync(join(out, 'SHA256SUMS'), tarballs.map(({ sha256, file }) => `${sha256}  ${file}\n`).join(''));
  writeFileSync(join(out, 'NOTES.md'), `${notes}\n`);
  return tarballs;
}
