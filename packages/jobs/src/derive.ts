import { SemblanceError } from './error.ts';
import type { JobStore } from './make-version.ts';
import type { Place, Resources, VersionSpec } from './model.ts';
import { passedEnvironment, withoutPlaces } from './record/secrets.ts';
import { chosenExecutor, type RunOptions } from './request.ts';
import { requestedSpec } from './version-place.ts';

/** What is to be other than in the specification that a new one is made from; what is left out stays as it is. */
export interface Changes
  extends Pick<
    RunOptions,
    'predownload' | 'cwd' | 'codeDir' | 'retries' | 'timeoutMs' | 'executor' | 'env' | 'uses'
  > {
  parameters?: Readonly<Record<string, string>>;
  options?: Readonly<Record<string, string>>;
  resources?: Partial<Resources>;
  /** Another command of one's own. */
  command?: readonly string[];
  /** Locations by name, beside those that there are; '' takes one away. */
  inputs?: Readonly<Record<string, string>>;
  outputs?: Readonly<Record<string, string>>;
}

export interface Modification extends Changes {
  description?: string;
  /** Starts from the weights of the version it is made from. */
  isContinued?: boolean;
  /** Goes on where the version it is made from stopped: takes over its checkpoints, with optimizer and place in the data. */
  isResumed?: boolean;
}

/**
 * A specification with some of its values changed, checked as a new one is.
 *
 * @throws those of {@link requestedSpec}
 */
export function derivedSpec(jobs: JobStore, spec: VersionSpec, changes: Changes): Promise<VersionSpec> {
  const { parameters, options: changed, resources, command, inputs, outputs, env, uses, ...run } = changes;
  if (command && jobs.parts.kind(spec.task).words.length > 0)
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `${spec.task} is no command of your own: change it by its options and parameters (--option, --set)`,
    );
  const options = { ...spec.options, ...changed };
  const wasInImage = jobs.parts.isInImage(spec);
  const executor = chosenExecutor(jobs.parts, run.executor ?? spec.executor);
  const isInImage = jobs.parts.isInImage({ executor });
  // what an option names is found again from the option
  const kept = spec.inputs.filter(({ name }) => options[name] === undefined);
  const isKept = ([name]: [string, string]): boolean =>
    changed?.[name] === undefined && inputs?.[name] === undefined;
  return requestedSpec(
    jobs,
    {
      task: spec.task,
      options,
      parameters: { ...spec.parameters, ...parameters },
      command: [...(command ?? spec.command)],
      outputs: {},
    },
    {
      ...spec,
      ...run,
      inputs: changedPlaces(kept, inputs),
      outputs: changedPlaces(spec.outputs, outputs),
      resources: { ...spec.resources, ...resources },
      env: { ...(isInImage && !wasInImage ? withoutPlaces(spec.env) : spec.env), ...env },
      uses: { ...Object.fromEntries(Object.entries(spec.uses ?? {}).filter(isKept)), ...uses },
    },
    wasInImage && !isInImage ? passedEnvironment(process.env) : {},
  );
}

function changedPlaces(
  places: readonly Place[],
  changes: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const all = [...places.map(({ name, location }) => [name, location] as const), ...Object.entries(changes)];
  return Object.fromEntries(
    Object.entries(Object.fromEntries(all)).filter(([, location]) => location !== ''),
  );
}
