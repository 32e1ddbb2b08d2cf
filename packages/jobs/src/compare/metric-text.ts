import type { Metric } from '../model.ts';

/**
 * A figure as people read it: five digits, and its interval where it has one.
 *
 * @example
 * ```ts
 * import { metricText } from '@semblance/jobs';
 *
 * console.log(metricText({ value: 0.987654321 })); // 0.98765
 * console.log(metricText({ value: 0.9876, interval: [0.98, 0.9951] })); // 0.9876 (0.98 to 0.9951)
 * ```
 */
export const metricText = ({ value, interval }: Metric): string =>
  `${Number(value.toPrecision(5))}${interval ? ` (${interval.map((end) => Number(end.toPrecision(4))).join(' to ')})` : ''}`;
