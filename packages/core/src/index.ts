/**
 * What every package shares: errors, the home folder, starting modules as threads and processes.
 *
 * @module
 */

export {
  asSemblanceError,
  type ErrorCode,
  isSemblanceError,
  SemblanceError,
  type SemblanceErrorOptions,
} from './error.ts';
export { cacheFolder, type Env, semblanceHome } from './home.ts';
export { type CommandLine, nodeCommand } from './node-command.ts';
export { siblingModule } from './sibling-module.ts';
export { didYouMean } from './suggest.ts';
