import { join } from 'node:path';
import { type Env, semblanceHome } from '@semblance/core';

/** Where a service keeps its keys and deployments: `$SEMBLANCE_HOME/service`, or `~/.semblance/service`. */
export function defaultServiceDir(env: Env = process.env): string {
  return semblanceHome(env, 'service');
}

/** The file of the service's API keys. */
export const keysPath = (stateDir: string): string => join(stateDir, 'keys.json');
