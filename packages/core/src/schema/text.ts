import { alternativesOf, type JsonSchema } from './words.ts';

/**
 * A text from a command line as the type that its field takes: `0.02` as a number, `true` as a flag, `0.5,0.9` as a
 * list. What cannot be read so stays a text, for the check of the field to refuse.
 */
export function fromText(schema: JsonSchema, text: string): unknown {
  const alternatives = alternativesOf(schema);
  if (alternatives) {
    const readings = alternatives.map((option) => [option, fromText(option, text)] as const);
    return (readings.find(([option, value]) => isOfType(option, value)) ?? [null, text])[1];
  }
  switch (schema.type) {
    case 'number':
    case 'integer':
      return text.trim() === '' || !Number.isFinite(Number(text)) ? text : Number(text);
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'array':
      return text
        .split(',')
        .filter((item) => item !== '')
        .map((item) => fromText(schema.items ?? {}, item.trim()));
    default:
      return text;
  }
}

/**
 * A value given by a program as the type that its field takes: a text as {@link fromText} reads it, and `true` or 2
 * where the field has words, one of which may be `true` or `2`.
 */
export function fromGiven(schema: JsonSchema, value: unknown): unknown {
  if (typeof value === 'string') return fromText(schema, value);
  const isWord = typeof value === 'boolean' || typeof value === 'number';
  return isWord && schema.type === 'string' && schema.enum?.includes(String(value)) ? String(value) : value;
}

function isOfType({ type, enum: words, const: word }: JsonSchema, value: unknown): boolean {
  if (words) return words.includes(value);
  if (word !== undefined) return word === value;
  if (type === 'integer') return typeof value === 'number';
  if (type === 'array') return Array.isArray(value);
  return typeof value === type;
}
