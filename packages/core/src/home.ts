import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Environment variables: `process.env`, or what a caller gives in its place. */
export type Env = Readonly<Record<string, string | undefined>>;

/** A place in the folder where all that outlives a command is kept: `$SEMBLANCE_HOME`, or `~/.semblance`. */
export function semblanceHome(env: Env, ...parts: string[]): string {
  return resolve(env.SEMBLANCE_HOME || join(env.HOME || homedir(), '.semblance'), ...parts);
}
