import type { Io } from '../cli/io.ts';
import { run } from '../run.ts';

export interface Recorded {
  code: number;
  /** Lines of the result stream. */
  out: string[];
  /** Lines of the error stream. */
  err: string[];
}

/** Runs the command line in this process and records what it says, on a machine without a model or a gallery. */
export const record = (...args: string[]): Promise<Recorded> =>
  recordIn({ SEMBLANCE_HOME: '/nowhere/semblance' }, ...args);

/** The same in an environment. */
export async function recordIn(env: Io['env'], ...args: string[]): Promise<Recorded> {
  const [out, err]: [string[], string[]] = [[], []];
  const io: Io = {
    out: (text) => void out.push(...text.split('\n')),
    err: (text) => void err.push(...text.split('\n')),
    draw: (text) => void err.push(text),
    isTerminal: false,
    columns: () => 80,
    env,
  };
  return { code: await run(args, io), out, err };
}
