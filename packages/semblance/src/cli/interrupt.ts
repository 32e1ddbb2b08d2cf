import type { Progress } from '@semblance/core/progress';
import type { ExitCode } from './command.ts';
import type { Io } from './io.ts';

/** Ctrl-C while many photos are worked on: the one in work is ended and printed, and no other begun. */
export interface Interrupt extends Disposable {
  readonly isAsked: boolean;
  /** Says how far the work came, and gives the exit code that shells expect of an interrupted command. */
  end(io: Io, progress: Progress, done: number, total: number): ExitCode;
}

/** Listens for Ctrl-C until it is disposed; a second one ends the process at once. */
export function onInterrupt(): Interrupt {
  let isAsked = false;
  const listener = (): void => void (isAsked = true);
  process.once('SIGINT', listener);
  return {
    get isAsked() {
      return isAsked;
    },
    end(io, progress, done, total) {
      progress.end();
      io.err(`interrupted after ${done} of ${total} photos; their results are complete`);
      return 130;
    },
    [Symbol.dispose]: () => void process.off('SIGINT', listener),
  };
}
