import { join } from 'node:path';
import type { VersionPaths } from '../home.ts';
import type { VersionSpec } from '../model.ts';
import type { JobParts } from '../parts.ts';
import type { TaskKind } from './kind.ts';
import { fillPlaceholders } from './placeholders.ts';

/**
 * The program and arguments that do a version's work.
 *
 * In a command of one's own `{name}` stands for a parameter, `{inputs.name}` for the place of an input, `{inputs}`,
 * `{outputs}` and `{job}` for the folders; parameters that stand nowhere are added as `--name=value`. `${name}` is left to a shell.
 *
 * @param places where each input lies
 * @param isResumed whether an attempt before this one left something to go on from
 * @param inSnapshot turns paths of the code into those of its snapshot
 */
export function commandOf(
  parts: JobParts,
  spec: VersionSpec,
  paths: VersionPaths,
  places: Readonly<Record<string, string>>,
  isResumed: boolean,
  inSnapshot: (word: string) => string = (word) => word,
): string[] {
  const kind = parts.kind(spec.task);
  if (kind.words.length === 0)
    return customCommand({ ...spec, command: spec.command.map(inSnapshot) }, paths, places);
  const options = Object.entries({ ...spec.options, ...placed(kind, places) }).flatMap(([name, value]) =>
    kind.options[name] === 'flag' ? [`--${name}`] : [`--${name}`, value],
  );
  const outputs = Object.entries(kind.outputs).flatMap(([name, folder]) => [
    `--${name}`,
    join(paths.outputs, folder),
  ]);
  const fixed = Object.entries(kind.fixed).flatMap(([name, value]) => [`--${name}`, value]);
  const parameters = Object.entries(spec.parameters).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const resume = isResumed && kind.resume ? kind.resume.args : [];
  const program = parts.isInImage(spec) ? parts.programInImage : parts.program.map(inSnapshot);
  return [...program, ...kind.words, ...options, ...outputs, ...fixed, ...parameters, ...resume];
}

/** Of the places those that are options of the task. */
function placed({ options }: TaskKind, places: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(places).filter(([name]) => options[name] === 'input'));
}

function customCommand(
  { command, parameters }: VersionSpec,
  paths: VersionPaths,
  places: Readonly<Record<string, string>>,
): string[] {
  const values: Record<string, string> = {
    ...Object.fromEntries(Object.entries(places).map(([name, path]) => [`inputs.${name}`, path])),
    inputs: paths.inputs,
    outputs: paths.outputs,
    job: paths.dir,
    ...parameters,
  };
  const { words, used } = fillPlaceholders(command, values);
  const rest = Object.entries(parameters).filter(([name]) => !used.has(name));
  return [...words, ...rest.map(([name, value]) => `--${name}=${value}`)];
}
