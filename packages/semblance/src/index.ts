/**
 * The command line as a module: its commands, and a function that runs one.
 *
 * @module
 */

export { commands } from './commands/index.ts';
export { jobParts } from './commands/job-kinds/index.ts';
export { run } from './run.ts';
