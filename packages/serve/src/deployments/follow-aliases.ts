import { setTimeout as sleep } from 'node:timers/promises';
import { fullName, type JobService } from '@semblance/jobs';
import { asSemblanceError } from '../error.ts';
import type { Deployments } from './deployments.ts';
import { versionParts } from './version-parts.ts';

export interface FollowOptions {
  jobs: JobService;
  deployments: Deployments;
  /** `faces@production`, one for each of detector, recognizer and gallery; looked through again each time. */
  aliases: Iterable<string>;
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
    const followed = [...aliases];
    for (const alias of followed) await look(alias, seen, options);
    // one that is followed again later is looked at as if it were new
    for (const alias of seen.keys())
      if (!followed.includes(alias.replace(/^failure /, ''))) seen.delete(alias);
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
    name = fullName(await jobs.find(alias));
    if (seen.get(alias) === name) return;
    const { version, name: asDeployed, parts } = await versionParts(jobs, name);
    await deployments.settled();
    seen.set(alias, name);
    const [active] = deployments.list().filter(({ state }) => state === 'active');
    // one that is only tried on a part of the requests gets all of them
    const primary = active?.entries.reduce((best, entry) => (entry.weight > best.weight ? entry : best));
    if (primary?.name === asDeployed) return;
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
