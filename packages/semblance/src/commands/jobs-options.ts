import type { JobService } from '@semblance/jobs';
import { type Command, Option } from 'commander';
import type { ExitCode } from '../cli/command.ts';
import type { Io } from '../cli/io.ts';
import { SemblanceError } from '../error.ts';

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

/** `--name key=value`, any number of times. */
export function pairsOption(flags: string, help: string): Option {
  const option = new Option(flags, help);
  return option.argParser((text: string, before: Record<string, string> | undefined) => {
    const at = text.indexOf('=');
    if (at >= 1) return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `expected ${option.long} key=value but received ${option.long} ${text}`,
    );
  });
}

/** `--name value`, any number of times; where `isParted` also separated by commas. */
export function listOption(flags: string, help: string, isParted = false): Option {
  return new Option(flags, help).argParser((text: string, before: string[] | undefined) => [
    ...(before ?? []),
    ...(isParted ? text.split(',').map((part) => part.trim()) : [text]),
  ]);
}

const units: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** An option with a number of bytes: `500M`, `2G`. */
export function bytesOption(flags: string, help: string): Option {
  const option = new Option(flags, help);
  return option.argParser((text: string) => {
    const [, number, unit] = /^(\d+(?:\.\d+)?)([kmgt]?)i?b?$/i.exec(text) ?? [];
    if (number !== undefined) return Number(number) * units[unit!.toLowerCase()]!;
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `expected a size such as 500M or 2G for ${option.long} but received '${text}'`,
    );
  });
}

const seconds: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86400 };

/** An option with a time: `90s`, `30m`, `12h`; in milliseconds. */
export function durationOption(flags: string, help: string): Option {
  const option = new Option(flags, help);
  return option.argParser((text: string) => {
    const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text) ?? [];
    if (number !== undefined) return Number(number) * seconds[unit!]! * 1000;
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `expected a time such as 90s, 30m or 12h for ${option.long} but received '${text}'`,
    );
  });
}
