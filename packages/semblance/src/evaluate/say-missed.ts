import type { Io } from '../cli/io.ts';

/** Names the first photos that could not be embedded, and why; how many there are stands in the results. */
export function sayMissed(io: Io, missed: readonly { name: string; code: string }[]): void {
  for (const { name, code } of missed.slice(0, 10)) io.err(`missed ${name}: ${code}`);
}
