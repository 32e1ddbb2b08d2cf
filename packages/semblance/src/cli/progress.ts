import type { Progress } from '@semblance/core/progress';
import type { Io } from './io.ts';

const REDRAW_MS = 100;
const LINE_EVERY_MS = 10_000;

export interface ProgressOptions {
  now?: () => number;
  /** How an amount is written (a count): {@link megabytes}. */
  amount?: (value: number) => string;
}

/** An amount of bytes as people write it. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/**
 * Shows how far a long task is: a bar on a terminal, a plain line every ten seconds elsewhere. All of it goes to the
 * error stream.
 */
export function createProgress(io: Io, label: string, options: ProgressOptions = {}): Progress {
  const { now = () => performance.now(), amount = String } = options;
  const startMs = now();
  let lastMs = Number.NEGATIVE_INFINITY;
  let lastLine = '';
  let state = '';
  const clear = (): void => {
    if (io.isTerminal && lastLine !== '') io.draw('\r\x1b[2K');
  };
  const draw = (): void => {
    lastMs = now();
    lastLine = state;
    if (io.isTerminal) io.draw(`\r\x1b[2K${state.slice(0, Math.max(20, io.columns() - 1))}`);
    else io.err(state);
  };
  return {
    update(done, total, note = '') {
      const elapsedMs = now() - startMs;
      state = describe({ label, done, total, elapsedMs, note, withBar: io.isTerminal, amount });
      if (now() - lastMs >= (io.isTerminal ? REDRAW_MS : LINE_EVERY_MS)) draw();
    },
    say(line) {
      clear();
      io.err(line);
      if (io.isTerminal && lastLine !== '') draw();
    },
    end() {
      if (io.isTerminal) clear();
      else if (state !== '' && state !== lastLine) io.err(state);
      lastLine = '';
      state = '';
    },
  };
}

interface State {
  label: string;
  done: number;
  /** 0 where it is not known. */
  total: number;
  elapsedMs: number;
  note: string;
  withBar: boolean;
  amount: (value: number) => string;
}

function describe({ label, done, total, elapsedMs, note, withBar, amount }: State): string {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const perSecond = elapsedMs > 0 ? (done / elapsedMs) * 1000 : 0;
  const leftMs = share > 0 && share < 1 ? (elapsedMs / share) * (1 - share) : 0;
  const bar = withBar && total > 0 ? ` ${'█'.repeat(Math.round(share * 20)).padEnd(20, '░')}` : '';
  const speed = amount === String ? perSecond.toFixed(perSecond >= 10 ? 0 : 1) : amount(perSecond);
  const rate = done > 0 ? ` ${speed}/s` : '';
  const eta = leftMs > 0 ? `, ${formatDuration(leftMs)} left` : '';
  const of = total > 0 ? `/${amount(total)}` : '';
  return `${label}${bar} ${amount(done)}${of}${rate}${eta}${note ? `, ${note}` : ''}`;
}

/** `1 h 05 min`, `3 min 20 s`, `12 s`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
