import { setTimeout as sleep } from 'node:timers/promises';
import { fullName, type JobService, versionPaths } from '@semblance/jobs';
import { asSemblanceError } from '../error.ts';
import { deployedParts } from './deployed-parts.ts';
import type { Deployments } from './deployments.ts';

export interface FollowOptions {
  jobs: JobService;
  deployments: Deployments;
  /** `faces@production`, one for each of detector, recognizer and gallery. */
  aliases: readonly string[];
  /** Between looks, in milliseconds (5000). */
  everyMs?: number;
  say(line: string): void;
  signal: AbortSignal;
}

/**
 * Deploys the version that an alias stands for whenever it comes to stand for another, until `signal` aborts. What does not pass
 * its tests is said and not tried again; what served goes on serving.
 */
export async function followAliases(options: FollowOptions): Promise<void> {
  const { aliases, everyMs = 5000, signal } = options;
  const seen = new Map<string, string>();
  while (!signal.aborted) {
    for (const alias of aliases) await look(alias, seen, options);
    await sleep(everyMs, undefined, { signal }).catch(() => {}); // aborted: the loop sees it
  }
}

/** Deploys what an alias stands for, unless that was tried already or serves. */
async function look(
  alias: string,
  seen: Map<string, string>,
  { jobs, deployments, say }: FollowOptions,
): Promise<void> {
  let name = alias;
  try {
    const version = await jobs.find(alias);
    name = fullName(version);
    if (seen.get(alias) === name) return;
    const asDeployed = name.replace('/', '.');
    const parts = await deployedParts(versionPaths(jobs.home, version).outputs, null);
    await deployments.settled();
    seen.set(alias, name);
    const [active] = deployments.list().filter(({ state }) => state === 'active');
    if (active?.entries.some((entry) => entry.name === asDeployed)) return;
    const { id } = await deployments.begin({ name: asDeployed, ...parts });
    await deployments.settled();
    const { state, reason } = deployments.get(id);
    if (state === 'failed') return say(`${alias} is ${name}, which cannot be deployed: ${reason}`);
    await jobs.store.addRecord(version.id, 'deployment', { text: `deployed, as ${alias}` });
    say(`${alias} is ${name}, which is deployed`);
  } catch (error) {
    const { code, message } = asSemblanceError(error);
    const failure = `${name} ${code}`;
    // said once, and looked at again: the alias may be set later
    if (seen.get(`failure ${alias}`) !== failure) say(`${alias} cannot be followed: ${code}: ${message}`);
    seen.set(`failure ${alias}`, failure);
  }
}
