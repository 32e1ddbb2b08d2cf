import type { Comparison } from '../../training/queries.ts';
import { BASELINE_COLOR, colorOf, MOST_COLORS, OTHER_COLOR } from '../../training/series.ts';

/** Versions that are drawn as one line. */
export interface Line {
  name: string;
  versions: readonly string[];
  color: string;
  isBaseline: boolean;
}

/** Parameters whose values are few enough for a colour each. */
export const colorParameters = ({ parameters }: Comparison): string[] =>
  parameters
    .filter(({ name, values, differs }) => {
      const isSeed = /seed$/i.test(name);
      return differs && !isSeed && new Set(values).size <= MOST_COLORS;
    })
    .map(({ name }) => name);

/**
 * What is drawn, and in which colour: the baseline in that of text, those that differ in seeds alone as one; of more than
 * eight the colour is that of a parameter's value, and of what has no colour grey.
 *
 * @param colorBy a parameter; '' for a colour for each version
 */
export function linesOf(comparison: Comparison, colorBy: string): Line[] {
  const { versions, baseline, groups, parameters } = comparison;
  const grouped = new Map(groups.flatMap((group) => group.versions.map((name) => [name, group] as const)));
  const names = versions.map(({ name }) => name);
  const units = names.flatMap((name) => {
    const group = grouped.get(name);
    if (!group) return [{ name, versions: [name] }];
    return group.versions.find((one) => names.includes(one)) === name
      ? [{ name, versions: group.versions.filter((one) => names.includes(one)) }]
      : [];
  });
  const row = parameters.find((one) => one.name === colorBy);
  const values = row ? [...new Set(row.values)] : [];
  let next = 0;
  return units.map((unit) => {
    const isBaseline = unit.versions.includes(baseline);
    const value = row?.values[names.indexOf(unit.name)] ?? null;
    const index = row ? values.indexOf(value) : isBaseline ? 0 : next++;
    const own = index < MOST_COLORS ? colorOf(index) : OTHER_COLOR;
    return { ...unit, isBaseline, color: isBaseline && !row ? BASELINE_COLOR : own };
  });
}

/** The parameter that colours stand for where each version cannot have its own; '' where it can, or none has few values. */
export function colorByOf(comparison: Comparison, wanted: string): string {
  const possible = colorParameters(comparison);
  if (wanted === 'version') return '';
  if (possible.includes(wanted)) return wanted;
  const numLines = linesOf(comparison, '').length;
  return numLines > MOST_COLORS + 1 ? (possible[0] ?? '') : '';
}
