import { zipSync } from 'fflate';

// Pickles by hand: each function gives the operations that leave one value on the stack.
export const text = (s: string) => `X${String.fromCharCode(s.length)}\0\0\0${s}`;
export const int = (n: number) => `I${n}\n`;
export const tuple = (...items: string[]) => `(${items.join('')}t`;
export const list = (...items: string[]) => `(${items.join('')}l`;
export const dict = (entries: Record<string, string>) =>
  `}(${Object.entries(entries)
    .map(([k, v]) => text(k) + v)
    .join('')}u`;
export const call = (name: string, ...args: string[]) => `c${name.replace(' ', '\n')}\n${tuple(...args)}R`;
export const storage = (kind: string, key: string, numel: number, view = '') =>
  `${tuple(text('storage'), `ctorch\n${kind}\n`, text(key), text('cpu'), int(numel), view)}Q`;
export const tensor = (data: string, offset: number, shape: number[], strides: number[]) =>
  call(
    'torch._utils _rebuild_tensor_v2',
    data,
    int(offset),
    tuple(...shape.map(int)),
    tuple(...strides.map(int)),
    '\x89',
    call('collections OrderedDict'),
  );
export const latin1 = (s: string) => new Uint8Array(Buffer.from(s, 'latin1'));

export const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);

export function zipFile(
  content: string,
  storages: Record<string, Uint8Array>,
  more: Record<string, Uint8Array> = {},
): Uint8Array {
  const entries = Object.entries(storages).map(([key, bytes]) => [`model/data/${key}`, bytes] as const);
  const files = { 'model/data.pkl': latin1(`\x80\x02${content}.`), ...Object.fromEntries(entries), ...more };
  return zipSync(files, { level: 0 });
}

export function legacyFile(
  content: string,
  storages: Record<string, { numel: number; bytes: Uint8Array }>,
  little = true,
): Uint8Array {
  const magic = '\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.';
  const system = dict({ protocol_version: int(1001), little_endian: little ? '\x88' : '\x89' });
  const keys = list(...Object.keys(storages).map(text));
  const head = `${magic}\x80\x02${int(1001)}.\x80\x02${system}.\x80\x02${content}.\x80\x02${keys}.`;
  const parts = Object.values(storages).flatMap(({ numel, bytes }) => [
    new Uint8Array(BigInt64Array.of(BigInt(numel)).buffer),
    bytes,
  ]);
  return Buffer.concat([latin1(head), ...parts]);
}
