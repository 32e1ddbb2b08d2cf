import type { Metric } from '@semblance/jobs/kinds';

/** Of a rate of what was accepted the interval of what was not. */
export const refused = ([low, high]: readonly [number, number]): [number, number] => [1 - high, 1 - low];

/**
 * The error rates among the figures of a verification: FNMR at each FMR (`fnmrAtFmr.0.001`), the equal error rate and the
 * accuracy.
 */
export function errorRates(metrics: Readonly<Record<string, Metric>>): Record<string, Metric> {
  const rates = Object.entries(metrics).flatMap(([name, { value, interval }]): [string, Metric][] => {
    const far = /^tarAtFar\.(.+)$/.exec(name)?.[1];
    if (far === undefined) return [];
    return [[`fnmrAtFmr.${far}`, { value: 1 - value, ...(interval ? { interval: refused(interval) } : {}) }]];
  });
  const { eer, accuracy } = metrics;
  return { ...Object.fromEntries(rates), ...(eer ? { eer } : {}), ...(accuracy ? { accuracy } : {}) };
}
