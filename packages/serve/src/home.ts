import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where a service keeps its keys and deployments: `$SEMBLANCE_HOME/service`, or `~/.semblance/service`. */
export function defaultServiceDir(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return resolve(env.SEMBLANCE_HOME ?? join(homedir(), '.semblance'), 'service');
}

/** The file of the service's API keys. */
export const keysPath = (stateDir: string): string => join(stateDir, 'keys.json');
