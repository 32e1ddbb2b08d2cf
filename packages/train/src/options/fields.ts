/**
 * What a recipe's field accepts. `parse` takes a value of the right type, or text from a command line, and
 * returns the value or `undefined` where it is refused; `expected` completes the sentence "Expected …".
 */
export interface Field<T> {
  expected: string;
  parse(value: unknown): T | undefined;
}

/** One field for every key of a recipe: TypeScript refuses a recipe with a key that has none. */
export type FieldsOf<R> = { [K in keyof R]-?: Field<R[K]> };

interface Bounds {
  min?: number;
  max?: number;
}

/** A finite number within the bounds, both included. */
export function number({ min = -Infinity, max = Infinity }: Bounds = {}): Field<number> {
  return {
    expected: `a number${boundsText(min, max)}`,
    parse(value) {
      const parsed = toNumber(value);
      return parsed !== undefined && parsed >= min && parsed <= max ? parsed : undefined;
    },
  };
}

/** A whole number within the bounds, both included. */
export function integer({ min = -Infinity, max = Infinity }: Bounds = {}): Field<number> {
  return {
    expected: `a whole number${boundsText(min, max)}`,
    parse(value) {
      const parsed = toNumber(value);
      return parsed !== undefined && Number.isInteger(parsed) && parsed >= min && parsed <= max
        ? parsed
        : undefined;
    },
  };
}

/** true or false. */
export const boolean: Field<boolean> = {
  expected: 'true or false',
  parse(value) {
    if (typeof value === 'boolean') return value;
    return value === 'true' ? true : value === 'false' ? false : undefined;
  },
};

/** Any text that is not empty. */
export const text: Field<string> = {
  expected: 'a text',
  parse: (value) => (typeof value === 'string' && value !== '' ? value : undefined),
};

/** One of the given names. */
export function oneOf<const T extends string>(names: readonly T[]): Field<T> {
  return {
    expected: `one of ${names.join(', ')}`,
    parse: (value) => names.find((name) => name === value),
  };
}

/** The field, or the word `auto`. */
export function autoOr<T>(field: Field<T>): Field<T | 'auto'> {
  return {
    expected: `auto or ${field.expected}`,
    parse: (value) => (value === 'auto' ? 'auto' : field.parse(value)),
  };
}

/** A list; in text its items are separated by commas. */
export function listOf<T>(field: Field<T>): Field<readonly T[]> {
  return {
    expected: `a list of ${field.expected}`,
    parse(value) {
      const items = typeof value === 'string' ? value.split(',').filter((item) => item !== '') : value;
      if (!Array.isArray(items)) return undefined;
      const parsed = items.map((item) => field.parse(typeof item === 'string' ? item.trim() : item));
      return parsed.every((item): item is T & {} => item !== undefined) ? parsed : undefined;
    },
  };
}

/** Named options whose keys are checked where they are used, since each loss and backbone declares its own. */
export const options: Field<Readonly<Record<string, unknown>>> = {
  expected: 'named options, set one by one as key.name=value',
  parse(value) {
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isRecord ? (value as Record<string, unknown>) : undefined;
  },
};

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'string' && value.trim() === '') return undefined;
  const parsed = typeof value === 'string' ? Number(value) : value;
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
}

function boundsText(min: number, max: number): string {
  if (min !== -Infinity && max !== Infinity) return ` from ${min} to ${max}`;
  if (min !== -Infinity) return ` of at least ${min}`;
  if (max !== Infinity) return ` of at most ${max}`;
  return '';
}
