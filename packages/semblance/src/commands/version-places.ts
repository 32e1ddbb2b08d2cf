import { existsSync } from 'node:fs';
import type { Io } from '../cli/io.ts';

/** Options and arguments that name what a command reads: a version may stand there. */
const readFrom = new Set([
  ...['detector', 'recognizer', 'gallery', 'model', 'models', 'data', 'init', 'pairs', 'templates', 'groups'],
  ...['groundTruth', 'strangers', 'photo', 'photos', 'path', 'folder', 'from'],
]);
const form = /^[\w-]{1,64}(\/V\d{1,9}|@[\w-]{1,64})(\/.+)?$/;

/**
 * Options in which versions of jobs (`faces/V0003`, `faces@production`) became the paths of what they left. What lies there
 * as a file or folder stays what it is, and so does what no job is named like.
 *
 * @throws VERSION_NOT_FOUND, ALIAS_NOT_FOUND, VERSION_WRONG_STATE
 */
export async function withVersionPlaces(
  options: Readonly<Record<string, unknown>>,
  { env }: Pick<Io, 'env'>,
): Promise<Record<string, unknown>> {
  const isNamed = (value: unknown): value is string =>
    typeof value === 'string' && form.test(value) && !existsSync(value);
  const named = Object.entries(options).filter(
    ([name, value]) => readFrom.has(name) && (Array.isArray(value) ? value.some(isNamed) : isNamed(value)),
  );
  if (named.length === 0) return { ...options };
  const { defaultJobsDir, storePaths, versionPlace } = await import('@semblance/jobs');
  if (!env.SEMBLANCE_STORE && !existsSync(storePaths(defaultJobsDir(env)).database)) return { ...options };
  const { openJobs } = await import('./jobs-options.ts');
  await using jobs = await openJobs({}, { env });
  const placed = async (value: unknown): Promise<unknown> =>
    isNamed(value) ? ((await versionPlace(jobs, value))?.path ?? value) : value;
  const entries = named.map(async ([name, value]) => [
    name,
    Array.isArray(value) ? await Promise.all(value.map(placed)) : await placed(value),
  ]);
  return { ...options, ...Object.fromEntries(await Promise.all(entries)) };
}
