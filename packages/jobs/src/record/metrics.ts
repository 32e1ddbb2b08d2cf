import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, parseFigures, readTextFile } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import type { Metric } from '../model.ts';
import { openLines } from './lines.ts';

/** What a line says of how far the run is: no figures of what it reached. */
const ofProgress = new Set(['totalSteps', 'etaSeconds']);
/** Parts of a report that are no figures of the run as a whole. */
const leftOut = new Set(['boxes', 'curves', 'groups', 'missed', 'refused', 'warnings']);
const MOST_METRICS = 200;

/**
 * The numbers of a report by name, `tarAtFar.0.001` for those of a group; `accuracyInterval` beside `accuracy` becomes
 * its interval.
 */
export function flattenMetrics(report: unknown): Record<string, Metric> {
  const metrics: Record<string, Metric> = {};
  if (!isObject(report)) return metrics;
  const add = (name: string, value: unknown, interval: unknown): void => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return;
    if (Object.keys(metrics).length >= MOST_METRICS) return;
    metrics[name] = isInterval(interval) ? { value, interval } : { value };
  };
  for (const [key, value] of Object.entries(report)) {
    if (leftOut.has(key) || key.endsWith('Interval')) continue;
    const interval = report[`${key}Interval`];
    add(key, value, interval);
    if (!isObject(value)) continue;
    for (const [inner, part] of Object.entries(value)) {
      add(`${key}.${inner}`, part, isObject(interval) ? interval[inner] : undefined);
    }
  }
  return metrics;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isInterval = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === 'number');

/** One figure over the steps of a run. */
export type Curve = [step: number, value: number][];

/**
 * The figures of a metrics.jsonl over its steps, by name: every number of a line that has a `step`, and those of an
 * `evaluation` within it. Of a long run every n-th step is kept, so that no curve has more than about `maxPoints`.
 */
export async function readCurves(path: string, maxPoints = 2000): Promise<Record<string, Curve>> {
  const curves: Record<string, Curve> = {};
  let lines: AsyncIterable<string>;
  try {
    lines = await openLines(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return curves;
    throw error;
  }
  for await (const line of lines) {
    const parsed = parseLine(line);
    if (parsed === null) continue;
    const { step } = parsed;
    for (const [name, value] of Object.entries(figuresOf(parsed))) {
      if (name !== 'step' && typeof value === 'number' && Number.isFinite(value))
        (curves[name] ??= []).push([step, value]);
    }
  }
  for (const [name, curve] of Object.entries(curves)) {
    const every = Math.ceil(curve.length / maxPoints);
    if (every > 1) curves[name] = curve.filter((_, i) => i % every === 0 || i === curve.length - 1);
  }
  return curves;
}

/** The figures of a line and of the evaluation within it. */
function figuresOf({ evaluation, ...values }: Record<string, unknown>): Record<string, unknown> {
  const figures = isObject(evaluation) ? { ...values, ...evaluation } : values;
  return Object.fromEntries(Object.entries(figures).filter(([name]) => !ofProgress.has(name)));
}

/** A line that was cut off by a kill, or is no object with a step, tells nothing. */
export function parseLine(line: string): ({ step: number } & Record<string, unknown>) | null {
  try {
    const parsed = parseFigures(line);
    return isObject(parsed) && typeof parsed.step === 'number'
      ? (parsed as { step: number } & Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/**
 * The JSON of a file of figures, which may hold the NaN and Infinity of Python's `json`; null where there is none.
 *
 * @throws SemblanceError DATA_CORRUPT
 */
export async function readFigures(path: string): Promise<unknown> {
  if (!(await exists(path))) return null;
  try {
    return parseFigures(await readTextFile(path));
  } catch (cause) {
    throw new SemblanceError('DATA_CORRUPT', `${path} is not valid JSON`, { cause });
  }
}

const TAIL_BYTES = 64 << 10;

/** The newest value of each figure in a run's metrics over time. */
export async function lastMetrics(
  { metricsLog }: { metricsLog: string | null },
  outputs: string,
): Promise<Record<string, Metric>> {
  if (metricsLog === null) return {};
  const metrics: Record<string, Metric> = {};
  const text = await readTail(join(outputs, metricsLog), TAIL_BYTES);
  for (const line of text.split('\n')) {
    const parsed = parseLine(line);
    if (parsed === null) continue;
    const figures = figuresOf(parsed);
    // one that is no longer finite has no newest value: the old one would hide that
    for (const [name, value] of Object.entries(figures)) {
      if (value === null || (typeof value === 'number' && !Number.isFinite(value))) delete metrics[name];
    }
    Object.assign(metrics, flattenMetrics(figures));
  }
  return metrics;
}

/** The end of a file; nothing of one that is not there. */
export async function readTail(path: string, sizeBytes: number): Promise<string> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - sizeBytes);
    const buffer = Buffer.alloc(size - start);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
