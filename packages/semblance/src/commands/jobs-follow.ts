import type { JobService, Version } from '@semblance/jobs';
import type { Io } from '../cli/io.ts';
import { printable } from '../cli/printable.ts';

/**
 * Prints the log of worker 0 as it grows, until the version has ended; gives the version as it then is, or null after
 * Ctrl-C, which ends the looking on and not the work.
 */
export async function followToEnd(jobs: JobService, version: Version, io: Io): Promise<Version | null> {
  const { fullName } = await import('@semblance/jobs');
  const interrupted = new AbortController();
  const onInterrupt = (): void => interrupted.abort();
  process.once('SIGINT', onInterrupt);
  try {
    let rest = '';
    for await (const piece of jobs.follow(version, { worker: 0, signal: interrupted.signal })) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop()!;
      for (const line of lines) io.err(printable(line));
    }
    if (rest !== '') io.err(printable(rest));
  } finally {
    process.off('SIGINT', onInterrupt);
  }
  if (interrupted.signal.aborted) {
    const name = fullName(version);
    io.err(`${name} goes on in the background. Look on: semblance jobs logs ${name} --follow`);
    io.err(`End it: semblance jobs stop ${name}`);
    return null;
  }
  const ended = (await jobs.store.get(version.id))!;
  io.err(`${ended.state}: ${ended.reason}`);
  return ended;
}
