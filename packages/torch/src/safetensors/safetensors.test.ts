import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { arange, type DType, fromArray, randn, tensor, zeros } from '../index.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { loadSafetensors, saveSafetensors } from './index.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'safetensors-'))));
afterAll(() => rmSync(folder, { recursive: true }));

it('brings back every dtype, shape and byte', () => {
  const path = join(folder, 'all.safetensors');
  const base = arange(0, 24).view([2, 3, 4]);
  const dtypes: DType[] = [
    ...([
      'float32',
      'float64',
      'float16',
      'bfloat16',
      'int64',
      'int32',
      'int16',
      'int8',
      'uint8',
      'bool',
    ] as const),
  ];
  const tensors = new Map(dtypes.map((dtype) => [`t.${dtype}`, base.to(dtype)]));
  tensors.set('scalar', tensor(1.5));
  tensors.set('none', zeros([0, 5]));
  tensors.set('transposed', base.to('float32').permute([2, 0, 1]));
  saveSafetensors(path, tensors, { format: 'pt', note: 'ä"\n' });
  const back = loadSafetensors(path);
  expect(back.metadata).toEqual({ format: 'pt', note: 'ä"\n' });
  expect(new Set(back.tensors.keys())).toEqual(new Set(tensors.keys()));
  for (const [name, t] of tensors) {
    const b = back.tensors.get(name)!;
    expect([name, b.dtype, b.shape, b.toArray()]).toEqual([name, t.dtype, t.shape, t.toArray()]);
  }
});

it('lays the bytes out as the format says', () => {
  const path = join(folder, 'bytes.safetensors');
  saveSafetensors(path, new Map([['w', fromArray(Float32Array.of(1, -2))]]));
  const bytes = readFileSync(path);
  const headerBytes = Number(bytes.readBigUInt64LE(0));
  expect(JSON.parse(bytes.toString('utf8', 8, 8 + headerBytes))).toEqual({
    w: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
  });
  expect(bytes.subarray(8 + headerBytes)).toEqual(Buffer.from('0000803f000000c0', 'hex'));
});

it('leaves the old file and nothing else behind when a write fails', () => {
  const path = join(folder, 'kept', 'x.safetensors');
  expect(() => saveSafetensors(path, new Map([['w', randn([2])]]))).toThrow(
    expect.objectContaining({ code: 'FILE_UNWRITABLE' }),
  );
  const kept = join(folder, 'old.safetensors');
  saveSafetensors(kept, new Map([['w', tensor([1, 2, 3])]]));
  const stop = new Error('half-way');
  expect(() =>
    writeFileAtomically(kept, (append) => {
      append(new Uint8Array(1000));
      throw stop;
    }),
  ).toThrow(stop);
  expect(loadSafetensors(kept).tensors.get('w')!.toArray()).toEqual(Float32Array.of(1, 2, 3));
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

it('says what is wrong with a path or a file', () => {
  expect(() => loadSafetensors(join(folder, 'nowhere'))).toThrow(
    expect.objectContaining({ code: 'FILE_NOT_FOUND' }),
  );
  expect(() => loadSafetensors(folder)).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
  const path = join(folder, 'cut.safetensors');
  saveSafetensors(path, new Map([['w', randn([4])]]));
  const bytes = readFileSync(path);
  for (const cut of [0, 5, 30, bytes.length - 1]) {
    writeFileSync(path, bytes.subarray(0, cut));
    expect(() => loadSafetensors(path)).toThrow(expect.objectContaining({ code: 'SAFETENSORS_INVALID' }));
  }
});

it('reads a file that the reference library wrote (safetensors 0.8, from numpy)', () => {
  const { tensors, metadata } = loadSafetensors(
    fileURLToPath(new URL('./fixtures/reference.safetensors', import.meta.url)),
  );
  expect(metadata).toEqual({ who: 'py' });
  const content = [...tensors].map(([name, t]) => [name, String(t), ...t.to('float64').toArray()]);
  expect(new Map(content.map(([name, ...rest]) => [name, rest]))).toEqual(
    new Map<string, unknown[]>([
      ['x', ['Tensor(float32[2,3])', 0, 1, 2, 3, 4, 5]],
      ['s', ['Tensor(int64[])', 7]],
      ['flag', ['Tensor(bool[2])', 1, 0]],
      ['h', ['Tensor(float16[1])', 1.5]],
      ['e', ['Tensor(int32[0,3])']],
    ]),
  );
});
