import type { Language } from '../texts/texts.ts';

/** A number of a run in as many digits as say something: 0.9134, 12.35, 1.2e-5. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return value.toExponential(2);
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 4);
}

/** Whether a name is of what a run reached, and not of where it is. */
export const isFigure = (name: string): boolean => name !== 'step' && name !== 'totalSteps';

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** A duration by its two largest units: 2 h 5 min. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first < 0) return ms > 0 ? '< 1 s' : '0 s';
  const [name, size] = units[first]!;
  const head = `${Math.floor(seconds / size)} ${name}`;
  const next = units[first + 1];
  const rest = next ? Math.floor((seconds % size) / next[1]) : 0;
  return next && rest > 0 ? `${head} ${rest} ${next[0]}` : head;
}

const locales: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' };

/** Date and time, the year only where it is another. */
export function moment(ms: number, language: Language): string {
  const date = new Date(ms);
  const isThisYear = date.getFullYear() === new Date().getFullYear();
  return date.toLocaleString(locales[language], {
    ...(isThisYear ? {} : { year: 'numeric' }),
    ...{ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  });
}

export function bytes(size: number): string {
  const power = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.max(1, size)) / 3)));
  const value = size / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${['B', 'kB', 'MB', 'GB', 'TB'][power]}`;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The standard deviation of a sample; that of one value is 0. */
export function deviation(values: readonly number[]): number {
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
}
