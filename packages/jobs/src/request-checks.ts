import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { didYouMean } from '@semblance/core';
import { SemblanceError } from './error.ts';
import { placeholdersIn } from './kinds/placeholders.ts';
import type { VersionSpec } from './model.ts';
import { parseLocation, type StorageDrivers } from './storage/index.ts';

/**
 * What can be known before a version is queued, and would end it after a while otherwise: inputs and programs that are not
 * there, placeholders that stand for nothing, limits of nothing, names that no environment can hold.
 *
 * @param isHere whether the workers run on this machine
 * @throws USAGE_INVALID_VALUE, PATH_NOT_FOUND
 */
export function checkSpec(spec: VersionSpec, drivers: StorageDrivers, isHere: boolean): void {
  checkPlaceholders(spec);
  checkEnvironment(spec.env);
  checkTimeLimit(spec.timeoutMs);
  if (!isHere) return;
  for (const { name, location } of spec.inputs) {
    const { scheme, prefix } = parseLocation(location, drivers);
    if (scheme === 'file' && drivers.file === undefined && !existsSync(prefix))
      throw new SemblanceError('PATH_NOT_FOUND', `input ${name}: no such file or folder: ${prefix}`);
  }
  checkProgram(spec);
}

/** @throws USAGE_INVALID_VALUE */
export function checkTimeLimit(timeoutMs: number | null): void {
  if (timeoutMs === null || timeoutMs > 0) return;
  throw new SemblanceError(
    'USAGE_INVALID_VALUE',
    `expected a time limit above 0 or none, not ${timeoutMs} ms`,
  );
}

/** `{inputs.dat}` where the input is `data`, or `{lrr}` where the parameter is `lr`, would reach the command as it is written. */
function checkPlaceholders({ command, inputs, uses, parameters }: VersionSpec): void {
  const places = [...inputs.map(({ name }) => name), ...Object.keys(uses ?? {})].map(
    (name) => `inputs.${name}`,
  );
  const known = [...Object.keys(parameters), ...places, 'inputs', 'outputs', 'job'];
  for (const name of placeholdersIn(command)) {
    if (known.includes(name)) continue;
    const input = /^inputs\.(.+)/.exec(name)?.[1];
    const message = input
      ? `{${name}} stands for no input: give --input ${input}=LOCATION`
      : `{${name}} stands for nothing: give --set ${name}=VALUE, or write {{${name}}} for the text itself`;
    const there = `there are ${known.map((each) => `{${each}}`).join(', ')}`;
    throw new SemblanceError('USAGE_INVALID_VALUE', `${message}; ${there}${didYouMean(name, known)}`);
  }
}

function checkEnvironment(env: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(env)) {
    if (/[=\s\0]/.test(name) || name === '')
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        `'${name}' is no name of an environment variable: it has a space or an =`,
      );
    if (value.includes('\0'))
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        `the value of ${name} holds a zero byte, which no variable can`,
      );
  }
}

/** A program by its bare name that is in no folder of PATH; one by its path may still be made by then. */
function checkProgram({ command: [program], env }: VersionSpec): void {
  if (program === undefined || /[/{]/.test(program) || env.PATH === undefined) return;
  const isThere = env.PATH.split(delimiter).some((folder) => isProgram(join(folder, program)));
  if (isThere) return;
  throw new SemblanceError(
    'PATH_NOT_FOUND',
    `there is no program '${program}' in PATH: check its name, or write it with its path`,
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // not there, or not for us
  }
}
