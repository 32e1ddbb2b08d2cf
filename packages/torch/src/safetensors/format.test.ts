import { Random } from '@semblance/core/random';
import { describe, expect, it } from 'vitest';
import { TorchError } from '../error.ts';
import { layoutHeader, readHeader } from './format.ts';

/** A file put together by hand from the published layout, independent of the writer. */
function file(header: unknown, dataBytes: number, text = JSON.stringify(header)): Uint8Array {
  const json = Buffer.from(text);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(dataBytes)]);
}

const codeOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    if (error instanceof TorchError) return error.code;
    throw error;
  }
  return 'none';
};

describe('readHeader', () => {
  const a = { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] };

  it('reads a file laid out by hand, whatever the order of its names', () => {
    const b = { dtype: 'BOOL', shape: [], data_offsets: [24, 25] };
    const header = readHeader(file({ b, a, __metadata__: { format: 'pt' } }, 25));
    expect(header.metadata).toEqual({ format: 'pt' });
    expect(header.tensors).toEqual([
      { name: 'a', dtype: 'float32', shape: [2, 3], begin: 0, end: 24 },
      { name: 'b', dtype: 'bool', shape: [], begin: 24, end: 25 },
    ]);
  });

  it('takes spaces after the JSON, tensors without elements and files without tensors', () => {
    expect(readHeader(file({}, 0)).tensors).toEqual([]);
    const empty = { dtype: 'I64', shape: [0, 7], data_offsets: [0, 0] };
    expect(readHeader(file(null, 24, `${JSON.stringify({ a, empty })}   `)).tensors).toHaveLength(2);
  });

  it.each([
    ['a gap', { a, b: { dtype: 'U8', shape: [1], data_offsets: [25, 26] } }, 26],
    ['an overlap', { a, b: { dtype: 'U8', shape: [4], data_offsets: [20, 24] } }, 24],
    ['bytes left over', { a }, 25],
    ['bytes missing', { a }, 23],
    ['a gap at the start', { a: { ...a, data_offsets: [8, 32] } }, 32],
    ['offsets the wrong way round', { a: { ...a, data_offsets: [24, 0] } }, 24],
    ['offsets beyond safe integers', { a: { ...a, data_offsets: [0, 2 ** 60] } }, 24],
    ['a shape that does not fit', { a: { ...a, shape: [2, 2] } }, 24],
    ['a shape whose product overflows', { a: { ...a, shape: [2 ** 40, 2 ** 40] } }, 24],
    ['a negative size', { a: { ...a, shape: [-2, -3] } }, 24],
    ['a broken size', { a: { ...a, shape: [1.5, 4] } }, 24],
    ['no dtype', { a: { shape: [6], data_offsets: [0, 24] } }, 24],
    ['metadata that is not text', { __metadata__: { n: 1 } }, 0],
    ['an entry that is not an object', { a: [1] }, 0],
    ['a list in place of the header', [a], 24],
  ])('refuses %s', (_, header, dataBytes) => {
    expect(codeOf(() => readHeader(file(header, dataBytes)))).toBe('SAFETENSORS_INVALID');
  });

  it('refuses what is not JSON in UTF-8, and files too short for their own claim', () => {
    expect(codeOf(() => readHeader(file(null, 0, '{"a"')))).toBe('SAFETENSORS_INVALID');
    expect(codeOf(() => readHeader(file(null, 0, '\ufeff{}')))).toBe('SAFETENSORS_INVALID');
    const bad = file({}, 0);
    bad[8] = 0xff;
    expect(codeOf(() => readHeader(bad))).toBe('SAFETENSORS_INVALID');
    expect(codeOf(() => readHeader(new Uint8Array(7)))).toBe('SAFETENSORS_INVALID');
    expect(codeOf(() => readHeader(file({ a }, 24).subarray(0, 20)))).toBe('SAFETENSORS_INVALID');
  });

  it('refuses what is above its caps before it reads on', () => {
    const claim = Buffer.alloc(16);
    claim.writeBigUInt64LE(2n ** 63n);
    expect(codeOf(() => readHeader(claim))).toBe('SAFETENSORS_LIMIT');
    expect(codeOf(() => readHeader(file({ a }, 24), undefined, { maxHeaderBytes: 10 }))).toBe(
      'SAFETENSORS_LIMIT',
    );
    const e = { dtype: 'U8', shape: [0], data_offsets: [0, 0] };
    expect(codeOf(() => readHeader(file({ a: e, b: e, c: e }, 0), undefined, { maxTensors: 1 }))).toBe(
      'SAFETENSORS_LIMIT',
    );
  });

  it('names a dtype that it knows no tensor for', () => {
    expect(() => readHeader(file({ a: { dtype: 'F8_E4M3', shape: [1], data_offsets: [0, 1] } }, 1))).toThrow(
      /F8_E4M3/,
    );
  });

  it('answers every damaged header with a TorchError', () => {
    const good = file({ a, b: { dtype: 'U8', shape: [4], data_offsets: [24, 28] } }, 28);
    const stream = new Random(7);
    const random = (n: number) => stream.below(n);
    for (let i = 0; i < 3000; i++) {
      const bytes = Uint8Array.from(good.subarray(0, random(10) === 0 ? random(good.length) : good.length));
      for (let k = 0; k <= random(3); k++) if (bytes.length > 0) bytes[random(bytes.length)] = random(256);
      codeOf(() => readHeader(bytes)); // throws on by itself what is not a TorchError
    }
  });
});

describe('layoutHeader', () => {
  it('writes the published layout: length, padded JSON, aligned data', () => {
    const { header, order, dataBytes } = layoutHeader(
      [
        { name: 'flag', dtype: 'uint8', shape: [3] },
        { name: '0', dtype: 'float32', shape: [2, 3] },
        { name: 'n', dtype: 'int64', shape: [] },
      ],
      { format: 'pt' },
    );
    expect(order.map((s) => s.name)).toEqual(['n', '0', 'flag']);
    expect(dataBytes).toBe(8 + 24 + 3);
    expect(header.byteLength % 8).toBe(0);
    expect(Buffer.from(header).readBigUInt64LE()).toBe(BigInt(header.byteLength - 8));
    expect(Buffer.from(header.subarray(8)).toString().trimEnd()).toBe(
      '{"__metadata__":{"format":"pt"},' +
        '"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]},' +
        '"0":{"dtype":"F32","shape":[2,3],"data_offsets":[8,32]},' +
        '"flag":{"dtype":"U8","shape":[3],"data_offsets":[32,35]}}',
    );
    expect(readHeader(header, header.byteLength + dataBytes).tensors.map((t) => t.begin)).toEqual([0, 8, 32]);
  });

  it('refuses names that collide', () => {
    const t = { name: 'a', dtype: 'uint8', shape: [1] } as const;
    expect(codeOf(() => layoutHeader([t, t]))).toBe('SAFETENSORS_INVALID');
    expect(codeOf(() => layoutHeader([{ ...t, name: '__metadata__' }]))).toBe('SAFETENSORS_INVALID');
  });
});
