import { SemblanceError } from '../error.ts';

interface Bounds {
  min?: number;
  max?: number;
  /** Not reached itself. */
  above?: number;
  /** Not reached itself. */
  below?: number;
  integer?: boolean;
}

/**
 * Holds an option of a loss against its bounds.
 *
 * @throws RECIPE_INVALID_VALUE
 */
export function expectNumber<O extends object>(
  name: string,
  options: O,
  key: keyof O & string,
  bounds: Bounds,
): void {
  const { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity, integer = false } = bounds;
  const value = options[key] as number;
  const isInside = value >= min && value <= max && value > above && value < below;
  if (isInside && Number.isFinite(value) && (!integer || Number.isInteger(value))) return;
  throw invalid(`${name}.${key}`, describe(bounds), value);
}

/**
 * Holds an option of a loss against the words it may have.
 *
 * @throws RECIPE_INVALID_VALUE
 */
export function expectChoice<O extends object>(
  name: string,
  options: O,
  key: keyof O & string,
  choices: readonly string[],
): void {
  const value = options[key] as string;
  if (!choices.includes(value)) throw invalid(`${name}.${key}`, `one of ${choices.join(', ')}`, `"${value}"`);
}

function describe({ min, max, above, below, integer }: Bounds): string {
  const parts = [
    min !== undefined && `of at least ${min}`,
    max !== undefined && `of at most ${max}`,
    above !== undefined && `above ${above}`,
    below !== undefined && `below ${below}`,
  ].filter((part) => part !== false);
  return [integer ? 'a whole number' : 'a number', parts.join(' and ')].join(' ').trim();
}

function invalid(key: string, expected: string, received: string | number): SemblanceError {
  const message = `Expected ${expected} for ${key} but received ${received}.`;
  return new SemblanceError('RECIPE_INVALID_VALUE', message, { details: { key } });
}
