import { join } from 'node:path';
import type { Metric } from '../model.ts';
import { type Curve, lastMetrics, readCurves } from './metrics.ts';

/** Figures that are neither better nor worse. */
const neutral = /^(step|epoch|lr|learningRate|lossScale)$|PerSecond$|Seconds$/i;
const losses = 'loss error errors err eer hter fmr fnmr fpir fnir far frr mae mse rmse perplexity latency ms';
const lowerIsBetter = new Set(losses.split(' '));

/**
 * Whether a lower value of a figure is the better one, by its name: losses, errors and error rates; null for what is
 * neither good nor bad, such as `lr`.
 *
 * @example
 * ```ts
 * import { isLowerBetter } from '@semblance/jobs';
 *
 * console.log(isLowerBetter('valLoss'), isLowerBetter('tarAtFar.0.001'), isLowerBetter('lr')); // true false null
 * ```
 */
export function isLowerBetter(name: string): boolean | null {
  if (neutral.test(name)) return null;
  // what stands behind "at" is the point that it is measured at
  const [measured = ''] = name.split(/At(?=[A-Z])|@|\.\d/);
  const words = measured
    .replace(/([a-z\d])(?=[A-Z])/g, '$1 ')
    .toLowerCase()
    .split(/[^a-z\d]+/);
  return words.some((word) => lowerIsBetter.has(word));
}

/** The best point of a curve, the first of equals; null where none is better than another. */
export function bestOf(name: string, curve: Curve): Metric['best'] | null {
  const isLower = isLowerBetter(name);
  if (isLower === null || curve.length === 0) return null;
  const [step, value] = curve.reduce((best, point) =>
    (isLower ? point[1] < best[1] : point[1] > best[1]) ? point : best,
  );
  return { value, step };
}

/** The newest value of each figure of a run, with the best one and its step where one can be better than another. */
export async function runMetrics(
  kind: { metricsLog: string | null },
  outputs: string,
): Promise<Record<string, Metric>> {
  const metrics = await lastMetrics(kind, outputs);
  if (kind.metricsLog === null) return metrics;
  const curves = await readCurves(join(outputs, kind.metricsLog), Number.POSITIVE_INFINITY);
  for (const [name, curve] of Object.entries(curves)) {
    const best = bestOf(name, curve);
    const metric = metrics[name];
    if (best && metric) metrics[name] = { ...metric, best };
  }
  return metrics;
}

/** Final figures beside those of the run: what the run reached at best stays told. */
export function mergeMetrics(
  ofRun: Readonly<Record<string, Metric>>,
  final: Readonly<Record<string, Metric>>,
): Record<string, Metric> {
  const kept = Object.entries(final).map(([name, metric]) => {
    const best = ofRun[name]?.best;
    return [name, best ? { best, ...metric } : metric] as const;
  });
  return { ...ofRun, ...Object.fromEntries(kept) };
}
