import type { ModelMessage } from './messages.ts';
import { onnxSchema, type SchemaField } from './schema.ts';
import { damaged, type WireField, WireReader } from './wire.ts';

/** Graphs within graphs; no model that is used has more than a few. */
const MAX_DEPTH = 100;

interface NamedField extends SchemaField {
  name: string;
}

const fieldsOf = new Map(
  Object.entries(onnxSchema).map(([type, { fields }]) => [
    type,
    Object.entries(fields).map(([name, field]): NamedField => ({ name, ...field })),
  ]),
);
const text = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Reads an ONNX file without running it. Bytes of weights are views of the file's; fields that the schema does not have
 * are passed over.
 *
 * @param skip names of fields that are not wanted: numbers kept as lists cost many times their size
 * @throws SemblanceError DATA_CORRUPT
 */
export function readOnnxModel(bytes: Uint8Array, skip: ReadonlySet<string> = new Set()): ModelMessage {
  return readMessage('ModelProto', bytes, skip, 0) as unknown as ModelMessage;
}

function readMessage(
  type: string,
  bytes: Uint8Array,
  skip: ReadonlySet<string>,
  depth: number,
): Record<string, unknown> {
  if (depth > MAX_DEPTH) throw damaged();
  const fields = fieldsOf.get(type)!;
  const message: Record<string, unknown> = {};
  for (const { name, rule } of fields) if (rule === 'repeated' && !skip.has(name)) message[name] = [];
  const reader = new WireReader(bytes);
  while (reader.hasMore) {
    const found = reader.field();
    const field = fields.find(({ id }) => id === found.id);
    if (!field || skip.has(field.name)) continue;
    const list = message[field.name] as unknown[];
    const isNumber = !(field.type === 'string' || field.type === 'bytes' || fieldsOf.has(field.type));
    if (isNumber !== (found.wire !== 2)) {
      // numbers one after the other: how proto3 writes a list of them
      if (!(isNumber && field.rule)) throw damaged();
      for (const packed = new WireReader(found.bytes); packed.hasMore; ) list.push(readNumber(packed, field));
      continue;
    }
    const value = isNumber ? found.value : bodyOf(field, found, skip, depth);
    if (field.rule) list.push(value);
    else if (isDefault(value)) delete message[field.name];
    else message[field.name] = value;
  }
  return message;
}

/** In proto3 a field with its type's default is one that is not there. */
const isDefault = (value: unknown): boolean =>
  value === 0 || value === '' || (value instanceof Uint8Array && value.length === 0);

function readNumber(reader: WireReader, { type }: NamedField): number {
  if (type === 'float') return reader.float32();
  return type === 'double' ? reader.float64() : reader.varint();
}

function bodyOf(field: NamedField, { bytes }: WireField, skip: ReadonlySet<string>, depth: number): unknown {
  if (field.type === 'string') return text.decode(bytes);
  return field.type === 'bytes' ? bytes : readMessage(field.type, bytes, skip, depth + 1);
}
