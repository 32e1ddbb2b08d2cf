import { Random } from '@semblance/core/random';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { TorchError } from '../index.ts';
import {
  call,
  dict,
  floats,
  int,
  latin1,
  legacyFile,
  list,
  storage,
  tensor,
  text,
  tuple,
  zipFile,
} from '../testing/torch-files.ts';
import type { StoredTensor } from './stored-tensor.ts';
import { readTorchFile } from './torch-file.ts';

const error = (code: string) => expect.objectContaining({ name: 'TorchError', code });
const numbers = (t: StoredTensor) => [...new Float32Array(t.toBytes().slice().buffer)];

describe('both forms', () => {
  const content = dict({
    w: tensor(storage('FloatStorage', '0', 6), 0, [2, 3], [3, 1]),
    transposed: tensor(storage('FloatStorage', '0', 6), 0, [3, 2], [1, 3]),
    row: tensor(storage('FloatStorage', '0', 6), 3, [3], [1]),
    epoch: int(7),
    p: call(
      'torch._utils _rebuild_parameter',
      tensor(storage('FloatStorage', '0', 6), 1, [], []),
      '\x88',
      call('collections OrderedDict'),
    ),
    size: call('torch Size', tuple(int(2), int(3))),
    device: call('torch device', text('cuda'), int(0)),
    dtype: 'ctorch\nfloat16\n',
  });
  const bytes = floats(1, 2, 3, 4, 5, 6);

  it.each([
    [
      'zip',
      zipFile(content, { 0: bytes }, { 'model/version': latin1('3\n'), 'model/byteorder': latin1('little') }),
    ],
    ['legacy', legacyFile(content, { 0: { numel: 6, bytes } })],
  ])('%s: tensors as views of their storages', (_, file) => {
    const state = readTorchFile(file) as Map<string, StoredTensor>;
    const w = state.get('w')!;
    expect([w.dtype, w.shape, w.requiresGrad, numbers(w)]).toEqual([
      'float32',
      [2, 3],
      false,
      [1, 2, 3, 4, 5, 6],
    ]);
    expect(numbers(state.get('transposed')!)).toEqual([1, 4, 2, 5, 3, 6]);
    expect(numbers(state.get('row')!)).toEqual([4, 5, 6]);
    expect([numbers(state.get('p')!), state.get('p')!.requiresGrad]).toEqual([[2], true]);
    expect(state.get('w')!.storage).toBe(state.get('row')!.storage);
    expect(['epoch', 'size', 'device', 'dtype'].map((k) => state.get(k))).toEqual([
      7,
      [2, 3],
      'cuda:0',
      'float16',
    ]);
  });

  it('every kind of storage', () => {
    const kinds = {
      Double: 8,
      Float: 4,
      Half: 2,
      BFloat16: 2,
      Long: 8,
      Int: 4,
      Short: 2,
      Char: 1,
      Byte: 1,
      Bool: 1,
    };
    const entries = Object.entries(kinds);
    const all = dict(
      Object.fromEntries(entries.map(([k]) => [k, tensor(storage(`${k}Storage`, k, 2), 0, [2], [1])])),
    );
    const file = zipFile(
      all,
      Object.fromEntries(entries.map(([k, size]) => [k, new Uint8Array(2 * size).fill(1)])),
    );
    const state = readTorchFile(file) as Map<string, StoredTensor>;
    expect([...state].map(([k, t]) => [k, t.sizeBytes])).toEqual(entries.map(([k, size]) => [k, 2 * size]));
  });

  it('a storage that is a part of another one, as torch wrote before 1.0', () => {
    const view = tuple(text('v'), int(2), int(3));
    const file = legacyFile(tensor(storage('FloatStorage', 'a', 6, view), 1, [2], [1]), {
      a: { numel: 6, bytes },
    });
    expect(numbers(readTorchFile(file) as StoredTensor)).toEqual([4, 5]);
  });
});

