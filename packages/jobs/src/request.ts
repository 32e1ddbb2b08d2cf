import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SemblanceError } from './error.ts';
import { checkExecutorOptions, type ExecutorChoice } from './executor/kind.ts';
import type { TaskRequest } from './kinds/custom.ts';
import type { TaskKind } from './kinds/kind.ts';
import { checkDescription } from './marks.ts';
import type { Place, Resources, VersionSpec } from './model.ts';
import type { JobParts } from './parts.ts';
import { gpusForJobs } from './record/gpus.ts';
import { secretsIn } from './record/secret-scan.ts';
import { isNamedSecret, isSecretName } from './record/secrets.ts';
import { checkSpec } from './request-checks.ts';
import { parseLocation, type StorageDrivers } from './storage/index.ts';

/** How a task is to be run, with what is taken where nothing is said. */
export interface RunOptions {
  description?: string;
  /** Inputs besides those the task names, by name: locations. */
  inputs?: Readonly<Record<string, string>>;
  /** Where outputs go, by the name of their folder; `.` is all of them, `logs` the logs. */
  outputs?: Readonly<Record<string, string>>;
  /** Versions that inputs are of, by the name of the input; those that the request names are added. */
  uses?: Readonly<Record<string, string>>;
  predownload?: boolean;
  resources?: Partial<Resources>;
  env?: Readonly<Record<string, string>>;
  /** Folder that paths are below and the command starts in. */
  cwd?: string;
  /** Folder whose code is recorded and run from a snapshot; that of `cwd` where nothing is said. */
  codeDir?: string;
  /** Runs the code as it is when an attempt begins, and takes no snapshot. */
  isCodeInPlace?: boolean;
  retries?: number;
  timeoutMs?: number | null;
  /** What runs the workers: a name of the jobs' parts, with its options where it takes any. */
  executor?: string | ExecutorChoice;
}

const alone: Resources = { workers: 1, cpus: null, memoryBytes: null, gpus: 0, nice: 0 };
const placeName = /^(?!\.\.)[A-Za-z0-9_.-]{1,64}$/;
/** The code that runs tasks which are commands of a program: where the module lies that brings them. */
const codeOf = ({ module }: JobParts): string => fileURLToPath(new URL('.', module ?? import.meta.url));

export const isLocation = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(text);

/**
 * A request as a specification: places absolute, defaults filled in, everything checked that can be before it runs.
 *
 * @param base variables for the workers
 * @param home folder of the jobs
 * @throws USAGE_INVALID_VALUE, USAGE_MISSING_ARGUMENT, PATH_NOT_FOUND, STORAGE_URL_INVALID, JOB_CREDENTIAL,
 *   JOB_RESOURCES_UNAVAILABLE, EXECUTOR_UNKNOWN
 */
export async function specOf(
  parts: JobParts,
  task: TaskRequest,
  run: RunOptions,
  base: Readonly<Record<string, string>>,
  home: string,
): Promise<VersionSpec> {
  const kind = parts.kind(task.task);
  const cwd = resolve(run.cwd ?? '.');
  const options = placesResolved(kind, task, cwd);
  const missing = kind.required.find((name) => options[name] === undefined);
  if (missing) throw new SemblanceError('USAGE_MISSING_ARGUMENT', `${kind.name} needs --${missing}`);
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(kind.options, name));
  if (unknown) throw new SemblanceError('USAGE_UNKNOWN_FLAG', `${kind.name} takes no --${unknown}`);
  if (kind.words.length === 0 && task.command.length === 0)
    throw new SemblanceError('USAGE_MISSING_ARGUMENT', 'a custom task needs a command');
  kind.check?.({ options, parameters: task.parameters });
  const named = Object.entries(options).filter(
    ([name, value]) => kind.options[name] === 'input' && isLocation(value),
  );
  const executor = chosenExecutor(parts, run.executor);
  const isElsewhere = parts.isElsewhere({ executor });
  const resources = await checkedResources({ ...alone, ...run.resources }, kind, isElsewhere ? null : base);
  await refuseSecrets(task, run);
  checkDescription(run.description ?? '');
  const spec: VersionSpec = {
    task: kind.name,
    options,
    parameters: { ...task.parameters },
    command: [...task.command],
    cwd,
    codeDir: resolve(cwd, run.codeDir ?? (kind.words.length === 0 ? '.' : codeOf(parts))),
    ...(run.isCodeInPlace ? { isCodeInPlace: true } : {}),
    inputs: checkedPlaces([...named, ...Object.entries(run.inputs ?? {})], cwd, parts.storage),
    outputs: checkedPlaces(
      [...Object.entries(task.outputs), ...Object.entries(run.outputs ?? {})],
      cwd,
      parts.storage,
    ),
    predownload: run.predownload ?? false,
    resources,
    // an image has programs and libraries of its own
    env: { ...(parts.isInImage({ executor }) ? {} : base), ...run.env },
    retries: run.retries ?? 0,
    timeoutMs: run.timeoutMs ?? null,
    ...(executor === undefined ? {} : { executor }),
    ...(Object.keys(run.uses ?? {}).length > 0 ? { uses: { ...run.uses } } : {}),
  };
  checkSpec(spec, parts.storage, !isElsewhere && !parts.isInImage({ executor }));
  if (executor) parts.executor(executor.name).check?.(spec, executor.options, home);
  return spec;
}

