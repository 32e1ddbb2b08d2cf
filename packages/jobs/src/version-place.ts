import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isSemblanceError, SemblanceError } from './error.ts';
import { versionPaths } from './home.ts';
import type { TaskRequest } from './kinds/custom.ts';
import type { JobStore } from './make-version.ts';
import { fullName, type Version, type VersionSpec } from './model.ts';
import { findVersion } from './reference.ts';
import { type RunOptions, specOf } from './request.ts';

const form = /^([\w-]{1,64}(?:\/V\d{1,9}|@[\w-]{1,64}))(?:\/(.+))?$/;

/**
 * Whether a text may stand for what a version left: `faces/V0003`, `faces@production`, `faces/V0003/model/best.onnx`.
 *
 * @example
 * ```ts
 * import { namesVersion } from '@semblance/jobs';
 *
 * console.log(namesVersion('faces/V0003'), namesVersion('faces@production'), namesVersion('models/faces')); // true true false
 * ```
 */
export const namesVersion = (text: string): boolean => form.test(text);

/**
 * The version that stands where a path is expected, and the path of what it left: its model or gallery, its outputs where
 * its command is one of your own, or what is named below them. null where there is no job of that name.
 *
 * @throws VERSION_NOT_FOUND, ALIAS_NOT_FOUND, VERSION_WRONG_STATE where it has not completed, PATH_NOT_FOUND
 * @example
 * ```ts
 * import { basename } from 'node:path';
 * import { customTask, JobService, versionPlace } from '@semblance/jobs';
 *
 * await using jobs = new JobService({ home: 'jobs' });
 * const made = await jobs.create('hello', customTask(['sh', '-c', 'echo hello > {outputs}/hello.txt']));
 * for await (const _ of jobs.follow(made)); // until it has ended
 * const place = await versionPlace(jobs, 'hello/V0001/hello.txt');
 * console.log(basename(place!.path)); // hello.txt
 * ```
 */
export async function versionPlace(
  { home, store, parts }: JobStore,
  text: string,
): Promise<{ version: Version; path: string } | null> {
  const [, reference, below] = form.exec(text) ?? [];
  if (reference === undefined) return null;
  const version = await findVersion(store, reference).catch((error: unknown) => {
    if (isSemblanceError(error, 'JOB_NOT_FOUND')) return null; // a path like any other
    throw error;
  });
  if (version === null) return null;
  if (version.state !== 'completed')
    throw new SemblanceError(
      'VERSION_WRONG_STATE',
      `${fullName(version)} is ${version.state}: only what a version that completed left can be used`,
    );
  const { outputs } = versionPaths(home, version);
  const [folder = ''] = Object.values(parts.find(version.spec.task)?.outputs ?? {});
  const usual = folder === '' && existsSync(join(outputs, 'model')) ? 'model' : folder;
  const path = resolve(outputs, below ?? usual);
  if (path !== outputs && !path.startsWith(`${outputs}/`))
    throw new SemblanceError('PATH_OUTSIDE_ROOT', `${text} leads out of the outputs of the version`);
  if (!existsSync(path))
    throw new SemblanceError('PATH_NOT_FOUND', `${fullName(version)} left no ${below ?? 'outputs'}: ${path}`);
  return { version, path };
}

/**
 * {@link specOf} of a request in which versions may stand for inputs: they become the paths of what they left, and the
 * specification says which they were.
 *
 * @throws those of {@link specOf} and {@link versionPlace}
 */
export async function requestedSpec(
  jobs: JobStore,
  task: TaskRequest,
  run: RunOptions,
  base: Readonly<Record<string, string>>,
): Promise<VersionSpec> {
  const uses: Record<string, string> = { ...run.uses };
  const cwd = resolve(run.cwd ?? '.');
  const placed = async (
    values: Readonly<Record<string, string>>,
    isInput: (name: string) => boolean,
  ): Promise<Record<string, string>> => {
    const entries = Object.entries(values).map(async ([name, value]) => {
      if (!isInput(name) || !namesVersion(value) || existsSync(resolve(cwd, value))) return [name, value];
      const found = await versionPlace(jobs, value);
      if (found) uses[name] = fullName(found.version);
      return [name, found?.path ?? value];
    });
    return Object.fromEntries(await Promise.all(entries));
  };
  const kinds = jobs.parts.kind(task.task).options;
  const options = await placed(task.options, (name) => kinds[name] === 'input');
  const inputs = await placed(run.inputs ?? {}, () => true);
  return specOf(jobs.parts, { ...task, options }, { ...run, inputs, uses }, base, jobs.home);
}
