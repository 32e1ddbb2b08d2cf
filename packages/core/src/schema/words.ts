/** The part of JSON Schema that fields are told by, as `z.toJSONSchema` gives it. */
export interface JsonSchema {
  type?: string | readonly string[];
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly JsonSchema[];
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
  items?: JsonSchema;
  propertyNames?: JsonSchema;
  properties?: Readonly<Record<string, JsonSchema>>;
  additionalProperties?: JsonSchema | boolean;
  default?: unknown;
  description?: string;
  /** Unit of the number, as `px`. */
  unit?: string;
  /** Words for what JSON Schema says less plainly, as `64 hexadecimal digits` for a pattern. */
  expected?: string;
}

/** What a field takes, in words that complete "Expected …": `a number from 0 to 1`, `one of sgd, adamw`. */
export function wordsOf(schema: JsonSchema): string {
  if (schema.expected !== undefined) return schema.expected;
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  if (schema.const !== undefined) return String(schema.const);
  const alternatives = alternativesOf(schema);
  if (alternatives) return alternatives.filter(saysSomething).map(wordsOf).join(' or ');
  switch (schema.type) {
    case 'number':
    case 'integer':
      return `a ${numberWords(schema, '')}`;
    case 'array':
      return listWords(schema);
    case 'string':
      return 'a text';
    case 'boolean':
      return 'true or false';
    case 'object':
      return 'an object';
    case 'null':
      return 'null';
    default:
      return 'a value';
  }
}

/** The kinds of value of which a field takes one; nothing where it takes a single kind. */
export function alternativesOf({ anyOf, type }: JsonSchema): readonly JsonSchema[] | undefined {
  return anyOf ?? (typeof type === 'object' ? type.map((one) => ({ type: one })) : undefined);
}

/** The words of which a field takes one, where it takes words. */
export function choicesOf(schema: JsonSchema): readonly string[] {
  if (schema.enum) return schema.enum.map(String);
  if (schema.const !== undefined) return [String(schema.const)];
  return alternativesOf(schema)?.flatMap(choicesOf) ?? [];
}

/** Types of TypeScript's own, such as an object a user brings, have no JSON Schema. */
const saysSomething = (schema: JsonSchema): boolean => wordsOf(schema) !== 'a value';

function listWords({ items = {}, minItems, maxItems }: JsonSchema): string {
  const count = minItems !== undefined && minItems === maxItems ? `${minItems} ` : '';
  if (items.type === 'number' || items.type === 'integer')
    return `a list of ${count}${numberWords(items, 's')}`;
  if (items.enum) return `a list of ${count}names out of ${items.enum.join(', ')}`;
  return `a list of ${count}${items.type === 'string' ? 'texts' : items.type === 'array' ? 'lists' : 'values'}`;
}

function numberWords(schema: JsonSchema, plural: string): string {
  const { type, multipleOf } = schema;
  const kind = type === 'integer' ? 'whole number' : 'number';
  const noun = multipleOf === undefined ? `${kind}${plural}` : `multiple${plural} of ${multipleOf}`;
  return `${noun}${boundWords(schema)}`;
}

/** ` from 0 to 1`, ` above 0`, ` of at least 1 and below 4`; nothing where every number will do. */
export function boundWords({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: JsonSchema): string {
  const min = isBound(minimum) ? minimum : undefined;
  const max = isBound(maximum) ? maximum : undefined;
  if (min !== undefined && max !== undefined) return ` from ${shownBound(min)} to ${shownBound(max)}`;
  const parts = [
    min !== undefined && `of at least ${shownBound(min)}`,
    exclusiveMinimum !== undefined && `above ${shownBound(exclusiveMinimum)}`,
    max !== undefined && `of at most ${shownBound(max)}`,
    exclusiveMaximum !== undefined && `below ${shownBound(exclusiveMaximum)}`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? ` ${parts.join(' and ')}` : '';
}

/** zod gives whole numbers the bounds of what a double can count. */
const isBound = (value: number | undefined): value is number =>
  value !== undefined && Math.abs(value) !== Number.MAX_SAFE_INTEGER;

/** Bounds such as π/2 with four digits. */
const shownBound = (value: number): string =>
  Number.isInteger(value) || String(value).length <= 8 ? String(value) : String(Number(value.toPrecision(4)));
