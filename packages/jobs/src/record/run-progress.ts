import { join } from 'node:path';
import type { Version } from '../model.ts';
import { parseLine, readTail } from './metrics.ts';

/** How far a run is. */
export interface RunProgress {
  step: number;
  totalSteps: number;
  /** 0 to 1. */
  share: number;
  /** Time that is left, in milliseconds, at the speed so far; null where no speed is known yet. */
  etaMs: number | null;
}

/** More than a line holds. */
const TAIL_BYTES = 16 << 10;

/**
 * How far a running version is, by the newest line of its metrics that says `totalSteps` beside `step`; null where none
 * does. The time left is what the line says as `etaSeconds`, else what it took to get here.
 */
export async function runProgress(
  { metricsLog }: { metricsLog: string | null },
  outputs: string,
  { state, startedMs, attempt }: Pick<Version, 'state' | 'startedMs' | 'attempt'>,
  nowMs: number = Date.now(),
): Promise<RunProgress | null> {
  if (metricsLog === null || state !== 'running') return null;
  const lines = (await readTail(join(outputs, metricsLog), TAIL_BYTES)).split('\n').reverse();
  for (const text of lines) {
    const line = parseLine(text);
    if (line === null || typeof line.totalSteps !== 'number' || !(line.totalSteps > 0)) continue;
    const { step, totalSteps, etaSeconds } = line;
    const share = Math.min(1, Math.max(0, step / totalSteps));
    const isTold = typeof etaSeconds === 'number' && Number.isFinite(etaSeconds);
    // a later attempt began somewhere in the midst, so that its time says nothing of the whole
    const canTell = startedMs !== null && attempt === 1 && share > 0;
    const etaMs = isTold ? etaSeconds * 1000 : canTell ? ((nowMs - startedMs) / share) * (1 - share) : null;
    return { step, totalSteps, share, etaMs: etaMs === null ? null : Math.max(0, Math.round(etaMs)) };
  }
  return null;
}
