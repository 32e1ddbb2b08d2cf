/** Aborts where the process is told to end, for as long as it lives. */
export interface StopSignal extends Disposable {
  readonly signal: AbortSignal;
}

/**
 * Turns the first SIGTERM or SIGINT into an abort, so that what runs can come to a good end. SIGTERM may come again, from a
 * platform and from a launcher; a second SIGINT is somebody who does not want to wait, and ends the process at once.
 *
 * @param onStop is told of the first
 */
export function stopSignal(onStop: (name: NodeJS.Signals) => void): StopSignal {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals): void => {
    if (!controller.signal.aborted) {
      controller.abort();
      onStop(name);
    } else if (name === 'SIGINT') process.exit(130);
  };
  const names = ['SIGTERM', 'SIGINT'] as const;
  for (const name of names) process.on(name, stop);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of names) process.off(name, stop);
    },
  };
}
