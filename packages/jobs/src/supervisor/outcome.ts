import type { WorkerSight } from '../executor/executor.ts';

/** How a group of workers ended, or that it has not. */
export type GroupOutcome =
  | { kind: 'absent' }
  | { kind: 'running'; numRunning: number }
  | { kind: 'done'; code: number; reason: string }
  | { kind: 'failed'; code: number; reason: string; isRunning: boolean }
  | { kind: 'lost'; reason: string; isRunning: boolean };

/**
 * What the sights of all workers say of their group: it is done where every worker ended with a code of `doneCodes`;
 * it has failed with the first that did not, and is lost with the first that is gone without a code, even while
 * others run.
 */
export function groupOutcome(
  sights: readonly WorkerSight[],
  doneCodes: Readonly<Record<number, string>>,
): GroupOutcome {
  const isRunning = sights.some(({ state }) => state === 'running');
  const gone = sights.findIndex(({ state }) => state === 'gone');
  const ended = sights
    .flatMap((sight, worker) => (sight.state === 'ended' ? [{ worker, ...sight }] : []))
    .sort((a, b) => a.atMs - b.atMs);
  const failed = ended.find(({ code }) => !Object.hasOwn(doneCodes, code));
  if (failed) {
    const reason = `worker ${failed.worker} ${describeExit(failed.code)}`;
    return { kind: 'failed', code: failed.code, reason, isRunning };
  }
  if (gone >= 0) {
    const sight = sights[gone] as Extract<WorkerSight, { state: 'gone' }>;
    const reason = `worker ${gone} (process ${sight.pid}) is gone without an exit code: ${sight.why}`;
    return { kind: 'lost', reason, isRunning };
  }
  if (sights.some(({ state }) => state === 'absent')) return { kind: 'absent' };
  if (isRunning) {
    return { kind: 'running', numRunning: sights.filter(({ state }) => state === 'running').length };
  }
  if (ended.length === 0) return { kind: 'lost', reason: 'its workers were kept from beginning', isRunning };
  const last = ended.reduce((worst, sight) => (sight.code > worst.code ? sight : worst));
  return { kind: 'done', code: last.code, reason: doneCodes[last.code]! };
}

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
