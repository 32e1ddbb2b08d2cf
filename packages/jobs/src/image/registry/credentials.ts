import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Env } from '@semblance/core';
import { readJsonFile } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';

/** A name and a password, or a token in its place. Never printed. */
export interface Credentials {
  user: string;
  password: string;
}

interface StoreFile {
  auths?: Record<string, { auth?: string; identitytoken?: string }>;
  credsStore?: string;
  credHelpers?: Record<string, string>;
}

/** How Docker's own registry is called in stores. */
const DOCKER_HUB = 'https://index.docker.io/v1/';

/**
 * Credentials for a registry from where the container engines keep them: `$REGISTRY_AUTH_FILE`,
 * `$XDG_RUNTIME_DIR/containers/auth.json`, `~/.config/containers/auth.json`, then Docker's `config.json`; also by their
 * credential helpers. null where none has any.
 *
 * @throws REGISTRY_DENIED where a credential helper fails
 */
export async function storedCredentials(
  registry: string,
  env: Env = process.env,
): Promise<Credentials | null> {
  for (const path of storeFiles(env)) {
    const store = (await readJsonFile(path)) as StoreFile | null;
    const found = store && (await credentialsIn(store, registry, env));
    if (found) return found;
  }
  return null;
}

/** `user:password` of standard input. @throws REGISTRY_DENIED where it is something else */
export function parseCredentials(text: string): Credentials {
  const line = text.trim();
  const at = line.indexOf(':');
  if (at > 0 && at < line.length - 1 && !line.includes('\n'))
    return { user: line.slice(0, at), password: line.slice(at + 1) };
  throw new SemblanceError('REGISTRY_DENIED', 'expected one line USER:PASSWORD on standard input');
}

function storeFiles(env: Env): string[] {
  const home = env.HOME || homedir();
  const config = env.XDG_CONFIG_HOME || join(home, '.config');
  return [
    env.REGISTRY_AUTH_FILE,
    env.XDG_RUNTIME_DIR && join(env.XDG_RUNTIME_DIR, 'containers', 'auth.json'),
    join(config, 'containers', 'auth.json'),
    join(env.DOCKER_CONFIG || join(home, '.docker'), 'config.json'),
  ].filter((path) => path !== undefined && path !== '') as string[];
}

async function credentialsIn(store: StoreFile, registry: string, env: Env): Promise<Credentials | null> {
  const names = namesOf(registry);
  for (const name of names) {
    const helper = store.credHelpers?.[name] ?? store.credsStore;
    const found = helper ? await fromHelper(helper, name, env) : null;
    if (found) return found;
    const entry = store.auths?.[name];
    if (entry?.auth) return parseCredentials(Buffer.from(entry.auth, 'base64').toString('utf8'));
  }
  return null;
}

/** The names a registry may have in a store. */
const namesOf = (registry: string): string[] => [
  registry,
  `https://${registry}`,
  `https://${registry}/v1/`,
  `https://${registry}/v2/`,
  ...(registry === 'docker.io' ? [DOCKER_HUB, 'index.docker.io'] : []),
];

/** Asks `docker-credential-NAME get`, as engines do. */
async function fromHelper(name: string, registry: string, env: Env): Promise<Credentials | null> {
  const program = `docker-credential-${name}`;
  if (!/^[\w.-]+$/.test(name)) return null;
  try {
    const run = promisify(execFile)(program, ['get'], { env: env as NodeJS.ProcessEnv });
    run.child.stdin!.end(registry);
    const { Username, Secret } = JSON.parse((await run).stdout) as { Username: string; Secret: string };
    return { user: Username, password: Secret };
  } catch (error) {
    // a helper that knows nothing of a registry says so and fails
    const { stdout = '', code } = error as { stdout?: string; code?: unknown };
    if (/not found/i.test(stdout)) return null;
    const why = code === 'ENOENT' ? 'it is not on this machine' : 'it failed';
    throw new SemblanceError(
      'REGISTRY_DENIED',
      `${program} was to give credentials for ${registry}, but ${why}`,
    );
  }
}
