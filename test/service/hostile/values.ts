import type { Random } from '@semblance/core/random';

/** The part of JSON Schema that the document of the API uses. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** Words that mean something to the service, by the name of the parameter; others get any. */
const words: Readonly<Record<string, readonly string[]>> = {
  model: ['detector', 'recognizer'],
  version: ['start', '1', 'V0001', '0'],
  subject: ['ada', 'bob', 'Ada', 'ada lovelace', 'Ωμέγα', '李', 'a/b', '.', '..', 'unknown', '%', 'a?b&c=d'],
  image_id: ['1', '2', '7', '00000000-0000-8000-8000-000000000001', '99999', '999999999999999'],
  job: ['mine', 'faces'],
  project: ['p'],
  id: ['D0001', 'D0002'],
  name: ['crop', 'production', 'latest', 'input', 'embedding'],
  datatype: ['FP32', 'FP32', 'INT8'],
  face_plugins: ['calculator', 'landmarks,calculator', ''],
  order: ['asc', 'desc'],
  path: ['model.onnx', '../../etc/passwd', ''],
  task: ['recognition', 'detection'],
  label: ['epochs', 'data', 'loss', 'cache'],
};

/** Values that no schema asks for. */
const odd: readonly ((random: Random) => unknown)[] = [
  () => null,
  () => true,
  () => '',
  () => ' ',
  () => -1,
  () => 0.5,
  () => Number.MAX_SAFE_INTEGER,
  () => 2 ** 63,
  () => 1e308,
  () => -1e-320,
  () => [],
  () => ({}),
  () => [[[[[[[[[[1]]]]]]]]]],
  () => ({ __proto__x: 1, constructor: 1, toString: 1, length: -1 }),
  () => 'NaN',
  () => '1e999',
  () => '0x10',
  () => '١٢',
  () => '\0',
  () => 'a\0b',
  () => '\ud800',
  () => 'x\udfff\ud800',
  () => '\u202eevil\u2066',
  () => '\ufeff',
  () => 'é'.normalize('NFD'),
  () => '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'.repeat(70),
  () => '__proto__',
  () => 'constructor',
  () => "'; DROP TABLE faces; --",
  () => '../../../../etc/passwd',
  () => '/dev/zero',
  () => 'file:///etc/passwd',
  () => 'http://127.0.0.1:1/',
  () => '%00%ff%',
  () => '\r\nx-injected: 1',
  () => '<script>alert(1)</script>',
  () => '{{7*7}}',
  (random) => 'x'.repeat(random.pick([200, 201, 512, 513, 5000])),
  (random) => String.fromCharCode(...Array.from({ length: 20 }, () => random.int(0, 0xffff))),
  (random) => Array.from({ length: random.pick([300, 3000]) }, () => 0),
  (random) =>
    Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`.repeat(random.int(1, 9)), i])),
];

/** Anything. */
export const oddValue = (random: Random): unknown => random.pick(odd)(random);

export const asText = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);
export const oddText = (random: Random): string => asText(oddValue(random));

/** A value that a schema takes, mostly: one in `1 / oddity` is at its bounds, beyond them, or of another kind. */
export function sampleOf(schema: Schema, random: Random, name = '', oddity = 0.06): unknown {
  if (random.chance(oddity)) return oddValue(random);
  if (schema.anyOf) return sampleOf(random.pick(schema.anyOf), random, name, oddity);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type;
  switch (type) {
    case 'integer':
    case 'number':
      return numberOf(schema, random, type === 'integer');
    case 'boolean':
      return random.pick([true, false, 'True', '1', 0]);
    case 'array':
      return listOf(schema, random, name, oddity);
    case 'object':
      return objectOf(schema, random, oddity);
    case 'string':
      return textOf(schema, random, name);
    default:
      return oddValue(random);
  }
}

function numberOf({ minimum = -10, maximum = 1000 }: Schema, random: Random, isWhole: boolean): number {
  const edges = [minimum, maximum, minimum - 1, maximum + 1, 0, -0, 1];
  if (random.chance(0.3)) return random.pick(edges);
  const most = Math.min(maximum, minimum + 1000);
  return isWhole ? random.int(minimum, most) : random.range(minimum, most);
}

function textOf({ minLength = 0, maxLength = 200 }: Schema, random: Random, name: string): string {
  if (random.chance(0.1)) return '\u{1f600}'.repeat(random.pick([minLength, maxLength, maxLength + 1]));
  const known = words[name];
  if (known && random.chance(0.9)) return random.pick(known);
  return random.pick(['ada', 'x', '12', 's3:', 'a b', 'ünï']);
}

function listOf(schema: Schema, random: Random, name: string, oddity: number): unknown[] {
  const { items = { type: 'number' }, minItems = 0, maxItems = 6 } = schema;
  if (name === 'shape')
    return random.pick([[1, 3, 112, 112], [1, 3, 64, 64], [1, 12], [0], [2 ** 40, 2 ** 40]]);
  const size = random.chance(0.05)
    ? Math.min(maxItems, 300) + 1
    : random.int(minItems, Math.min(maxItems, 6));
  // embeddings have as many numbers as the recognizer of the smallest models gives
  const numItems = items.type === 'number' && random.chance(0.8) ? 12 : size;
  return Array.from({ length: numItems }, () => sampleOf(items, random, name, oddity / 4));
}

function objectOf({ properties = {}, required = [] }: Schema, random: Random, oddity: number): object {
  const made: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(properties)) {
    if (random.chance(required.includes(key) ? 0.97 : 0.5)) made[key] = sampleOf(schema, random, key, oddity);
  }
  if (random.chance(0.03)) made[oddText(random).slice(0, 300)] = oddValue(random);
  return made;
}
