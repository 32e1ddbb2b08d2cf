import type { JobService, Version } from '@semblance/jobs';
import type { Io } from '../cli/io.ts';

/** Prints the log of worker 0 as it grows, until the version has ended; gives the version as it then is. */
export async function followToEnd(jobs: JobService, version: Version, io: Io): Promise<Version> {
  let rest = '';
  for await (const piece of jobs.follow(version, { worker: 0 })) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    for (const line of lines) io.err(line);
  }
  if (rest !== '') io.err(rest);
  const ended = (await jobs.store.get(version.id))!;
  io.err(`${ended.state}: ${ended.reason}`);
  return ended;
}
