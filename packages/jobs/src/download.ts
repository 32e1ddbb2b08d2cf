import { copyFile } from 'node:fs/promises';
import { dirname, join, matchesGlob } from 'node:path';
import { didYouMean } from '@semblance/core';
import { hashFile, makeFolder, safeRelativePath, writeAside } from '@semblance/core/files';
import { SemblanceError } from './error.ts';
import { versionPaths } from './home.ts';
import { type Artifact, fullName, type Version } from './model.ts';

export interface DownloadOptions {
  /** Folder that they are copied into, below their paths. */
  out: string;
  /** See {@link artifactsOf}. */
  patterns?: readonly string[];
  /** Called for each file that has come. */
  onFile?(artifact: Artifact): void;
}

/**
 * The artifacts of a version that patterns name: paths, folders, or globs such as `model/*.onnx`; all for none.
 *
 * @throws PATH_NOT_FOUND where a pattern names none
 * @example
 * ```ts
 * import { artifactsOf, customTask, JobService } from '@semblance/jobs';
 *
 * await using jobs = new JobService({ home: 'jobs' });
 * const made = await jobs.create('hello', customTask(['sh', '-c', 'echo hello > {outputs}/hello.txt']));
 * for await (const _ of jobs.follow(made)); // until it has ended
 * const version = await jobs.find('hello/V0001');
 * console.log(artifactsOf(version, ['*.txt']).map(({ path }) => path)); // [ 'hello.txt' ]
 * ```
 */
export function artifactsOf(version: Version, patterns: readonly string[] = []): readonly Artifact[] {
  const paths = version.artifacts.map(({ path }) => path);
  const matches = (path: string, pattern: string): boolean =>
    path === pattern || path.startsWith(`${pattern.replace(/\/+$/, '')}/`) || matchesGlob(path, pattern);
  for (const pattern of patterns) {
    if (paths.some((path) => matches(path, pattern))) continue;
    const message =
      paths.length === 0
        ? `${fullName(version)} has no artifacts: it is ${version.state}`
        : `${fullName(version)} has no artifact ${pattern}${didYouMean(pattern, paths)}`;
    throw new SemblanceError('PATH_NOT_FOUND', message);
  }
  if (patterns.length === 0) return version.artifacts;
  return version.artifacts.filter(({ path }) => patterns.some((pattern) => matches(path, pattern)));
}

/**
 * Where an artifact lies, held against the SHA-256 that was recorded.
 *
 * @throws PATH_NOT_FOUND where it was taken away, STORAGE_CORRUPT where it is not what the version left
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 * import { artifactsOf, customTask, JobService, verifiedArtifact } from '@semblance/jobs';
 *
 * await using jobs = new JobService({ home: 'jobs' });
 * const made = await jobs.create('hello', customTask(['sh', '-c', 'echo hello > {outputs}/hello.txt']));
 * for await (const _ of jobs.follow(made)); // until it has ended
 * const version = await jobs.find('hello/V0001');
 * const [artifact] = artifactsOf(version);
 * console.log((await readFile(await verifiedArtifact(jobs.home, version, artifact!), 'utf8')).trim()); // hello
 * ```
 */
export async function verifiedArtifact(
  home: string,
  version: Version,
  { path, sha256 }: Artifact,
): Promise<string> {
  const file = join(versionPaths(home, version).outputs, safeRelativePath(path));
  const found = await hashFile(file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
    throw new SemblanceError('PATH_NOT_FOUND', `${file} is not there any more`, { cause });
  });
  if (found === sha256) return file;
  throw new SemblanceError(
    'STORAGE_CORRUPT',
    `${file} is not what ${fullName(version)} left: its SHA-256 differs`,
  );
}

/**
 * Copies artifacts of a version into a folder; each appears whole or not at all, and is what was recorded.
 *
 * @throws those of {@link artifactsOf} and {@link verifiedArtifact}
 */
export async function downloadArtifacts(
  home: string,
  version: Version,
  { out, patterns = [], onFile = () => {} }: DownloadOptions,
): Promise<readonly Artifact[]> {
  const artifacts = artifactsOf(version, patterns);
  for (const artifact of artifacts) {
    const from = await verifiedArtifact(home, version, artifact);
    const to = join(out, safeRelativePath(artifact.path));
    await makeFolder(dirname(to));
    await writeAside(to, (aside) => copyFile(from, aside));
    onFile(artifact);
  }
  return artifacts;
}
