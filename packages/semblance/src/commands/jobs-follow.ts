import type { JobService, Version } from '@semblance/jobs';
import type { Io } from '../cli/io.ts';
import { printableLog } from '../cli/printable.ts';

/**
 * Says the lines of a worker's log as they come, until the version has ended or Ctrl-C, which ends the looking on and not
 * the work: that is said then.
 *
 * @returns whether it was interrupted
 */
export async function followLines(
  jobs: JobService,
  version: Version,
  { worker, io, say }: { worker: number; io: Io; say(line: string): void },
): Promise<boolean> {
  const { fullName } = await import('@semblance/jobs');
  const interrupted = new AbortController();
  const onInterrupt = (): void => interrupted.abort();
  process.once('SIGINT', onInterrupt);
  try {
    let rest = '';
    for await (const piece of jobs.follow(version, { worker, signal: interrupted.signal })) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop()!;
      for (const line of lines) say(line);
    }
    if (rest !== '') say(rest);
  } finally {
    process.off('SIGINT', onInterrupt);
  }
  if (!interrupted.signal.aborted) return false;
  const name = fullName(version);
  io.err(`${name} goes on in the background. Look on: semblance jobs logs ${name} --follow`);
  io.err(`End it: semblance jobs stop ${name}`);
  return true;
}

/** Prints the log of worker 0 until the version has ended, and how; null where looking on was interrupted. */
export async function followToEnd(jobs: JobService, version: Version, io: Io): Promise<Version | null> {
  const say = (line: string): void => io.err(printableLog(line));
  if (await followLines(jobs, version, { worker: 0, io, say })) return null;
  const ended = (await jobs.store.get(version.id))!;
  io.err(`${ended.state}: ${ended.reason}`);
  return ended;
}
