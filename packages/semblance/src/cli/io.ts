import { flushCompileCache } from 'node:module';
// before Node's cache of compiled code is in use: nothing large
import { asSemblanceError } from '@semblance/core/error';

/** Where a command's words go: results to `out`, everything else to `err`. */
export interface Io {
  /** Writes a line of results. */
  out(line: string): void;
  /** Writes a line for people. */
  err(line: string): void;
  /** The descriptor of that stream, for what writes to it in the background; missing where lines are kept. */
  errFd?: number;
  /** Writes to the error stream as it is, for progress bars. */
  draw(text: string): void;
  /** Whether the error stream is a terminal. */
  isTerminal: boolean;
  /** Width of that terminal in characters. */
  columns(): number;
  /** Width of the terminal that results go to; missing where they go elsewhere. */
  outColumns?: number;
  env: Readonly<Record<string, string | undefined>>;
  /** Asks whoever sits at the terminal, and gives the line they write. Missing where nobody does. */
  ask?(question: string): Promise<string>;
  /**
   * Begins the same command again in this very process, with another environment; does not come back. Missing where the
   * process is not the command's own, or the system cannot.
   */
  startAnew?(env: Readonly<Record<string, string | undefined>>): void;
}

/** The process's own streams. */
export function processIo(): Io {
  // a reader that has seen enough (`| head`) is no failure
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    const { code, message } = asSemblanceError(error);
    process.stderr.write(`error ${code}: the results cannot be written: ${message}\n`);
    process.exit(1);
  });
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    errFd: 2,
    draw: (text) => void process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
    columns: () => process.stderr.columns ?? 80,
    ...(process.stdout.isTTY ? { outColumns: process.stdout.columns } : {}),
    env: process.env,
    ...(process.stdin.isTTY && process.stderr.isTTY ? { ask } : {}),
    ...(process.execve ? { startAnew } : {}),
  };
}

/** On the error stream: results alone go to the other. */
async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(question).finally(() => terminal.close());
  return answer.trim();
}

/** The process keeps its number, streams and signals: whoever watches it sees no difference. */
function startAnew(env: Readonly<Record<string, string | undefined>>): void {
  const { execPath, execArgv, argv } = process;
  flushCompileCache();
  process.execve!(execPath, [execPath, ...execArgv, ...argv.slice(1)], { ...env } as NodeJS.ProcessEnv);
}
