import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';
import { root } from './packages.ts';

const web = join(root, 'packages', 'web');
const out = join(web, 'build');
const STAMP = 'sources.sha256';

/**
 * Builds the page into `packages/web/build` unless it is there already, made from these very sources.
 *
 * @returns the folder
 */
export async function buildPage(): Promise<string> {
  const fingerprint = fingerprintOfSources();
  if (stampOf(out) === fingerprint) return out;
  // whoever serves the last build meanwhile finds it whole
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'page-'));
  try {
    const outDir = join(work, 'new');
    await buildForUse(outDir);
    await compressFiles(outDir);
    writeFileSync(join(outDir, STAMP), fingerprint);
    // somebody else may have built the same meanwhile
    if (stampOf(out) === fingerprint) return out;
    try {
      renameSync(out, join(work, 'old'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    renameSync(outDir, out);
    return out;
  } catch (error) {
    if (stampOf(out) === fingerprint) return out;
    throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** React as it is used, whoever builds: under a test's NODE_ENV Vite would take the one that warns, of twice the size. */
async function buildForUse(outDir: string): Promise<void> {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    await build({ configFile: join(web, 'vite.config.ts'), logLevel: 'warn', build: { outDir } });
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

function stampOf(dir: string): string | null {
  try {
    return readFileSync(join(dir, STAMP), 'utf8');
  } catch {
    return null;
  }
}

/** The page, the client that is part of it, and the versions of what else is. */
function fingerprintOfSources(): string {
  const hash = createHash('sha256');
  const folders = [join(web, 'app'), join(root, 'packages', 'client', 'src')];
  const files = folders.flatMap((dir) =>
    readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  for (const file of [...files.sort(), join(web, 'package.json'), join(web, 'vite.config.ts')])
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Beside each file what a browser may take in its place; TLS or loopback for brotli, everywhere for gzip. */
async function compressFiles(dir: string): Promise<void> {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(html|js|css|svg|json)$/.test(file),
  );
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  for (const file of files) {
    const path = join(dir, file);
    const bytes = readFileSync(path);
    writeFileSync(`${path}.br`, await promisify(brotliCompress)(bytes, brotli));
    writeFileSync(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
  }
}