describe('what is refused', () => {
  const one = tensor(storage('FloatStorage', '0', 2), 0, [2], [1]);
  const data = { 0: floats(1, 2) };

  it.each<[string, string, Uint8Array]>([
    ['a call of os.system', 'PICKLE_FORBIDDEN_GLOBAL', zipFile(call('posix system', text('true')), {})],
    ['a pickled module', 'PICKLE_FORBIDDEN_GLOBAL', zipFile(call('torch.nn.modules.linear Linear'), {})],
    [
      'a storage class that does not exist',
      'PICKLE_FORBIDDEN_GLOBAL',
      zipFile(storage('EvilStorage', '0', 1), data),
    ],
    ['complex numbers', 'PICKLE_FORBIDDEN_GLOBAL', zipFile(storage('ComplexFloatStorage', '0', 1), data)],
    [
      'a tensor beyond its storage',
      'PICKLE_INVALID',
      zipFile(tensor(storage('FloatStorage', '0', 2), 1, [2], [1]), data),
    ],
    [
      'strides beyond it',
      'PICKLE_INVALID',
      zipFile(tensor(storage('FloatStorage', '0', 2), 0, [2], [2]), data),
    ],
    [
      'a negative stride',
      'PICKLE_INVALID',
      zipFile(tensor(storage('FloatStorage', '0', 2), 1, [2], [-1]), data),
    ],
    [
      'a shape without its strides',
      'PICKLE_INVALID',
      zipFile(tensor(storage('FloatStorage', '0', 2), 0, [2], []), data),
    ],
    [
      'sizes that overflow',
      'PICKLE_LIMIT',
      zipFile(tensor(storage('FloatStorage', '0', 2), 0, [2 ** 50, 2 ** 50], [0, 0]), data),
    ],
    [
      'one number as a terabyte',
      'PICKLE_LIMIT',
      zipFile(tensor(storage('FloatStorage', '0', 2), 0, [2 ** 38], [0]), data),
    ],
    [
      'two dtypes for one storage',
      'PICKLE_INVALID',
      zipFile(list(one, storage('LongStorage', '0', 1)), data),
    ],
    ['a tensor of text', 'PICKLE_INVALID', zipFile(tensor(text('storage'), 0, [2], [1]), data)],
    ['a module with its source', 'TORCH_FILE_UNSUPPORTED', legacyFile(`${tuple(text('module'), 'N')}Q`, {})],
    ['TorchScript', 'TORCH_FILE_UNSUPPORTED', zipFile(one, data, { 'model/constants.pkl': latin1('N.') })],
    [
      'a big-endian zip file',
      'TORCH_FILE_UNSUPPORTED',
      zipFile(one, data, { 'model/byteorder': latin1('big') }),
    ],
    [
      'a big-endian legacy file',
      'TORCH_FILE_UNSUPPORTED',
      legacyFile(one, { 0: { numel: 2, bytes: floats(1, 2) } }, false),
    ],
    ['a missing storage', 'TORCH_FILE_INVALID', zipFile(one, {})],
    ['a short storage', 'TORCH_FILE_INVALID', zipFile(one, { 0: floats(1) })],
    ['a missing legacy storage', 'TORCH_FILE_INVALID', legacyFile(one, {})],
    ['a short legacy storage', 'TORCH_FILE_INVALID', legacyFile(one, { 0: { numel: 2, bytes: floats(1) } })],
    [
      'another count of elements',
      'TORCH_FILE_INVALID',
      legacyFile(one, { 0: { numel: 1, bytes: floats(1) } }),
    ],
    ['a storage of no tensor', 'TORCH_FILE_INVALID', legacyFile('N', { 0: { numel: 1, bytes: floats(1) } })],
    ['a zip without a pickle', 'TORCH_FILE_INVALID', zipSync({ 'a/b': floats(1) })],
    [
      'compressed entries',
      'TORCH_FILE_INVALID',
      zipSync({ 'model/data.pkl': new Uint8Array(1 << 16) }, { level: 9 }),
    ],
    ['a bare pickle', 'TORCH_FILE_INVALID', latin1('\x80\x02N.')],
    ['text', 'TORCH_FILE_INVALID', latin1('not a torch file')],
    ['nothing', 'TORCH_FILE_INVALID', new Uint8Array(0)],
  ])('%s: %s', (_, code, file) => {
    expect(() => readTorchFile(file)).toThrow(error(code));
  });
});

it('answers damaged files with a TorchError or with data, never otherwise', () => {
  const content = dict({
    w: tensor(storage('FloatStorage', '0', 6), 0, [2, 3], [3, 1]),
    n: list(int(1), text('x')),
  });
  const bytes = floats(1, 2, 3, 4, 5, 6);
  const originals = [zipFile(content, { 0: bytes }), legacyFile(content, { 0: { numel: 6, bytes } })];
  const stream = new Random(3);
  const random = (n: number) => stream.below(n);
  let refused = 0;
  for (let i = 0; i < 6_000; i++) {
    const damaged = Uint8Array.from(originals[i % 2]!);
    for (let k = 0; k <= random(3); k++) damaged[random(damaged.length)] = random(256);
    try {
      const state = readTorchFile(random(8) === 0 ? damaged.subarray(0, random(damaged.length)) : damaged);
      if (state instanceof Map) state.get('w')?.toBytes?.();
    } catch (e) {
      if (!(e instanceof TorchError)) throw e;
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(2000);
});
