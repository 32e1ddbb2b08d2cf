// Node stops a process's threads when it exits. One that is stopped inside native code (ONNX Runtime's) comes back to an
// engine that is no more, and aborts the process: signal 6 in place of the exit code.

/** The longest that an exit waits, ms: a large network takes seconds for a large picture. */
const LONGEST_WAIT_MS = 10_000;

/** What both threads of a channel see: how many calls are in work, and whether the process exits. */
export type SharedState = Int32Array<SharedArrayBuffer>;
const CALLS = 0;
const EXITS = 1;

const states = new Set<SharedState>();

/** With one call in work: to open. */
export function createState(): SharedState {
  const state = new Int32Array(new SharedArrayBuffer(8));
  noteCall(state);
  return state;
}

/** From now on an exit of this process waits for the calls in work; a thread that has ended is to be forgotten. */
export function watchState(state: SharedState): void {
  if (states.size === 0) process.on('exit', waitForCalls);
  states.add(state);
}

export function forgetState(state: SharedState): void {
  states.delete(state);
  if (states.size === 0) process.off('exit', waitForCalls);
}

export const noteCall = (state: SharedState): void => void Atomics.add(state, CALLS, 1);

/** To be called by the worker, for each call once. */
export function noteAnswer(state: SharedState): void {
  Atomics.sub(state, CALLS, 1);
  Atomics.notify(state, CALLS);
}

/** For a worker that will answer no call. */
export function noteNoAnswers(state: SharedState): void {
  Atomics.store(state, CALLS, 0);
  Atomics.notify(state, CALLS);
}

/** Whether nobody waits for answers any more: the worker begins nothing. */
export const isExiting = (state: SharedState): boolean => Atomics.load(state, EXITS) === 1;

function waitForCalls(): void {
  const endMs = performance.now() + LONGEST_WAIT_MS;
  for (const state of states) Atomics.store(state, EXITS, 1);
  for (const state of states) {
    for (let calls = Atomics.load(state, CALLS); calls > 0; calls = Atomics.load(state, CALLS)) {
      if (Atomics.wait(state, CALLS, calls, endMs - performance.now()) === 'timed-out') return;
    }
  }
}
