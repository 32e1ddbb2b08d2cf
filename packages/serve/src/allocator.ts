/**
 * The C library's memory allocator, set before a service starts.
 *
 * @module
 */

/**
 * What glibc's malloc is told in a service. Left to itself it gives every thread an arena of its own (up to eight for each
 * core), and puts ever larger blocks into them instead of asking the kernel for pages: weights of networks that were let go
 * leave holes that nothing else fills, and each change of model leaves more of them. With blocks from 128 KiB on as pages
 * of their own, which go back when they are freed, and two arenas for the rest, memory is the same after any number of
 * changes; a request takes about 1 % more of the processor. docs/service.md has the figures.
 */
export const allocatorSettings: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};

/** Tells the process that was started anew from the one that starts it; what it starts itself never sees it. */
const MARK = 'SEMBLANCE_ALLOCATOR';

/** Variables by which somebody has settled the matter already: another allocator, or settings of their own. */
const settledBy = /^(MALLOC_\w+|GLIBC_TUNABLES|LD_PRELOAD)$/;

/**
 * The environment that a service is to be started anew with, since malloc reads its settings only once, at the start of a
 * process; null where there is nothing to be changed: on other systems, where the user has chosen, or after it was done.
 */
export function allocatorEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): Record<string, string | undefined> | null {
  if (platform !== 'linux' || env[MARK] !== undefined) return null;
  if (Object.keys(env).some((name) => settledBy.test(name))) return null;
  return { ...env, ...allocatorSettings, [MARK]: 'set' };
}

/** Takes the settings out of an environment that they were put into, so that processes started from here have their own. */
export function forgetAllocator(env: Record<string, string | undefined>): void {
  if (env[MARK] === undefined) return;
  for (const name of [MARK, ...Object.keys(allocatorSettings)]) delete env[name];
}
