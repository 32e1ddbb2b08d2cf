import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromArray, nn, ops, rand, randn, type Tensor } from '../index.ts';
import { type ExportOptions, exportOnnx } from './index.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'onnx-'))));
afterAll(() => rmSync(folder, { recursive: true }));

describe('what is refused', () => {
  const failing = (forward: (x: Tensor) => unknown, options: Partial<ExportOptions> = {}) => {
    class Inner extends nn.Module {
      forward(x: Tensor): unknown {
        return forward(x);
      }
    }
    class Outer extends nn.Module {
      head = new nn.ModuleList([new nn.ReLU(), new Inner()]);
      forward(x: Tensor): unknown {
        return this.head.at(1)!.forward(x);
      }
    }
    return exportOnnx(new Outer(), [randn([2, 4])], { path: join(folder, 'none.onnx'), ...options });
  };
  const error = (code: string, message: RegExp) =>
    expect.objectContaining({ name: 'TorchError', code, message: expect.stringMatching(message) });

  it.each<[string, (x: Tensor) => unknown, string, RegExp, Partial<ExportOptions>?]>([
    [
      'an operator without ONNX form',
      (x) => ops.cumsum(x, 1),
      'EXPORT_UNSUPPORTED_OP',
      /aten::cumsum in head\.1/,
    ],
    [
      'an overload without one',
      (x) => ops.norm(x, 3, [1]),
      'EXPORT_UNSUPPORTED_OP',
      /aten::norm\S* in head\.1.*order/,
    ],
    [
      'an output without one',
      (x) => (ops.adaptive_max_pool2d(x.view([-1, 1, 2, 2]), [1, 1]) as unknown as Tensor[])[1],
      'EXPORT_UNSUPPORTED_OP',
      /output 1 of aten::adaptive_max_pool2d/,
    ],
    [
      'a change in place through a view',
      (x) => {
        const y = ops.mul(x, 2);
        y.view([-1]).add_(1);
        return y;
      },
      'EXPORT_UNSUPPORTED_OP',
      /in place/,
    ],
    [
      'a constant read from the inputs',
      (x) => ops.mul(x, fromArray(Float32Array.of(x.sum().item()))),
      'EXPORT_INVALID',
      /follows the inputs/,
    ],
    [
      'a way that depends on the size',
      (x) => (x.shape[0] === 2 ? ops.relu(x) : ops.sigmoid(x)),
      'EXPORT_INVALID',
      /aten::relu against aten::sigmoid in head\.1/,
    ],
    [
      'an argument that follows the size',
      (x) => ops.leaky_relu(x, x.shape[0]! / 10),
      'EXPORT_UNSUPPORTED_OP',
      /follows the size/,
    ],
    [
      'a size that the module does not take',
      (x) => ops.view(x, [2, 2, 2]),
      'EXPORT_INVALID',
      /inputs \[3,4\].*aten::view/,
    ],
    ['outputs that are no tensors', () => 3, 'EXPORT_INVALID', /number/],
    ['too many names', (x) => x, 'EXPORT_INVALID', /outputNames/, { outputNames: ['a', 'b'] }],
    ['equal names', (x) => [x, x], 'EXPORT_INVALID', /outputNames/, { outputNames: ['a', 'a'] }],
    ['an old opset', (x) => x, 'EXPORT_INVALID', /opset/, { opset: 11 }],
    [
      'results that change from run to run',
      (x) => ops.add(x, ops.rand_like(x)),
      'EXPORT_UNSUPPORTED_OP',
      /rand_like/,
    ],
  ])('%s', async (_, forward, code, message, options) => {
    await expect(failing(forward, options)).rejects.toThrow(error(code, message));
    expect(existsSync(join(folder, 'none.onnx'))).toBe(false);
  });

  it('a file that does not compute what the module computes', async () => {
    let calls = 0;
    // The traces see calls 1 and 2, the check the calls after them.
    const forward = (x: Tensor) => ops.add(x, fromArray(Float32Array.of(calls++ < 2 ? 0 : 0.5)));
    await expect(failing(forward)).rejects.toThrow(error('EXPORT_PARITY_FAILED', /differs by up to/));
    expect(existsSync(join(folder, 'none.onnx'))).toBe(false);
  });

  it('nothing without the check', async () => {
    const path = join(folder, 'unchecked.onnx');
    const result = await exportOnnx(new nn.ReLU(), [rand([1, 2])], { path, parity: false });
    expect([existsSync(path), result.maxAbsDiff]).toEqual([true, Number.NaN]);
  });
});
