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
export const recordIn = (env: Io['env'], ...args: string[]): Promise<Recorded> =>
  recordTerminal(env, null, args);

/** The same at a terminal, whose user gives these answers, in order; what was asked is among the lines for people. */
export async function recordTerminal(
  env: Io['env'],
  answers: readonly string[] | null,
  args: readonly string[],
): Promise<Recorded> {
  const left = [...(answers ?? [])];
  const [out, err]: [string[], string[]] = [[], []];
  const ask = async (question: string): Promise<string> => {
    err.push(question);
    return left.shift() ?? '';
  };
  const io: Io = {
    out: (text) => void out.push(...text.split('\n')),
    err: (text) => void err.push(...text.split('\n')),
    draw: (text) => void err.push(text),
    isTerminal: false,
    columns: () => 80,
    env,
    ...(answers ? { ask } : {}),
  };
  return { code: await run(args, io), out, err };
}
