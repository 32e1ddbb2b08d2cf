// What is wrong is refused with a TorchError of a stable code, and never ends the process.
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import * as torch from './index.ts';

const { ops } = torch;
type AnyFunction = (...args: unknown[]) => unknown;
const call = (name: string, ...args: unknown[]) =>
  (ops as unknown as Record<string, AnyFunction>)[name]!(...args);
const code = (name: string) => expect.objectContaining({ name: 'TorchError', code: name });

describe('arguments', () => {
  it('of the wrong type, number or name', () => {
    const t = torch.ones([2, 2]);
    const x = torch.ones([1, 1, 4, 4]);
    const refused: unknown[][] = [
      ['relu'],
      ['relu', null],
      ['relu', 'x'],
      ['relu', t, t],
      ['sum', t, 'same'],
      ['sum', t, [0.5]],
      ['add', t, t, { beta: 1 }],
      ['add', t, t, { out: 'x' }],
      ['conv2d', x, x, null, 'two'],
      ['reshape', t, [Number.NaN]],
      ['cat', t],
      ['cat', [t, 1]],
      ['randperm', 3, { generator: {} }],
    ];
    for (const [name, ...args] of refused)
      expect(() => call(name as string, ...args), String(name)).toThrow(code('TORCH_NO_OVERLOAD'));
    expect(() => call('to', t, 'strided')).toThrow(torch.TorchError);
    expect(() => torch.zeros([2], { dtype: 'float31' as torch.DType })).toThrow(code('TORCH_BAD_ARGUMENT'));
    expect(() => torch.zeros([2], { dtype: 6 as unknown as torch.DType })).toThrow(
      code('TORCH_BAD_ARGUMENT'),
    );
  });

  it('a name for padding chooses the overload that takes one', () => {
    const out = ops.conv2d(torch.ones([1, 1, 4, 4]), torch.ones([1, 1, 3, 3]), null, 1, 'same');
    expect(out.shape).toEqual([1, 1, 4, 4]);
  });

  it('a device that is not there, and more memory than there is', () => {
    if (!torch.engineInfo().cuda)
      expect(() => torch.zeros([1], { device: 'cuda' })).toThrow(code('TORCH_NO_DEVICE'));
    expect(() => torch.zeros([1], { device: 'toaster' })).toThrow(code('TORCH_OP_FAILED'));
    expect(() => torch.empty([1e15])).toThrow(code('TORCH_OUT_OF_MEMORY'));
  });

  it('whole numbers beyond 2^53, unless asked for as a bigint', () => {
    const t = torch.fromArray(BigInt64Array.of(2n ** 60n));
    expect(() => t.item()).toThrow(code('TORCH_BAD_ARGUMENT'));
    expect([t.item({ bigint: true }), torch.tensor(3).to('int64').item()]).toEqual([2n ** 60n, 3]);
  });

  it('disposed tensors, also in lists and keywords', () => {
    const dead = torch.ones([2]);
    const live = torch.ones([2]);
    dead.dispose();
    const uses = [
      () => ops.cat([live, dead]),
      () => ops.add(live, live, { out: dead }),
      () => dead.backward(),
      () => dead.item(),
      () => dead.registerHook(() => {}),
      () => dead.shareArray(),
    ];
    for (const use of uses) expect(use).toThrow(code('TENSOR_DISPOSED'));
  });
});

it('a tensor of another thread', async () => {
  const worker = new Worker(
    `const { workerData, parentPort } = require('node:worker_threads');
     import(workerData.url).then(({ ops }) => {
       try { ops.relu(workerData.sent); parentPort.postMessage('took it'); }
       catch (error) { parentPort.postMessage(error.code); }
     }, (error) => parentPort.postMessage(String(error)));`,
    { eval: true, workerData: { url: new URL('./index.ts', import.meta.url).href, sent: torch.ones([2]) } },
  );
  const answer = await new Promise((resolve, reject) =>
    worker.once('message', resolve).once('error', reject),
  );
  await worker.terminate();
  expect(answer).toBe('TENSOR_FOREIGN');
});

describe('shared memory', () => {
  it('is one for array and tensor, both ways, and outlives either', () => {
    const array = Float32Array.of(1, 2, 3);
    const t = torch.shareArray(array);
    t.mul_(2);
    expect([...array]).toEqual([2, 4, 6]);
    const back = t.shareArray();
    back[0] = 9;
    t.dispose();
    expect([array[0], [...back]]).toEqual([9, [9, 4, 6]]);
  });

  it('is refused where its lifetime cannot be kept', () => {
    const array = new Float32Array(4);
    torch.shareArray(array, [2, 2]);
    expect(() => array.buffer.transfer()).toThrow(code('TORCH_BAD_ARGUMENT'));
    expect(() => structuredClone(array, { transfer: [array.buffer] })).toThrow(
      /could not be cloned|transfer/i,
    );
    const growing = new Float32Array(new ArrayBuffer(8, { maxByteLength: 16 }));
    expect(() => torch.shareArray(growing)).toThrow(code('TORCH_BAD_ARGUMENT'));
    expect(() => torch.ones([2, 3]).t().shareArray()).toThrow(code('TORCH_BAD_ARGUMENT'));
    expect(() => torch.shareArray(array, [3])).toThrow(code('TORCH_SHAPE_MISMATCH'));
  });
});

it('generators repeat from their seed and leave the default stream alone', () => {
  const draw = (generator: torch.Generator) => [...ops.randperm(20, { generator }).toArray()];
  const before = [...torch.getRngState().toArray()];
  expect(draw(new torch.Generator(3))).toEqual(draw(new torch.Generator(3)));
  expect(draw(new torch.Generator(3))).not.toEqual(draw(new torch.Generator(4)));
  expect([...torch.getRngState().toArray()]).toEqual(before);
});
