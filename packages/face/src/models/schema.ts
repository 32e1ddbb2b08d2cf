/** A check of one value: gives it typed, or throws a SchemaError that names the place. */
export type Check<T> = (value: unknown, path: string) => T;
/** The type a check gives. */
export type Checked<C> = C extends Check<infer T> ? T : never;

/** A value that is not what its place asks for. */
export class SchemaError extends Error {}

const shown = (value: unknown): string => {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
};

const refuse = (expected: string, path: string, value: unknown): never => {
  throw new SchemaError(`Expected ${expected} for ${path || 'the whole'} but received ${shown(value)}`);
};

/** Any value a test accepts; `expected` says in words which. */
export function where<T>(expected: string, test: (value: unknown) => boolean): Check<T> {
  return (value, path) => (test(value) ? (value as T) : refuse(expected, path, value));
}

export const text: Check<string> = where('a text', (v) => typeof v === 'string' && v.length > 0);
export const flag: Check<boolean> = where('true or false', (v) => typeof v === 'boolean');
export const number: Check<number> = where('a number', (v) => Number.isFinite(v));
export const positive: Check<number> = where(
  'a number above 0',
  (v) => Number.isFinite(v) && (v as number) > 0,
);
export const count: Check<number> = where(
  'a whole number above 0',
  (v) => Number.isInteger(v) && (v as number) > 0,
);

/** One of a few texts. */
export function oneOf<const T extends string>(...choices: T[]): Check<T> {
  return where(`one of ${choices.join(', ')}`, (v) => choices.includes(v as T));
}

/** A list, of this length if one is given. */
export function list<T>(item: Check<T>, length?: number): Check<T[]> {
  return (value, path) => {
    const isRight = Array.isArray(value) && (length === undefined || value.length === length);
    if (!isRight) return refuse(length === undefined ? 'a list' : `a list of ${length}`, path, value);
    return value.map((entry, i) => item(entry, `${path}[${i}]`));
  };
}

/** Keys of any name to values of one kind. */
export function record<T>(item: Check<T>): Check<Record<string, T>> {
  return (value, path) => {
    const entries = Object.entries(plain(value, path));
    return Object.fromEntries(entries.map(([key, entry]) => [key, item(entry, `${path}.${key}`)]));
  };
}

/** Any JSON object. */
export const json: Check<Record<string, unknown>> = (value, path) => plain(value, path);

export function nullable<T>(check: Check<T>): Check<T | null> {
  return (value, path) => (value === null ? null : check(value, path));
}

type Shape = Record<string, Check<unknown>>;
type Required<S extends Shape> = { [K in keyof S]: Checked<S[K]> };
type Optional<S extends Shape> = { [K in keyof S]?: Checked<S[K]> };

/** An object with exactly these keys; those of the second list may be left out. */
export function object<R extends Shape, O extends Shape = Record<never, never>>(
  required: R,
  optional?: O,
): Check<Required<R> & Optional<O>> {
  const all: Shape = { ...required, ...optional };
  return (value, path) => {
    const given = plain(value, path);
    const place = (key: string) => (path ? `${path}.${key}` : key);
    const result: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(given)) {
      const check = Object.hasOwn(all, key) ? all[key] : undefined;
      if (!check)
        throw new SchemaError(`${place(key)} is not known; known are ${Object.keys(all).join(', ')}`);
      if (entry !== undefined) result[key] = check(entry, place(key));
    }
    for (const key of Object.keys(required)) if (!(key in result)) refuse('a value', place(key), undefined);
    return result as Required<R> & Optional<O>;
  };
}

function plain(value: unknown, path: string): Record<string, unknown> {
  const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isPlain ? (value as Record<string, unknown>) : refuse('an object', path, value);
}
