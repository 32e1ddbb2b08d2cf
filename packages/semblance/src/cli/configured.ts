import { didYouMean } from '@semblance/core';
import { readTextFile } from '@semblance/core/files';
import type { Command, Option } from 'commander';
import { isSemblanceError, SemblanceError } from '../error.ts';
import type { Io } from './io.ts';

/** Options of the call alone: the file's name is in no file, and what is printed is asked for each time. */
const CONFIG = 'config';
const ofCallAlone = [CONFIG, 'printConfig'];

/** What an option of the command is set to, and by what: a flag, a variable, a file, or its default. */
export interface Setting {
  name: string;
  value: unknown;
  source: string;
}

/** The options that a variable of the environment and a file set too, in their order. */
export const settingsOf = (command: Command): Option[] =>
  command.options.filter((option) => !ofCallAlone.includes(option.attributeName()));

/** `SEMBLANCE_SERVE_MAX_REQUESTS` for `--max-requests`. */
export const variableOf = (option: Option, prefix: string): string =>
  prefix + option.long!.slice('--'.length).replaceAll('-', '_').toUpperCase();

/** Whether it takes `key=value`, any number of times. */
export const takesPairs = (option: Option): boolean => option.flags.includes('<key=value>');

/**
 * Gives options that the command line left out what the environment says, else the file of `--config`, else their default.
 *
 * @param prefix of the variables, as `SEMBLANCE_SERVE_`
 * @returns what each option is set to now, and by what
 * @throws SemblanceError USAGE_INVALID_VALUE for a name that is no option's, or a value that it does not take;
 * PATH_NOT_FOUND
 */
export async function configure(command: Command, prefix: string, env: Io['env']): Promise<Setting[]> {
  const options = settingsOf(command);
  const variables = givenVariables(options, prefix, env);
  const path = command.opts()[CONFIG] ?? (env[`${prefix}CONFIG`] || undefined);
  const file = path === undefined ? {} : await readConfig(path, options);
  return options.map((option) => {
    const name = option.attributeName();
    const variable = variableOf(option, prefix);
    const set = (read: () => unknown, source: string): Setting => {
      const value = naming(source, read);
      command.setOptionValueWithSource(name, value, 'config');
      return { name, value, source };
    };
    if (command.getOptionValueSource(name) === 'cli') {
      return { name, value: command.getOptionValue(name), source: option.long! };
    }
    if (variable in variables) return set(() => ofText(option, variables[variable]!), variable);
    if (Object.hasOwn(file, name)) return set(() => ofJson(option, file[name]), path);
    return { name, value: command.getOptionValue(name), source: 'default' };
  });
}

/** The variables that say something; an empty one, as Compose gives for what is not set, says nothing. */
function givenVariables(options: readonly Option[], prefix: string, env: Io['env']): Record<string, string> {
  const known = [...options.map((option) => variableOf(option, prefix)), `${prefix}CONFIG`];
  const given = Object.entries(env).filter(([name, value]) => name.startsWith(prefix) && value);
  for (const [name] of given) requireKnown(name, known, 'the environment');
  return Object.fromEntries(given) as Record<string, string>;
}

async function readConfig(path: string, options: readonly Option[]): Promise<Record<string, unknown>> {
  const text = await readTextFile(path);
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (cause) {
    throw new SemblanceError('USAGE_INVALID_VALUE', `${path} is not valid JSON: ${(cause as Error).message}`);
  }
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new SemblanceError('USAGE_INVALID_VALUE', `expected an object of options in ${path}`);
  }
  const known = options.map((option) => option.attributeName());
  for (const name of Object.keys(config)) requireKnown(name, known, path);
  return config as Record<string, unknown>;
}

function requireKnown(name: string, known: readonly string[], where: string): void {
  if (known.includes(name)) return;
  const message = `there is no option '${name}', which ${where} sets`;
  throw new SemblanceError('USAGE_INVALID_VALUE', message + didYouMean(name, known));
}

/** The value that a variable's text stands for; several are parted by commas. */
function ofText(option: Option, text: string): unknown {
  if (option.isBoolean()) return flagOf(option, { 1: true, true: true, 0: false, false: false }[text], text);
  if (!option.variadic && !takesPairs(option)) return parsed(option, [text]);
  const words = text.split(',').map((word) => word.trim());
  return parsed(option, words);
}

/** The value that a file's JSON stands for. */
function ofJson(option: Option, json: unknown): unknown {
  if (option.isBoolean()) return flagOf(option, json, json);
  if (option.variadic) {
    if (Array.isArray(json) && json.length > 0)
      return parsed(
        option,
        json.map((item) => wordOf(option, item)),
      );
    throw wrong(option, 'a list of texts', json);
  }
  if (!takesPairs(option)) return parsed(option, [wordOf(option, json)]);
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw wrong(option, 'an object', json);
  return parsed(
    option,
    Object.entries(json).map(([key, value]) => `${key}=${wordOf(option, value)}`),
  );
}

function wordOf(option: Option, json: unknown): string {
  if (typeof json === 'string' || typeof json === 'number') return String(json);
  throw wrong(option, 'a text or a number', json);
}

function flagOf(option: Option, flag: unknown, given: unknown): boolean {
  if (typeof flag === 'boolean') return flag;
  throw wrong(option, 'true or false', given);
}

/** Words as the command line takes them after the flag. */
function parsed(option: Option, words: readonly string[]): unknown {
  if (!option.parseArg) return option.variadic ? words : words[0];
  return words.reduce<unknown>((before, word) => option.parseArg!(word, before), undefined);
}

const wrong = (option: Option, expected: string, given: unknown): SemblanceError =>
  new SemblanceError(
    'USAGE_INVALID_VALUE',
    `expected ${expected} for ${option.long} but received ${JSON.stringify(given)}`,
  );

/** Says of a value that is refused where it was set. */
function naming<Value>(source: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!isSemblanceError(error)) throw error;
    throw new SemblanceError(error.code, `${error.message} (set by ${source})`, { cause: error });
  }
}
