import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '@semblance/core';
import { type Libtorch, namedLibtorch } from './libtorch.ts';

/** The version of the Node-API that the addon is written for: one build serves every Node that has it. */
export const NAPI_VERSION = 8;

/** The addon's C++ sources. */
export const nativeDir = fileURLToPath(new URL('../../native', import.meta.url));

/** In a checkout the addon lies beside its sources and what has not changed is not compiled again. */
export const isCheckout = import.meta.url.endsWith('.ts');
const checkoutDir = fileURLToPath(new URL('../../build', import.meta.url));

const FILE = 'torch.node';
const digest = (...parts: (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 12);
};

/** `$SEMBLANCE_HOME/addons`, or `semblance/addons` in the user's cache folder: a package's own folder may be read-only. */
function addonsDir(env: NodeJS.ProcessEnv): string {
  if (env.SEMBLANCE_HOME) return resolve(env.SEMBLANCE_HOME, 'addons');
  return resolve(cacheFolder(env, 'addons'));
}

/** The folder of all addons made of these sources for this platform, one for each libtorch. */
function familyDir(env: NodeJS.ProcessEnv): string {
  const sources = readdirSync(nativeDir)
    .filter((name) => /\.(cc|h)$/.test(name))
    .sort()
    .flatMap((name) => [name, readFileSync(join(nativeDir, name))]);
  return join(
    addonsDir(env),
    `napi${NAPI_VERSION}-${process.platform}-${process.arch}-${digest(...sources)}`,
  );
}

/** Where the addon for a libtorch is built: its version and folder tell it from others. */
export function addonPathFor({ version, lib }: Libtorch, env: NodeJS.ProcessEnv = process.env): string {
  if (isCheckout) return join(checkoutDir, FILE);
  return join(familyDir(env), `libtorch-${version}-${digest(lib)}`, FILE);
}

/**
 * The addon to load: the one that `$SEMBLANCE_TORCH_ADDON` names; the one for `$LIBTORCH` or the system's libtorch; else,
 * unless `$LIBTORCH` asks for another, the one built last. Null where none is built.
 */
export function findAddon(env: NodeJS.ProcessEnv = process.env): string | null {
  // in an image there are no headers to tell the libtorch by
  if (env.SEMBLANCE_TORCH_ADDON) return env.SEMBLANCE_TORCH_ADDON;
  if (isCheckout) return existsSync(join(checkoutDir, FILE)) ? join(checkoutDir, FILE) : null;
  const named = namedLibtorch(env);
  const exact = named && addonPathFor(named, env);
  if (exact && existsSync(exact)) return exact;
  if (env.LIBTORCH) return null;
  const family = familyDir(env);
  if (!existsSync(family)) return null;
  const built = readdirSync(family)
    .map((name) => join(family, name, FILE))
    .filter((path) => existsSync(path))
    .map((path) => ({ path, timeMs: statSync(path).mtimeMs }));
  return built.sort((a, b) => b.timeMs - a.timeMs)[0]?.path ?? null;
}
