import type { Random } from '@semblance/core/random';
import { mutate, soundImages } from '../../../packages/face/src/testing/fuzz-images.ts';
import { photo } from '../fixtures.ts';
import { oddText, oddValue, type Schema, sampleOf } from './values.ts';

/** A body and the type it is sent as. */
export interface Body {
  type: string;
  bytes: Uint8Array;
  headers?: readonly (readonly [string, string])[];
}

/** Pictures to send: sound ones first, of people the detector finds. */
export interface Pictures {
  sound: Uint8Array[];
  people: Uint8Array[];
}

export async function pictures(): Promise<Pictures> {
  const people = await Promise.all([
    photo(['ada']),
    photo(['ada', 'bob']),
    photo(['bob'], 5),
    photo(['eve']),
  ]);
  return { sound: await soundImages(), people };
}

function picture({ sound, people }: Pictures, random: Random): Uint8Array {
  if (random.chance(0.5)) return random.pick(people);
  return random.chance(0.3) ? random.pick(sound) : mutate(sound, random.int(0, 2 ** 31));
}

/** JSON as the schema has it, or nearly. */
export function jsonBody(schema: Schema, random: Random): Body {
  const type = random.chance(0.95) ? 'application/json' : random.pick(otherTypes);
  return { type, bytes: damagedJson(textOf(sampleOf(schema, random)), random) };
}

/** Pictures as base64 in JSON. */
export function base64Body(names: readonly string[], from: Pictures, random: Random): Body {
  const made = names.map((name) => {
    const text = Buffer.from(picture(from, random)).toString(random.pick(['base64', 'base64url']));
    const value = random.chance(0.1)
      ? oddValue(random)
      : random.chance(0.2)
        ? `data:image/png;base64,${text}`
        : text;
    return [name, value];
  });
  const body = Object.fromEntries(random.chance(0.95) ? made : made.slice(1));
  return { type: 'application/json', bytes: damagedJson(textOf(body), random) };
}

const textOf = (value: unknown): string => JSON.stringify(value) ?? '';
const otherTypes = [
  'text/plain',
  'application/xml',
  '',
  'application/json; charset=utf-16',
  'APPLICATION/JSON',
  'x',
  'a/b; q="',
];

/** Text of JSON that most often is left as it is. */
function damagedJson(text: string, random: Random): Uint8Array {
  if (random.chance(0.85)) return Buffer.from(text);
  const at = random.int(0, text.length);
  const [head, tail] = [text.slice(0, at), text.slice(at)];
  return random.pick<() => Uint8Array>([
    () => Buffer.from(head),
    () => Buffer.from(`${head},${tail}`),
    () => Buffer.from(text.replace('{', '{"__proto__":{"admin":true},')),
    () => Buffer.from(text.replace('{', '{"constructor":{"prototype":{"admin":true}},')),
    () => Buffer.from(text.replace(/\d+/, '1e999')),
    () => Buffer.from(text.replace(/\d+/, '9'.repeat(4000))),
    () => Buffer.from(`\ufeff${text}`),
    () => Buffer.from(text, 'utf16le'),
    () =>
      Buffer.concat([
        Buffer.from(head),
        Buffer.from([0xc0, 0x80, 0xff, 0xfe, 0xed, 0xa0, 0x80]),
        Buffer.from(tail),
      ]),
    () => Buffer.from('['.repeat(random.pick([1000, 200_000]))),
    () => Buffer.from(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`),
    () => Buffer.from(`[${'"",'.repeat(random.pick([20_000, 600_000]))}""]`),
    () => Buffer.from(`{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":${i}`).join()}}`),
    () => Buffer.from(`${' '.repeat(100_000)}${text}`),
    () => Buffer.from(text.repeat(2)),
    () => Buffer.alloc(2_100_000, 'a'),
    () => Buffer.alloc(0),
  ])();
}

/** A form with pictures, as browsers send it, or nearly. */
export function formBody(names: readonly string[], from: Pictures, random: Random): Body {
  const boundary = random.chance(0.9)
    ? 'b0undary'
    : random.pick(['', '"', '-'.repeat(71), 'a b', "'()+_,-./:=?"]);
  const parts = names.map((name) => partOf(name, picture(from, random), random));
  if (random.chance(0.1)) parts.push(partOf('note', Buffer.from(oddText(random)), random));
  if (random.chance(0.03)) parts.push(...parts);
  if (random.chance(0.03)) parts.shift();
  if (random.chance(0.02)) for (let i = 0; i < 40; i++) parts.push(partOf(`p${i}`, Buffer.from('x'), random));
  const pieces = parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')]);
  let bytes = Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
  if (random.chance(0.06)) bytes = bytes.subarray(0, random.int(0, bytes.length));
  const said = random.chance(0.97) ? boundary : 'another';
  const type = random.chance(0.97) ? `multipart/form-data; boundary=${said}` : 'multipart/form-data';
  return { type, bytes };
}

function partOf(name: string, content: Uint8Array, random: Random): Buffer {
  const said = random.chance(0.97)
    ? name
    : oddText(random)
        .replace(/[\r\n]/g, '')
        .slice(0, 300);
  const file = random.weighted({ given: 0.8, none: 0.1, odd: 0.1 });
  const names = { given: '; filename="a.png"', none: '', odd: "; filename*=utf-8''%ff%00..%2f.png" };
  const lines = [`content-disposition: form-data; name="${said}"${names[file]}`];
  if (random.chance(0.8))
    lines.push(`content-type: ${random.pick(['image/png', 'text/plain', 'application/octet-stream', 'x'])}`);
  if (random.chance(0.03)) lines.push('content-transfer-encoding: base64');
  if (random.chance(0.01)) for (let i = 0; i < 300; i++) lines.push(`x-${i}: ${'y'.repeat(50)}`);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), content]);
}

/** An input of the Open Inference Protocol with its numbers behind the JSON, as many as it says or nearly. */
export function tensorBody(schema: Schema, random: Random): Body {
  const json = sampleOf(schema, random, '', 0.02) as { inputs?: unknown };
  const shape = random.pick([
    [1, 3, 112, 112],
    [1, 3, 112, 112],
    [1, 3, 64, 64],
    [1, 3, 0, 0],
  ]);
  const numbers = new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(
    random.pick([0, 0.5, Number.NaN, Infinity]),
  );
  const binary_data_size = random.chance(0.9) ? numbers.byteLength : random.pick([0, -4, 3, 2 ** 40]);
  if (json && typeof json === 'object' && random.chance(0.9)) {
    const name = random.pick(['crop', 'input.1', 'input']);
    json.inputs = [{ name, shape, datatype: 'FP32', parameters: { binary_data_size } }];
  }
  const head = damagedJson(textOf(json), random);
  const length = random.chance(0.9)
    ? String(head.length)
    : random.pick(['0', '-1', 'x', '1e3', String(2 ** 40), String(head.length + 1)]);
  const bytes = Buffer.concat([head, new Uint8Array(numbers.buffer)]);
  return {
    type: random.pick(['application/octet-stream', 'application/json']),
    bytes: random.chance(0.95) ? bytes : bytes.subarray(0, random.int(0, bytes.length)),
    headers: [['inference-header-content-length', length]],
  };
}
