// What people meet in the first hours, in our words and with what to do.
import { describe, expect, it } from 'vitest';
import * as torch from './index.ts';

const { nn, ops, tensor } = torch;
const w = () => torch.ones(2, { requiresGrad: true });
const row = () => torch.ones(1, 3);

/** What happens, and how its message must be: nothing of Python's or C++'s names in it. */
const cases: [what: string, use: () => unknown, message: RegExp][] = [
  [
    'a second backward',
    () => {
      const loss = w().square().sum();
      loss.backward();
      loss.backward();
    },
    /compute the loss again, or keep them by backward\(undefined, \{ retainGraph: true \}\)\.$/,
  ],
  ['a leaf changed in place', () => w().add_(1), /changed in place: wrap it into noGrad\(\(\) => …\)\. \(self: float32\[2\]\)/],
  ['a view of a leaf changed in place', () => w().select(0, 0).add_(1), /wrap it into noGrad/],
  ['backward without history', () => torch.ones(1).backward(), /no gradient history: nothing that it was computed from/],
  ['backward of several numbers', () => w().mul(2).backward(), /take loss\.mean\(\) or loss\.sum\(\) first/],
  [
    'a saved value changed in place',
    () => {
      const y = w().exp();
      y.add_(1);
      y.sum().backward();
    },
    /changed in place, by an operator whose name ends with _.*detectAnomaly\(\(\) =>/s,
  ],
  ['an input that is not used', () => torch.grad([w().sum()], [w()]), /Pass \{ allowUnused: true \}/],
  ['classes as floats', () => nn.functional.cross_entropy(torch.randn(2, 3), torch.ones(2)), /expected int64 but found float32: to\('int64'\) converts/],
  ['indices as floats', () => new nn.Embedding(3, 2)(torch.ones(2)), /to be int64 or int32 but found float32: to\('int64'\) converts/],
  ['products of two dtypes', () => row().matmul(torch.ones(3, 2, { dtype: 'float64' })), /expected float32 but found float64: to\('float32'\) converts/],
  ['a linear layer of another dtype', () => new nn.Linear(3, 2)(row().double()), /both must have one dtype: to\('float32'\)/],
  ['a convolution of bytes', () => new nn.Conv2d(3, 2, 3)(torch.ones(1, 3, 5, 5, { dtype: 'uint8' })), /the input is uint8 and the bias float32: to\('float32'\) converts/],
  ['a mean of integers', () => torch.arange(3).mean(), /needs a floating-point dtype but found int64: to\('float32'\) converts/],
  ['a fraction into integers', () => torch.arange(3).div_(2), /the result is float32, which an int64 tensor cannot hold/],
  ['a view across strides', () => torch.ones(2, 3).t().view(6), /Use reshape\(\) instead/],
  ['inference tensors in autograd', () => w().mul(torch.inferenceMode(() => torch.ones(2))), /clone\(\) outside inferenceMode\(\)/],
  ['a list for a tensor', () => w().add([1, 2] as never), /\[1, 2\]\): tensor\(…\) makes a tensor of numbers/],
  ['a typed array for a tensor', () => ops.matmul(row(), new Float32Array(3) as never), /Float32Array\): tensor\(…\) makes/],
  ['a parameter for a tensor', () => ops.linear(row(), new nn.Linear(3, 2).weight as never), /Parameter\): pass the Parameter's value/],
  ['a promise', () => ops.relu(Promise.resolve(row()) as never), /await the promise first/],
  ['an unsafe integer', () => ops.randint(2 ** 60, [1]), /is beyond 2\^53: pass a bigint/],
]; // biome-ignore format: a table

describe('an error message', () => {
  it.each(cases)('about %s says what to do', (_what, use, message) => {
    let error: unknown;
    try {
      use();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(torch.TorchError);
    const text = (error as Error).message;
    expect(text).toMatch(message);
    expect(text).not.toMatch(
      /retain_graph|allow_unused|grad_fn|no_grad|set_detect_anomaly|\b(Long|Float|Double)\b/,
    );
  });

  it('stays as it is where nothing better is known', () => {
    expect(() => row().matmul(row())).toThrow(/cannot be multiplied \(1x3 and 1x3\)/);
    expect(() => tensor([1, 2]).add('x' as never)).toThrow(
      /no overload takes \(Tensor\(float32\[2\]\), "x"\)$/,
    );
  });
});
