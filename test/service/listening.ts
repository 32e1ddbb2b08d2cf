import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Reads what a service says until it listens, or ends: its address, empty where it never did, and all it said. */
export async function listening(stderr: Readable): Promise<{ url: string; said: string[] }> {
  const said: string[] = [];
  for await (const line of createInterface(stderr)) {
    said.push(line);
    const url = /^listening at (\S+)$/.exec(line)?.[1];
    if (url) {
      // a log that nobody reads would stop who writes it
      setImmediate(() => stderr.resume());
      return { url, said };
    }
  }
  return { url: '', said };
}
