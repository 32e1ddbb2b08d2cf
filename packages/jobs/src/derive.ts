import type { JobStore } from './make-version.ts';
import type { Resources, VersionSpec } from './model.ts';
import { specOf } from './request.ts';

/** What is to be other than in the specification that a new one is made from. */
export interface Changes {
  parameters?: Readonly<Record<string, string>>;
  options?: Readonly<Record<string, string>>;
  resources?: Partial<Resources>;
  retries?: number;
}

/**
 * A specification with some of its values changed, checked as a new one is.
 *
 * @throws those of {@link specOf}
 */
export function derivedSpec(
  { parts, home }: Pick<JobStore, 'parts' | 'home'>,
  spec: VersionSpec,
  changes: Changes,
): Promise<VersionSpec> {
  const options = { ...spec.options, ...changes.options };
  // what an option names is found again from the option
  const inputs = spec.inputs.filter(({ name }) => options[name] === undefined);
  return specOf(
    parts,
    {
      task: spec.task,
      options,
      parameters: { ...spec.parameters, ...changes.parameters },
      command: [...spec.command],
      outputs: {},
    },
    {
      ...spec,
      inputs: byName(inputs),
      outputs: byName(spec.outputs),
      resources: { ...spec.resources, ...changes.resources },
      retries: changes.retries ?? spec.retries,
    },
    {},
    home,
  );
}

const byName = (places: readonly { name: string; location: string }[]): Record<string, string> =>
  Object.fromEntries(places.map(({ name, location }) => [name, location]));