/** The choice with its options; undefined for processes of this machine, which versions always were. */
export function chosenExecutor(parts: JobParts, chosen: RunOptions['executor']): ExecutorChoice | undefined {
  if (chosen === undefined) return undefined;
  const choice = typeof chosen === 'string' ? { name: chosen, options: {} } : chosen;
  const kind = parts.executor(choice.name);
  checkExecutorOptions(kind, choice.options);
  return kind.name === 'local' ? undefined : { name: kind.name, options: { ...choice.options } };
}

/** Paths of inputs made absolute, and looked for. */
function placesResolved(
  { options: kinds }: TaskKind,
  { options }: TaskRequest,
  cwd: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => {
      if (kinds[name] !== 'input' || isLocation(value)) return [name, value];
      const path = resolve(cwd, value);
      if (!existsSync(path))
        throw new SemblanceError('PATH_NOT_FOUND', `--${name}: no such file or folder: ${path}`);
      return [name, path];
    }),
  );
}

function checkedPlaces(
  places: readonly (readonly [string, string])[],
  cwd: string,
  drivers: StorageDrivers,
): Place[] {
  return places.map(([name, value]) => {
    if (!placeName.test(name))
      throw new SemblanceError('USAGE_INVALID_VALUE', `'${name}' is not a valid name for an input or output`);
    const location = isLocation(value) ? value : pathToFileURL(resolve(cwd, value)).href;
    parseLocation(location, drivers);
    return { name, location };
  });
}

async function checkedResources(
  resources: Resources,
  kind: { name: string; takesWorkers: boolean },
  env: Readonly<Record<string, string>> | null,
): Promise<Resources> {
  const { workers, gpus, cpus, memoryBytes } = resources;
  const positive = Object.entries({ workers, cpus, memoryBytes }).find(([, n]) => n !== null && !(n > 0));
  if (positive) throw new SemblanceError('USAGE_INVALID_VALUE', `${positive[0]} must be above 0`);
  if (workers > 1 && !kind.takesWorkers)
    throw new SemblanceError(
      'JOB_RESOURCES_UNAVAILABLE',
      `${kind.name} runs with one worker, not with ${workers}`,
    );
  if (gpus % workers !== 0)
    throw new SemblanceError(
      'JOB_RESOURCES_UNAVAILABLE',
      `${gpus} GPUs cannot be divided evenly among ${workers} workers`,
    );
  // what another machine has, its queue knows
  if (env === null) return resources;
  const given = gpus > 0 ? (await gpusForJobs(env)).length : 0;
  if (gpus > given)
    throw new SemblanceError(
      'JOB_RESOURCES_UNAVAILABLE',
      `the version asks for ${gpus} GPUs, but this machine has ${given} for jobs`,
    );
  return resources;
}

/** @throws JOB_CREDENTIAL naming where a credential stands, and what it looks like; never the credential itself */
async function refuseSecrets({ command, parameters, options }: TaskRequest, run: RunOptions): Promise<void> {
  const refuse = (where: string, what: string): never => {
    const message = `${where} ${what}, and versions do not store credentials: let the command read it from a file, or from where the SDK of its service looks`;
    throw new SemblanceError('JOB_CREDENTIAL', message);
  };
  for (const name of Object.keys(run.env ?? {})) {
    if (isSecretName(name)) refuse(name, 'looks like a credential by its name');
  }
  const named = [...Object.entries(parameters), ...flagsOf(command)];
  for (const [name, value] of named) {
    if (isNamedSecret(name, value)) refuse(name, 'looks like a credential by its name and value');
  }
  const texts = {
    'the command': command.join(' '),
    'the description': run.description ?? '',
    ...Object.fromEntries(
      Object.entries(run.env ?? {}).map(([name, value]) => [`the variable ${name}`, value]),
    ),
    ...Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [`the parameter ${name}`, value]),
    ),
    ...Object.fromEntries(Object.entries(options).map(([name, value]) => [`--${name}`, value])),
  };
  for (const [where, text] of Object.entries(texts)) {
    const [secret] = text === '' ? [] : await secretsIn(text);
    if (secret) refuse(where, `holds ${secret.kind}`);
  }
}

/** `--name value` and `--name=value` of a command. */
const flagsOf = (command: readonly string[]): [string, string][] =>
  command.flatMap((word, i): [string, string][] => {
    const [, name, value] = /^--?([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) return [];
    const next = command[i + 1];
    return [[name, value ?? (next === undefined || next.startsWith('-') ? '' : next)]];
  });
