import { join } from 'node:path';
import { type Env, semblanceHome } from '@semblance/core';

/**
 * Where a service keeps its keys and deployments: `$SEMBLANCE_HOME/service`, or `~/.semblance/service`.
 *
 * @example
 * ```ts
 * import { defaultServiceDir } from '@semblance/serve';
 *
 * console.log(defaultServiceDir({ SEMBLANCE_HOME: '/data/semblance' })); // /data/semblance/service
 * ```
 */
export function defaultServiceDir(env: Env = process.env): string {
  return semblanceHome(env, 'service');
}

/**
 * The path of the file that holds a service's API keys, for `KeyFile.open`.
 *
 * @param stateDir the folder of the service, see `defaultServiceDir`
 * @example
 * ```ts
 * import { keysPath } from '@semblance/serve';
 *
 * console.log(keysPath('/data/service')); // /data/service/keys.json
 * ```
 */
export const keysPath = (stateDir: string): string => join(stateDir, 'keys.json');

/** The folder below that of the service in which callers of its jobs name data: whoever runs the service puts it there. */
export const dataPath = (stateDir: string): string => join(stateDir, 'data');
