import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Environment variables: `process.env`, or what a caller gives in its place. */
export type Env = Readonly<Record<string, string | undefined>>;

/**
 * The absolute path of a place in the folder where all that outlives a command is kept: `$SEMBLANCE_HOME`, or `~/.semblance`.
 *
 * @param env environment variables, such as `process.env`
 * @param parts folders and a name below it
 * @example
 * ```ts
 * import { semblanceHome } from '@semblance/core';
 *
 * console.log(semblanceHome({ SEMBLANCE_HOME: '/data/semblance' }, 'models')); // /data/semblance/models
 * console.log(semblanceHome({ HOME: '/home/ada' })); // /home/ada/.semblance
 * ```
 */
export function semblanceHome(env: Env, ...parts: string[]): string {
  return resolve(env.SEMBLANCE_HOME || join(env.HOME || homedir(), '.semblance'), ...parts);
}

/**
 * The folder of what can be computed again: `$XDG_CACHE_HOME/semblance`, or `~/.cache/semblance`.
 *
 * @param env environment variables, such as `process.env`
 * @param parts folders and a name below it
 * @example
 * ```ts
 * import { cacheFolder } from '@semblance/core';
 *
 * console.log(cacheFolder({ XDG_CACHE_HOME: '/data/cache' })); // /data/cache/semblance
 * console.log(cacheFolder({ HOME: '/home/ada' }, 'compile')); // /home/ada/.cache/semblance/compile
 * ```
 */
export function cacheFolder(env: Env, ...parts: string[]): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'semblance', ...parts);
}
