import type { Modification, RunOptions, TaskRequest, VersionSpec } from '@semblance/jobs';
import type { TaskKind } from '@semblance/jobs/kinds';
import { SemblanceError } from '../../error.ts';
import { bucketOnly, noPath, placeOf, type Reach, refusal } from './reach.ts';

/** A training job's body: what the platform calls `config`, as far as it has a meaning here. */
export interface JobConfig {
  /** A name of the table of task kinds; ours. */
  task?: string | undefined;
  /** The data: see {@link placeOf}. */
  data_url?: string | undefined;
  /** Where the outputs go: a location in a bucket. */
  train_url?: string | undefined;
  log_url?: string | undefined;
  /** Parameters; those named like an option of the task (recipe, loss, init) are that option. */
  parameter?: readonly { label: string; value: string }[] | undefined;
  /** Further inputs by name; '' takes one away. */
  inputs?: Readonly<Record<string, string>> | undefined;
  predownload?: boolean | undefined;
  worker_server_num?: number | undefined;
  cpus?: number | null | undefined;
  memory_bytes?: number | null | undefined;
  gpus?: number | undefined;
  nice?: number | undefined;
  retries?: number | undefined;
  timeout_seconds?: number | null | undefined;
  executor?: string | undefined;
  executor_options?: Readonly<Record<string, string>> | undefined;
}

/**
 * What a body asks for. Whoever calls over a network runs no command of their own, and reaches what {@link placeOf} says;
 * variables, images and folders of code are those of a version or template that was made on the machine.
 *
 * @throws SemblanceError TASK_UNKNOWN, REQUEST_INVALID, and those of {@link placeOf}
 */
export async function taskOf(
  config: JobConfig,
  reach: Reach,
): Promise<{ task: TaskRequest; run: RunOptions }> {
  const { kinds } = reach.jobs.parts;
  const kind = kinds.find(({ name, words }) => name === config.task && words.length > 0);
  if (!kind) {
    const names = kinds.filter(({ words }) => words.length > 0).map(({ name }) => name);
    throw new SemblanceError('TASK_UNKNOWN', `expected one of ${names.join(', ')} for task`);
  }
  const { options, parameters, uses } = await valuesOf(config, kind, null, reach);
  const { inputs, ...run } = await runOf(config, reach);
  return {
    task: { task: kind.name, options, parameters, command: [], outputs: outputsOf(config, kind) },
    run: { ...run, ...(inputs ? { inputs: inputs.places } : {}), uses: { ...inputs?.uses, ...uses } },
  };
}

/**
 * What a body changes in how a version or template is made.
 *
 * @throws those of {@link taskOf}
 */
export async function changesOf(config: JobConfig, spec: VersionSpec, reach: Reach): Promise<Modification> {
  const kind = reach.jobs.parts.kind(spec.task);
  const { options, parameters, uses } = await valuesOf(config, kind, spec, reach);
  const { inputs, ...run } = await runOf(config, reach, spec);
  return {
    ...run,
    ...{ options, parameters, outputs: outputsOf(config, kind) },
    ...(inputs ? { inputs: inputs.places } : {}),
    uses: { ...inputs?.uses, ...uses },
  };
}

/** Options and parameters, each only as far as its kind may be said from elsewhere. */
async function valuesOf(config: JobConfig, kind: TaskKind, spec: VersionSpec | null, reach: Reach) {
  const options: Record<string, string> = {};
  const parameters: Record<string, string> = {};
  const uses: Record<string, string> = {};
  const place = async (label: string, value: string): Promise<void> => {
    const found = await placeOf(label, value, reach);
    options[label] = found.location;
    if (found.uses) uses[label] = found.uses;
  };
  if (config.data_url !== undefined) {
    if (kind.options.data !== 'input')
      throw new SemblanceError('REQUEST_INVALID', `${kind.name} takes no data_url`);
    await place('data', config.data_url);
  }
  for (const { label, value } of config.parameter ?? []) {
    const option = kind.options[label];
    if (option === 'local') throw refusal(`${label} names a folder of this machine: such folders`);
    if (option === 'input') await place(label, value);
    else if (option !== undefined) options[label] = noPath(label, value);
    else parameters[label] = kind.words.length > 0 ? noPath(label, value) : wordOf(label, value, spec);
  }
  return { options, parameters, uses };
}

/** A value for a command of somebody's own, which may stand in a shell: one that the command has, and a plain word. */
function wordOf(label: string, value: string, spec: VersionSpec | null): string {
  const known = Object.keys(spec?.parameters ?? {});
  if (!known.includes(label))
    throw new SemblanceError(
      'REQUEST_INVALID',
      `the command has no parameter ${label.slice(0, 80)}: ${known.length > 0 ? `it has ${known.join(', ')}` : 'it has none'}`,
    );
  if (/^(?!-\D)[\w.+-]+$/.test(value)) return value;
  throw new SemblanceError(
    'REQUEST_INVALID',
    `expected a number or a word of letters, digits and . + - _ for ${label}, which stands in a command`,
  );
}

function outputsOf({ train_url, log_url }: JobConfig, kind: TaskKind): Record<string, string> {
  // of a command of one's own, all that it leaves
  const [place = '.'] = Object.values(kind.outputs);
  return {
    ...(train_url === undefined ? {} : { [place]: bucketOnly('train_url', train_url) }),
    ...(log_url === undefined ? {} : { logs: bucketOnly('log_url', log_url) }),
  };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const given = <T extends object>(values: T): Given<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;

async function runOf(config: JobConfig, reach: Reach, spec?: VersionSpec) {
  const { worker_server_num: workers, cpus, memory_bytes: memoryBytes, gpus, nice } = config;
  const { timeout_seconds, predownload, retries } = config;
  const timeoutMs = timeout_seconds == null ? timeout_seconds : timeout_seconds * 1000;
  return {
    ...given({ predownload, retries, timeoutMs }),
    resources: given({ workers, cpus, memoryBytes, gpus, nice }),
    ...executorOf(config, reach, spec),
    ...(config.inputs === undefined ? {} : { inputs: await inputsOf(config.inputs, reach) }),
  };
}

async function inputsOf(given: Readonly<Record<string, string>>, reach: Reach) {
  const places: Record<string, string> = {};
  const uses: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const found = value === '' ? { location: '' } : await placeOf(name, value, reach);
    places[name] = found.location;
    if ('uses' in found && found.uses) uses[name] = found.uses;
  }
  return { places, uses };
}

/** What runs the workers: by its name, with the options that it opens to callers, beside those of the version before. */
function executorOf(
  { executor, executor_options: options = {} }: JobConfig,
  { jobs: { parts } }: Reach,
  spec: VersionSpec | undefined,
): Pick<RunOptions, 'executor'> {
  const before = spec?.executor ?? { name: 'local', options: {} };
  if (executor === undefined && Object.keys(options).length === 0) return {};
  const name = executor ?? before.name;
  const { openOptions = [] } = parts.executor(name);
  const closed = Object.keys(options).find((option) => !openOptions.includes(option));
  if (closed !== undefined)
    throw new SemblanceError(
      'REQUEST_INVALID',
      `executor ${name} takes ${openOptions.join(', ') || 'no option'} over HTTP, not ${closed.slice(0, 80)}: a version or template that was made on the machine brings it`,
    );
  for (const [label, value] of Object.entries(options)) noPath(label, value);
  const kept = name === before.name ? before.options : {};
  return { executor: { name, options: { ...kept, ...options } } };
}
