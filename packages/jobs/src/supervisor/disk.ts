import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { versionPaths } from '../home.ts';
import { fullName, type Version } from '../model.ts';
import { isDiskFull, releaseReserve } from '../store/reserve.ts';
import type { SupervisorContext } from './context.ts';
import { markOf } from './groups.ts';

/** Who has written at least this is taken for whoever has filled the disk. */
const LEAST_CULPRIT_BYTES = 16 << 20;

/**
 * Ends the version that has filled the disk of the jobs, with that as the reason. Its processes first: as long as they
 * write, no room that is made lasts. What else runs goes on.
 *
 * @returns whether a version was ended
 */
export async function endWhoFilledTheDisk(
  context: SupervisorContext,
  running: readonly Version[],
): Promise<boolean> {
  const { home, store, executors, parts, say } = context;
  if (!isDiskFull(home)) return false;
  const here = running.filter(({ ending, spec }) => !ending?.isNow && !parts.isElsewhere(spec));
  const sized = here.map((version) => ({ version, sizeBytes: sizeOf(versionPaths(home, version).dir) }));
  const [largest] = sized.sort((a, b) => b.sizeBytes - a.sizeBytes);
  if (!largest || largest.sizeBytes < LEAST_CULPRIT_BYTES) {
    releaseReserve(home);
    return false;
  }
  const { version, sizeBytes } = largest;
  const executor = await executors.of(version.spec);
  await executor.endLeftovers(markOf(store.id, version));
  releaseReserve(home);
  const reason = `it filled the disk of ${home} (${sizeBytes >> 20} MiB of its own)`;
  say(`${fullName(version)}: ${reason}`);
  const ending = { to: 'failed', reason, exitCode: null, isNow: true, sinceMs: Date.now() } as const;
  return store.update(version.id, { ending }, 'running');
}

/** Bytes that the files below a folder take. */
function sizeOf(dir: string): number {
  let sum = 0;
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    if (entry.isFile())
      sum += lstatSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return sum;
}
