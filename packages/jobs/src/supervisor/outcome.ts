import type { WorkerSight } from '../executor/executor.ts';

/** How a group of workers ended, or that it has not. */
export type GroupOutcome =
  | { kind: 'absent' }
  /** `waitsFor`: what a worker that is in a queue waits for, '' where nobody says. */
  | { kind: 'running'; numRunning: number; waitsFor?: string }
  | { kind: 'done'; code: number; reason: string }
  | { kind: 'failed'; code: number; reason: string; isRunning: boolean }
  /** `isTakenAway`: by the cluster that it ran on. */
  | { kind: 'lost'; reason: string; isRunning: boolean; isTakenAway?: boolean };

/**
 * What the sights of all workers say of their group: it is done where every worker ended with a code of `doneCodes`;
 * it has failed with the first that did not, and is lost with the first that is gone without a code, even while
 * others run.
 */
export function groupOutcome(
  sights: readonly WorkerSight[],
  doneCodes: Readonly<Record<number, string>>,
): GroupOutcome {
  const isRunning = sights.some(isLiving);
  const taken = sights.find((sight) => sight.state === 'gone' && sight.isTakenAway);
  // that others failed for want of it is no failure of theirs
  if (taken?.state === 'gone') return { kind: 'lost', reason: taken.why, isRunning, isTakenAway: true };
  const gone = sights.findIndex(({ state }) => state === 'gone');
  const ended = sights
    .flatMap((sight, worker) => (sight.state === 'ended' ? [{ worker, ...sight }] : []))
    .sort((a, b) => a.atMs - b.atMs);
  const failed = ended.find(({ code }) => !Object.hasOwn(doneCodes, code));
  if (failed) {
    // those that were told to end when it failed are no news
    const others = ended.filter(
      ({ worker, code }) =>
        worker !== failed.worker && !Object.hasOwn(doneCodes, code) && !toldCodes.has(code),
    );
    const also = others.map(({ worker, code }) => `; worker ${worker} ${describeExit(code)}`).join('');
    const reason = `worker ${failed.worker} ${describeExit(failed.code)}${failed.why ? ` (${failed.why})` : ''}${also}`;
    return { kind: 'failed', code: failed.code, reason, isRunning };
  }
  if (gone >= 0) {
    const sight = sights[gone] as Extract<WorkerSight, { state: 'gone' }>;
    const process = sight.pid === undefined ? '' : ` (process ${sight.pid})`;
    const reason = `worker ${gone}${process} is gone without an exit code: ${sight.why}`;
    return { kind: 'lost', reason, isRunning };
  }
  if (sights.some(({ state }) => state === 'absent')) return { kind: 'absent' };
  if (isRunning) {
    const waiting = sights.flatMap((sight) => (sight.state === 'waiting' ? (sight.why ?? '') : []));
    const waitsFor = waiting.find((why) => why !== '') ?? waiting[0];
    return {
      kind: 'running',
      numRunning: sights.filter(({ state }) => state === 'running').length,
      ...(waitsFor === undefined ? {} : { waitsFor }),
    };
  }
  if (ended.length === 0) return { kind: 'lost', reason: 'its workers were kept from beginning', isRunning };
  const last = ended.reduce((worst, sight) => (sight.code > worst.code ? sight : worst));
  return { kind: 'done', code: last.code, reason: doneCodes[last.code]! };
}

/** Whether a worker is there, and will come to an end by itself or by being told. */
export const isLiving = ({ state }: WorkerSight): boolean => state === 'running' || state === 'waiting';

/** Of SIGTERM and SIGKILL. */
const toldCodes = new Set([128 + 15, 128 + 9]);

const signals: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM',
};

/** `ended with exit code 1`, `was ended by SIGKILL`. */
export function describeExit(code: number): string {
  const signal = signals[code - 128];
  return signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
}
