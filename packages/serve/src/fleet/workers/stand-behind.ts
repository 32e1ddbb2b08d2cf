import { readdir } from 'node:fs/promises';
import { setPriority } from 'node:os';

/** Puts this process behind the others at the processor. Linux does that by thread, and those that are there inherit nothing. */
export async function standBehind(niceness: number): Promise<void> {
  setPriority(niceness);
  const threads = await readdir('/proc/self/task').catch(() => []);
  for (const thread of threads) {
    try {
      setPriority(Number(thread), niceness);
    } catch {
      // it has ended
    }
  }
}
