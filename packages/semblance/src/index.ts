export { commands } from './commands/index.ts';
export { jobParts } from './commands/job-kinds/index.ts';
export { run } from './run.ts';
