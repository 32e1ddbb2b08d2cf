import { z } from 'zod';
import { didYouMean } from '../suggest.ts';
import { choicesOf, type JsonSchema, wordsOf } from './words.ts';

/** The first thing that is wrong with a value. */
export interface Flaw {
  kind: 'unknown-key' | 'invalid-value';
  /** Where it is, as `lossOptions.margin` or `input.std[1]`. */
  path: string;
  /** `Expected <what> for <path> but received <value>.` */
  message: string;
}

export interface CheckOptions {
  /** What the whole is called in messages: `the recipe`. */
  whole: string;
  /** Place of the whole within something larger, as `lossOptions`. */
  path?: string;
}

/**
 * Holds a value against a zod schema; gives what is wrong first, or null.
 *
 * A key that is not known comes before all else, since it is often what another key is missing for. `meta({ expected })`
 * on a schema says in words what a pattern or a test of one's own asks for.
 *
 * @example
 * ```ts
 * import { check } from '@semblance/core/schema';
 * import { z } from 'zod';
 *
 * const flaw = check(z.strictObject({ lr: z.number().min(0) }), { lr: -1 }, { whole: 'the recipe' });
 * console.log(flaw?.message); // Expected a number of at least 0 for lr but received -1…
 * ```
 */
export function check(schema: z.ZodType, value: unknown, options: CheckOptions): Flaw | null {
  const { error } = schema.safeParse(value);
  if (!error) return null;
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0]!;
  const json = jsonSchemaOf(schema);
  const at = pathText(issue.path, options.path);
  const received = issue.path.reduce((part: unknown, key) => (part as never)?.[key], value);
  const part = issue.path.reduce(stepInto, json);
  if (issue.code === 'unrecognized_keys') return unknownKey(issue.keys[0]!, at, part, options);
  if (issue.code === 'invalid_key') {
    const holder = pathText(issue.path.slice(0, -1), options.path) || options.whole;
    const { propertyNames = {} } = issue.path.slice(0, -1).reduce(stepInto, json);
    return invalidValue(`keys of ${holder}`, wordsOf(propertyNames), String(issue.path.at(-1)));
  }
  const isOwnTest = issue.code === 'custom' && issue.message !== 'Invalid input';
  return invalidValue(
    at || options.whole,
    isOwnTest ? issue.message : wordsOf(part),
    received,
    choicesOf(part),
  );
}

/** What a schema says as JSON Schema: bounds, defaults, descriptions and what `meta` adds to them. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}

/** A value that is of another kind than its place asks for, or out of its range. */
export function invalidValue(
  path: string,
  expected: string,
  received: unknown,
  choices: readonly string[] = [],
): Flaw {
  const near = typeof received === 'string' ? didYouMean(received, choices) : '';
  const message = `Expected ${expected} for ${path} but received ${shown(received)}${near || '.'}`;
  return { kind: 'invalid-value', path, message };
}

function unknownKey(key: string, at: string, { properties = {} }: JsonSchema, options: CheckOptions): Flaw {
  const keys = Object.keys(properties);
  const near = didYouMean(key, keys);
  const expected = near || keys.length === 0 ? 'a key' : `one of the keys ${keys.join(', ')}`;
  const message = `Expected ${expected} of ${at || options.whole} but received ${key}${near || '.'}`;
  return { kind: 'unknown-key', path: at ? `${at}.${key}` : key, message };
}

function stepInto(schema: JsonSchema, key: PropertyKey): JsonSchema {
  const name = String(key);
  if (schema.properties && Object.hasOwn(schema.properties, name)) return schema.properties[name]!;
  if (schema.items) return schema.items;
  if (typeof schema.additionalProperties === 'object') return schema.additionalProperties;
  const inner = schema.anyOf?.find(({ properties, items }) => properties ?? items);
  return inner ? stepInto(inner, key) : {};
}

function pathText(path: readonly PropertyKey[], start = ''): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, start);
}

/** A value as messages show it: JSON, cut to 60 characters. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  const json = typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? String(value));
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
}
