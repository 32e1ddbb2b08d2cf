import type { Setting } from './configured.ts';

/** A line for each setting: its name, what it is set to, and by what. A password within an address is left out. */
export function settingLines(settings: readonly Setting[]): string[] {
  const rows = settings.map(({ name, value, source }) => [name, textOf(value), source] as const);
  const width = (column: 0 | 1): number => Math.max(...rows.map((row) => row[column].length));
  const [names, values] = [width(0), width(1)];
  return rows.map(([name, value, source]) => `${name.padEnd(names)}  ${value.padEnd(values)}  ${source}`);
}

function textOf(value: unknown): string {
  if (value === undefined) return '-';
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).map(([key, of]) => `${key}=${of}`).join(', '); // biome-ignore format: one step
  }
  return String(value).replace(/(\/\/[^/@:]*:)[^/@]*@/g, '$1***@');
}
