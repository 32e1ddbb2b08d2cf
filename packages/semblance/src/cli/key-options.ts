import { type Command, Option } from 'commander';
import type { Io } from './io.ts';

/** Adds `--key-file` and `--key-command`. */
export const addKeyOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--key-file <file>',
        'the master key of an encrypted gallery (default: what SEMBLANCE_GALLERY_KEY, …_KEY_FILE or …_KEY_COMMAND says, or ' +
          'keys/gallery.key in $SEMBLANCE_HOME)',
      ).conflicts('keyCommand'),
    )
    .option('--key-command <command>', 'a command that prints it, such as that of a key management service');

const VARIABLES = [
  'SEMBLANCE_GALLERY_KEY',
  'SEMBLANCE_GALLERY_KEY_FILE',
  'SEMBLANCE_GALLERY_KEY_COMMAND',
] as const;

/** The command's surroundings where they say what these options say: all that opens a gallery looks there. */
export function withKeyOptions(io: Io, options: { keyFile?: string; keyCommand?: string }): Io {
  const { keyFile, keyCommand } = options;
  if (keyFile === undefined && keyCommand === undefined) return io;
  const none = Object.fromEntries(VARIABLES.map((name) => [name, undefined]));
  const given =
    keyFile === undefined
      ? { SEMBLANCE_GALLERY_KEY_COMMAND: keyCommand }
      : { SEMBLANCE_GALLERY_KEY_FILE: keyFile };
  return { ...io, env: { ...io.env, ...none, ...given } };
}

/** Has the threads of this process find the keys where `env` says. */
export function keysForThreads(env: Io['env']): void {
  for (const name of VARIABLES) {
    if (env[name] === undefined) delete process.env[name];
    else process.env[name] = env[name];
  }
}
