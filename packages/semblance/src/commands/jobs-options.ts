import type { JobService } from '@semblance/jobs';
import type { Command } from 'commander';
import type { ExitCode } from '../cli/command.ts';
import type { Io } from '../cli/io.ts';

/** Where the jobs are kept. */
export interface StoreOptions {
  jobs?: string;
}

export function addStoreOption(command: Command): Command {
  return command.option(
    '--jobs <dir>',
    'where jobs are kept (default: $SEMBLANCE_HOME/jobs, or ~/.semblance/jobs)',
  );
}

/** Opens the jobs for one command. */
export async function withJobs(
  { jobs }: StoreOptions,
  io: Io,
  action: (service: JobService) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { JobService } = await import('@semblance/jobs');
  const { jobParts } = await import('./job-kinds/index.ts');
  const home = jobs === undefined ? {} : { home: jobs };
  await using service = new JobService({ ...home, env: io.env, parts: jobParts });
  return await action(service);
}
