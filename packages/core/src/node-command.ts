import { fileURLToPath } from 'node:url';
import { siblingModule } from './sibling-module.ts';

/** A program and the arguments that it is started with. */
export type CommandLine = [file: string, ...args: string[]];

/**
 * The command that runs a module of ours as a process of its own, in the Node that runs this one and without its
 * warnings about what is experimental. The process takes the caller's environment, or the one it is given.
 *
 * @param from `import.meta.url` of the module that names it
 * @param path relative to `from`, without an extension
 * @param args what the module finds in `process.argv` from 2 on
 * @example
 * ```ts
 * import { spawn } from 'node:child_process';
 * import { nodeCommand } from '@semblance/core';
 *
 * // what runs the module `serve` beside this one, as .ts or as .js, with one argument
 * const [file, ...args] = nodeCommand(import.meta.url, './serve', '--port=8080');
 * const start = () => spawn(file, args, { stdio: 'inherit' });
 * ```
 */
export function nodeCommand(from: string, path: string, ...args: string[]): CommandLine {
  const module = fileURLToPath(siblingModule(from, path));
  return [process.execPath, '--disable-warning=ExperimentalWarning', module, ...args];
}
