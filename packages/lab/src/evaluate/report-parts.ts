import { escapeHtml, percent } from '@semblance/core/html';

/** A figure and what it says. */
export const figure = (value: string, what: string): string =>
  `<div><b>${escapeHtml(value)}</b>${escapeHtml(what)}</div>`;

export const percentOf = (share: number): string => percent(share, 2);

/** ` (95 %: 98.20 % to 99.10 %)`, or nothing where there is no interval. */
export function intervalText(interval: readonly [number, number] | null | undefined): string {
  return interval ? ` (95 %: ${interval.map(percentOf).join(' to ')})` : '';
}
