/** Writes small ONNX files for tests, so that the real engine runs and no model need be stored. */

type Attribute = number | number[] | string;

export interface TinyNode {
  op: string;
  inputs: string[];
  outputs: string[];
  attributes?: Record<string, Attribute>;
}

export interface TinyModel {
  /** Names and shapes; a text is a size that is free. */
  inputs: Record<string, (number | string)[]>;
  outputs: Record<string, (number | string)[]>;
  nodes: TinyNode[];
  floats?: Record<string, { shape: number[]; values: number[] }>;
  ints?: Record<string, number[]>;
  /** Tensors said to lie in a file of that name. */
  external?: Record<string, string>;
}

const utf8 = (value: string) => new TextEncoder().encode(value);

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    bytes.push(Number(rest & 127n) | (rest > 127n ? 128 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const int = (id: number, value: number) => join(varint(id * 8), varint(value));
const bytes = (id: number, body: Uint8Array) => join(varint(id * 8 + 2), varint(body.length), body);
const text = (id: number, value: string) => bytes(id, utf8(value));

function attribute(name: string, value: Attribute): Uint8Array {
  if (typeof value === 'string') return join(text(1, name), text(4, value), int(20, 3));
  if (Array.isArray(value)) return join(text(1, name), ...value.map((n) => int(8, n)), int(20, 7));
  if (Number.isInteger(value)) return join(text(1, name), int(3, value), int(20, 2));
  return join(text(1, name), varint(2 * 8 + 5), new Uint8Array(Float32Array.of(value).buffer), int(20, 1));
}

function node({ op, inputs, outputs, attributes = {} }: TinyNode): Uint8Array {
  const written = Object.entries(attributes).map(([name, value]) => bytes(5, attribute(name, value)));
  return join(...inputs.map((n) => text(1, n)), ...outputs.map((n) => text(2, n)), text(4, op), ...written);
}

function port(name: string, shape: (number | string)[]): Uint8Array {
  const sizes = shape.map((size) => bytes(1, typeof size === 'number' ? int(1, size) : text(2, size)));
  return join(text(1, name), bytes(2, bytes(1, join(int(1, 1), bytes(2, join(...sizes))))));
}

/** The bytes of the model: opset 17. */
export function tinyOnnx({
  inputs,
  outputs,
  nodes,
  floats = {},
  ints = {},
  external = {},
}: TinyModel): Uint8Array {
  const tensors = [
    ...Object.entries(floats).map(([name, { shape, values }]) =>
      join(
        ...shape.map((n) => int(1, n)),
        int(2, 1),
        text(8, name),
        bytes(9, new Uint8Array(Float32Array.from(values).buffer)),
      ),
    ),
    ...Object.entries(ints).map(([name, values]) =>
      join(
        int(1, values.length),
        int(2, 7),
        text(8, name),
        bytes(9, new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer)),
      ),
    ),
    ...Object.entries(external).map(([name, file]) =>
      join(
        int(1, 1),
        int(2, 1),
        text(8, name),
        bytes(13, join(text(1, 'location'), text(2, file))),
        int(14, 1),
      ),
    ),
  ];
  const graph = join(
    ...nodes.map((n) => bytes(1, node(n))),
    text(2, 'tiny'),
    ...tensors.map((tensor) => bytes(5, tensor)),
    ...Object.entries(inputs).map(([name, shape]) => bytes(11, port(name, shape))),
    ...Object.entries(outputs).map(([name, shape]) => bytes(12, port(name, shape))),
  );
  return join(int(1, 8), text(2, 'tiny'), bytes(7, graph), bytes(8, int(2, 17)));
}
