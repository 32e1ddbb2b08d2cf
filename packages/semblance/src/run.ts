import { didYouMean } from '@semblance/core';
import { Command, CommanderError } from 'commander';
import type { CommandSpec, ExitCode } from './cli/command.ts';
import type { Setting } from './cli/configured.ts';
import type { Io } from './cli/io.ts';
import { addKeyOptions, withKeyOptions } from './cli/key-options.ts';
import { usageError } from './cli/usage-error.ts';
import { version } from './cli/version.ts';
import { commandGroups, commands } from './commands/index.ts';
import { withVersionPlaces } from './commands/version-places.ts';
import { asSemblanceError, SemblanceError } from './error.ts';

/**
 * Runs the command line: parses, does, and says what went wrong in one line with its code.
 *
 * @param args without the program's own name
 * @returns the exit code
 * @param io where its words go
 * @example
 * ```ts
 * import { run } from 'semblance';
 *
 * const lines: string[] = [];
 * const out = (line: string) => void lines.push(line);
 * const io = { out, err: out, draw() {}, isTerminal: false, columns: () => 80, env: process.env };
 * console.log(await run(['model', 'inspect', 'models/detector'], io)); // 0
 * ```
 */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = createProgram(io, (code) => (exitCode = code));
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.code === 'commander.helpDisplayed' || error.code === 'commander.version') return 0;
      if (error.code === 'commander.help') return 2; // no command at all: the help was the answer
      return report(unknownCommand(program, args) ?? unknownFlag(program, args) ?? usageError(error), io);
    }
    return report(error, io);
  }
}

function createProgram(io: Io, done: (code: ExitCode) => void): Command {
  const program = new Command('semblance')
    .description('Face recognition that you train, run and trust yourself.')
    .version(version(), '--version', 'prints the version')
    .helpOption('-h, --help', 'prints this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
      outputError: () => {}, // errors are said once, by report
    })
    .showSuggestionAfterError(true)
    .addHelpText(
      'after',
      '\nHelp for a command: semblance recognize --help\nCheck this machine:  semblance doctor',
    );
  for (const spec of commands) addCommand(program, spec, io, done);
  return program;
}

function addCommand(program: Command, spec: CommandSpec, io: Io, done: (code: ExitCode) => void): void {
  let parent = program;
  for (const word of spec.path.slice(0, -1)) {
    parent =
      parent.commands.find((command) => command.name() === word) ??
      parent
        .command(word)
        .description(commandGroups[word] ?? '')
        .helpCommand(false);
  }
  const command = parent.command(spec.path.at(-1)!).summary(spec.summary);
  command.description(spec.description ? `${spec.summary}\n\n${spec.description}` : spec.summary);
  spec.configure(command);
  if (spec.opensGalleries) addKeyOptions(command);
  const examples = spec.examples.map(([call, does]) => `  # ${does}\n  ${call}`).join('\n\n');
  command.addHelpText('after', `\nExamples:\n${examples}`);
  command.action(async () => {
    const names = command.registeredArguments.map((argument) => argument.name());
    const args = Object.fromEntries(names.map((name, i) => [name, command.processedArgs[i]]));
    const settings = spec.variables === undefined ? {} : await settingsOf(command, spec.variables, io);
    const options = { ...command.opts(), ...args, ...settings };
    // the commands of jobs know versions themselves
    const placed = spec.path[0] === 'jobs' ? options : await withVersionPlaces(options, io);
    done((await spec.run(placed, spec.opensGalleries ? withKeyOptions(io, options) : io)) ?? 0);
  });
}

/** Options that the environment or a file set, put into the command; and what each is set to by what. */
async function settingsOf(command: Command, prefix: string, io: Io): Promise<{ settings: Setting[] }> {
  const { configure } = await import('./cli/configured.ts');
  return { settings: await configure(command, prefix, io.env) };
}

/** The first word that names no command where one has to: commander would blame the flags after it. */
function unknownCommand(program: Command, args: readonly string[]): SemblanceError | null {
  let command = program;
  for (const word of args) {
    if (command.commands.length === 0 || word.startsWith('-')) return null;
    const names = command.commands.map((candidate) => candidate.name());
    const found = command.commands.find((candidate) => candidate.name() === word);
    if (!found)
      return new SemblanceError(
        'USAGE_UNKNOWN_COMMAND',
        `unknown command '${word}'${didYouMean(word, names)}`,
      );
    command = found;
  }
  return null;
}

/**
 * The first flag that the called command does not have. Commander looks for missing flags first, and would answer
 * `--dta x` with "--data is missing".
 */
function unknownFlag(program: Command, args: readonly string[]): SemblanceError | null {
  let command = program;
  for (const word of args) {
    if (word.startsWith('-')) break;
    command = command.commands.find((candidate) => candidate.name() === word) ?? command;
  }
  const known = command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ short, long }) => [short, long])
    .filter((name) => name !== undefined);
  const end = args.indexOf('--');
  for (const word of end < 0 ? args : args.slice(0, end)) {
    const [flag] = word.split('=') as [string];
    if (!/^--?[a-z]/i.test(flag) || known.includes(flag)) continue;
    return new SemblanceError('USAGE_UNKNOWN_FLAG', `unknown option '${flag}'${didYouMean(flag, known)}`);
  }
  return null;
}

/** Says an error in one line and gives its exit code. */
function report(error: unknown, io: Io): ExitCode {
  const { code, message, fault, cause } = asReported(error);
  io.err(`error ${code}: ${message}`);
  if (code.startsWith('USAGE_')) io.err('Add --help to the command to see how it is used.');
  if (io.env.SEMBLANCE_DEBUG) {
    for (let part: unknown = error; part instanceof Error; part = part.cause) io.err(String(part.stack));
  } else if (code === 'INTERNAL' && cause instanceof Error) {
    io.err('Set SEMBLANCE_DEBUG=1 to see where it happened.');
  }
  return fault === 'caller' ? 2 : 1;
}

/** Errors of the other packages carry codes of their own. */
function asReported(error: unknown): {
  code: string;
  message: string;
  fault: 'caller' | 'ours';
  cause?: unknown;
} {
  if (error instanceof SemblanceError) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (error instanceof Error && typeof code === 'string' && /^(?!ERR_)[A-Z]+(_[A-Z]+)+$/.test(code)) {
    return { code, message: error.message, fault: 'ours' };
  }
  return asSemblanceError(error);
}
