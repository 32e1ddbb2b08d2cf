import { SemblanceError } from '../error.ts';
import type { FieldsOf } from './fields.ts';

/**
 * The recipe with the overrides applied: a new object, every value checked.
 *
 * `key` names a field, `key.name` an option within a field that holds options. Values may be of the right type
 * or text, as a command line gives it.
 *
 * @throws RECIPE_UNKNOWN_KEY with the list of keys, RECIPE_INVALID_VALUE with what was expected
 * @example resolveRecipe(arcfaceMbf, recognitionFields, { batchSize: '32', 'lossOptions.margin': '0.4' })
 */
export function resolveRecipe<R extends object>(
  recipe: R,
  fields: FieldsOf<R>,
  overrides: Readonly<Record<string, unknown>> = {},
): R {
  const resolved = { ...recipe };
  for (const [path, value] of Object.entries(overrides)) {
    const dot = path.indexOf('.');
    const key = dot === -1 ? path : path.slice(0, dot);
    if (!Object.hasOwn(fields, key)) throw unknownKey(path, Object.keys(fields));
    const name = key as keyof R;
    if (dot === -1) {
      resolved[name] = checked(key, fields[name].parse(value), fields[name].expected, value);
      continue;
    }
    const group = resolved[name];
    if (typeof group !== 'object' || group === null || Array.isArray(group)) {
      throw unknownKey(path, Object.keys(fields));
    }
    resolved[name] = { ...group, [path.slice(dot + 1)]: fromText(value) };
  }
  for (const name of Object.keys(fields) as (keyof R & string)[]) {
    checked(name, fields[name].parse(resolved[name]), fields[name].expected, resolved[name]);
  }
  return resolved;
}

/**
 * Options for a part that declares its own (a loss, a backbone): the defaults, overridden.
 *
 * @throws RECIPE_UNKNOWN_KEY for an option the part does not have, RECIPE_INVALID_VALUE for another type
 */
export function resolveOptions<O extends object>(
  what: string,
  defaults: O,
  given: Readonly<Record<string, unknown>> = {},
): O {
  const resolved: O = { ...defaults };
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(defaults, key)) throw unknownKey(`${what}.${key}`, Object.keys(defaults));
    const name = key as keyof O;
    if (typeof value !== typeof defaults[name]) {
      throw invalidValue(`${what}.${key}`, `a ${typeof defaults[name]}`, value);
    }
    resolved[name] = value as O[keyof O];
  }
  return resolved;
}

function checked<T>(key: string, parsed: T | undefined, expected: string, received: unknown): T {
  if (parsed === undefined) throw invalidValue(key, expected, received);
  return parsed;
}

function invalidValue(key: string, expected: string, received: unknown): SemblanceError {
  const shown = typeof received === 'string' ? `"${received}"` : JSON.stringify(received);
  return new SemblanceError(
    'RECIPE_INVALID_VALUE',
    `Expected ${expected} for ${key} but received ${shown}.`,
    {
      details: { key },
    },
  );
}

function unknownKey(key: string, keys: string[]): SemblanceError {
  const message = `The recipe has no key ${key}. Its keys are: ${keys.join(', ')}.`;
  return new SemblanceError('RECIPE_UNKNOWN_KEY', message, { details: { key, keys } });
}

/** Options carry no declared type until their part reads them, so text takes the type it looks like. */
function fromText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  const asNumber = Number(value);
  return value.trim() !== '' && Number.isFinite(asNumber) ? asNumber : value;
}
