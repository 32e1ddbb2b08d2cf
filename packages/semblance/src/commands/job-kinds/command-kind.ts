import { didYouMean } from '@semblance/core';
import { kindBase, type OptionKind, type TaskKind, type TaskRequest } from '@semblance/jobs/kinds';
import { Command, CommanderError, type Option } from 'commander';
import type { CommandSpec } from '../../cli/command.ts';
import { usageError } from '../../cli/usage-error.ts';
import { SemblanceError } from '../../error.ts';

/** A kind of task that is a command of semblance's own. */
export interface CommandKind extends TaskKind {
  /** Reads the words behind those that call it. @throws USAGE_* */
  parse(words: readonly string[]): TaskRequest;
}

/** What a command's own specification does not say. */
type JobSide = Partial<Omit<TaskKind, 'name' | 'summary' | 'words' | 'options' | 'check'>> & {
  /** Options that name a folder which is written on this machine, but are no output. */
  local?: readonly string[];
  /** Options that name a place of the user's own, which a job writes to only by its outputs. */
  withheld?: readonly string[];
};

/** Options that the platform sets: parameters, going on after a break, how results are printed. */
const platformOptions = ['set', 'resume', 'format'];
/** Values that are places: what the help of an option calls them. */
const placeholder = /<(dir|path|file|model|gallery)>/;
/** What the commands of semblance mean by their exit codes. */
const doneCodes = { 0: 'done', 3: 'done, but some inputs were refused: see the log' };

/**
 * A command as a kind of task: its options, which of them are flags, inputs or required, and what values they take are
 * those that the command declares.
 */
export function commandKind(spec: CommandSpec, { local = [], withheld = [], ...side }: JobSide): CommandKind {
  const { outputs = {}, required = [] } = side;
  const own = [...platformOptions, ...withheld];
  const declared = parserOf(spec).options.filter((option) => !own.includes(nameOf(option)));
  const taken = declared.filter((option) => !Object.hasOwn(outputs, nameOf(option)));
  const mandatory = taken.filter((option) => option.mandatory).map(nameOf);
  return {
    ...kindBase,
    doneCodes,
    ...side,
    name: spec.path.join('-'),
    summary: spec.summary,
    words: spec.path,
    options: Object.fromEntries(taken.map((option) => [nameOf(option), kindOf(option, local)])),
    required: [...new Set([...mandatory, ...required])],
    parse: (words) => parse(spec, outputs, own, words),
    check({ options, parameters }) {
      const given = Object.entries(options).flatMap(([name, value]) =>
        taken.find((option) => nameOf(option) === name && isFlag(option))
          ? [`--${name}`]
          : [`--${name}=${value}`],
      );
      const set = Object.entries(parameters).map(([key, value]) => `--set=${key}=${value}`);
      parse(spec, outputs, own, [...given, ...set]);
    },
  };
}

/** Takes the options that a command declares, each value held against its own parser, and keeps them as they are written. */
function parse(
  spec: CommandSpec,
  outputs: TaskKind['outputs'],
  own: readonly string[],
  words: readonly string[],
): TaskRequest {
  const request: TaskRequest = {
    task: spec.path.join('-'),
    options: {},
    parameters: {},
    command: [],
    outputs: {},
  };
  const parser = parserOf(spec);
  const flags = parser.options.map(nameOf).filter((name) => name === 'set' || !own.includes(name));
  const refuse = (word: string): never => {
    const known = flags.map((name) => `--${name}`);
    const message = `${spec.path.join(' ')} as a job takes ${known.join(', ')}, not '${word}'`;
    throw new SemblanceError('USAGE_UNKNOWN_FLAG', message + didYouMean(word, known));
  };
  for (const option of parser.options) {
    const name = nameOf(option);
    // behind commander's own listener, which has checked the value
    parser.on(`option:${name}`, (value?: string) => {
      if (!flags.includes(name)) refuse(`--${name}`);
      if (Object.hasOwn(outputs, name)) request.outputs[outputs[name]!] = value!;
      else if (name !== 'set') request.options[name] = value ?? 'true';
    });
  }
  try {
    const { operands, unknown } = parser.parseOptions([...words]);
    const [stray] = [...unknown, ...operands];
    if (stray !== undefined) refuse(stray);
  } catch (error) {
    throw error instanceof CommanderError ? usageError(error) : error;
  }
  request.parameters = { ...(parser.opts().set as Record<string, string> | undefined) };
  return request;
}

function parserOf(spec: CommandSpec): Command {
  const command = new Command(spec.path.join(' ')).exitOverride().configureOutput({ outputError: () => {} });
  spec.configure(command);
  return command;
}

const nameOf = (option: Option): string => option.name();
const isFlag = (option: Option): boolean => !option.required && !option.optional;

function kindOf(option: Option, local: readonly string[]): OptionKind {
  if (isFlag(option)) return 'flag';
  if (!placeholder.test(option.flags)) return 'text';
  return local.includes(nameOf(option)) ? 'local' : 'input';
}
