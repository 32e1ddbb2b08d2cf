import type { Progress } from '@semblance/core/progress';
import type { Io } from './io.ts';

const REDRAW_MS = 100;
const LINE_EVERY_MS = 10_000;

/**
 * Shows how far a long task is: a bar on a terminal, a plain line every ten seconds elsewhere. All of it goes to the
 * error stream.
 */
export function createProgress(io: Io, label: string, now: () => number = () => performance.now()): Progress {
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
      state = describe(label, done, total, elapsedMs, note, io.isTerminal);
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

function describe(
  label: string,
  done: number,
  total: number,
  elapsedMs: number,
  note: string,
  withBar: boolean,
): string {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const perSecond = elapsedMs > 0 ? (done / elapsedMs) * 1000 : 0;
  const leftMs = share > 0 && share < 1 ? (elapsedMs / share) * (1 - share) : 0;
  const bar = withBar ? ` ${'█'.repeat(Math.round(share * 20)).padEnd(20, '░')}` : '';
  const rate = done > 0 ? ` ${perSecond >= 10 ? perSecond.toFixed(0) : perSecond.toFixed(1)}/s` : '';
  const eta = leftMs > 0 ? `, ${formatDuration(leftMs)} left` : '';
  return `${label}${bar} ${done}/${total}${rate}${eta}${note ? `, ${note}` : ''}`;
}

/** `1 h 05 min`, `3 min 20 s`, `12 s`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
