import type { JobService } from '@semblance/jobs';
import type { Command } from 'commander';
import type { ExitCode } from '../cli/command.ts';
import type { Io } from '../cli/io.ts';

/** Where the jobs are kept. */
export interface StoreOptions {
  jobs?: string;
  store?: string;
}

export const JOBS_HELP = 'where jobs are kept (default: $SEMBLANCE_HOME/jobs, or ~/.semblance/jobs)';
export const STORE_HELP =
  'a PostgreSQL database that keeps the versions for several machines, as postgres://USER@HOST/DATABASE ' +
  '(default: $SEMBLANCE_STORE, else a file in the folder of --jobs, which all of them have to see)';

export function addStoreOption(command: Command): Command {
  return command.option('--jobs <dir>', JOBS_HELP).option('--store <url>', STORE_HELP);
}

/** Opens the jobs for one command. */
export async function withJobs(
  options: StoreOptions,
  io: Io,
  action: (service: JobService) => Promise<ExitCode>,
): Promise<ExitCode> {
  await using service = await openJobs(options, io);
  return await action(service);
}

/** The jobs that options and environment name. */
export async function openJobs({ jobs, store }: StoreOptions, { env }: Pick<Io, 'env'>): Promise<JobService> {
  const { JobService } = await import('@semblance/jobs');
  const { jobParts } = await import('./job-kinds/index.ts');
  return JobService.open({
    ...(jobs === undefined ? {} : { home: jobs }),
    ...(store === undefined ? {} : { store }),
    ...{ env, parts: jobParts },
  });
}
