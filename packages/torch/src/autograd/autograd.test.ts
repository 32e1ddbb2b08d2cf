import { describe, expect, it } from 'vitest';
import * as torch from '../index.ts';

const { ops } = torch;
type Tensor = torch.Tensor;

const leaf = (...values: number[]) => torch.tensor(values, { requiresGrad: true });
const values = (t: Tensor | null) => [...(t!.toArray() as Float32Array)];
const code = (name: string) => expect.objectContaining({ code: name });

describe('modes', () => {
  it('enableGrad records inside noGrad', () => {
    const x = leaf(1);
    expect(torch.noGrad(() => torch.enableGrad(() => x.mul(2).requiresGrad))).toBe(true);
    expect(x.mul(2).requiresGrad).toBe(true);
  });

  it('inferenceMode makes tensors that autograd refuses, and ends with an error too', () => {
    const made = torch.inferenceMode(() => leaf(1).mul(2));
    expect(made.requiresGrad).toBe(false);
    expect(() => leaf(3).mul(made)).toThrow(code('TORCH_OP_FAILED'));
    expect(() =>
      torch.inferenceMode(() => {
        throw new RangeError('mine');
      }),
    ).toThrow(RangeError);
    expect(torch.isInferenceMode()).toBe(false);
  });

  it('autocast multiplies in bfloat16, sums in float32 and ends with its function', () => {
    const a = torch.ones([2, 2], { requiresGrad: true });
    const product = torch.autocast({}, () => a.mm(a));
    expect([product.dtype, a.mm(a).dtype]).toEqual(['bfloat16', 'float32']);
    product.sum().backward();
    expect([a.grad!.dtype, values(a.grad)]).toEqual(['float32', [4, 4, 4, 4]]);
    expect(torch.autocast({ enabled: false }, () => a.mm(a)).dtype).toBe('float32');
  });

  it('detectAnomaly names the operator, its shapes and the line', () => {
    const run = () =>
      torch.detectAnomaly(() => {
        leaf(-1, 4).sqrt().sum().backward();
      });
    expect(run).toThrow(
      expect.objectContaining({
        code: 'TORCH_ANOMALY',
        message: expect.stringMatching(
          /nan values[\s\S]*aten::sqrt \(self: float32\[2\]\)[\s\S]*autograd\.test/,
        ),
      }),
    );
    const x = leaf(-1);
    x.sqrt().sum().backward();
    expect(values(x.grad)).toEqual([Number.NaN]);
  });
});

describe('hooks', () => {
  it('see and replace a gradient until they are taken off', () => {
    const x = leaf(1, 2);
    const seen: number[][] = [];
    const remove = x.registerHook((gradient) => {
      seen.push(values(gradient));
      return gradient.mul(10);
    });
    x.mul(3).sum().backward();
    expect([seen, values(x.grad)]).toEqual([[[3, 3]], [30, 30]]);
    remove();
    x.grad = null;
    x.mul(3).sum().backward();
    expect(values(x.grad)).toEqual([3, 3]);
  });

  it('work on a tensor in the middle and leave a gradient they give nothing for', () => {
    const x = leaf(2);
    const middle = x.mul(3);
    let seen = 0;
    middle.registerHook((gradient) => {
      seen = gradient.item();
    });
    middle.mul(5).sum().backward();
    expect([seen, values(x.grad)]).toEqual([5, [15]]);
  });

  it('let their errors through as they are, and backward works afterwards', () => {
    const x = leaf(1);
    const error = new RangeError('mine');
    const remove = x.registerHook(() => {
      throw error;
    });
    expect(() => x.mul(2).backward(torch.ones([1]))).toThrow(error);
    remove();
    x.grad = null;
    x.mul(2).sum().backward();
    expect(values(x.grad)).toEqual([2]);
  });
});

describe('custom functions', () => {
  const exp = torch.customFunction({
    name: 'Exp',
    forward: (ctx, x: Tensor) => {
      const y = x.exp();
      ctx.save(y);
      return y;
    },
    backward: (ctx, gradient) => gradient.mul(ctx.saved[0]!),
  });
  const double = (...list: number[]) => torch.tensor(list, { dtype: 'float64', requiresGrad: true });

  it('have the gradient they say, checked by differences, twice', () => {
    torch.gradcheck((x) => exp(x), [double(0.5, -1)]);
    torch.gradcheck((x) => torch.grad([exp(x).sum()], [x], { createGraph: true })[0]!, [double(0.5, -1)]);
  });

  it('take several tensors and plain values, and give back several', () => {
    const scaledSum = torch.customFunction({
      forward: (ctx, a: Tensor, factor: number, b: Tensor) => {
        ctx.save(a, b);
        return [a.mul(b).mul(factor), a.add(b)] as Tensor[];
      },
      backward: (ctx, product, sum) => {
        const [a, b] = ctx.saved as [Tensor, Tensor];
        return [product.mul(b).mul(2).add(sum), null, product.mul(a).mul(2).add(sum)];
      },
    });
    torch.gradcheck((a, b) => scaledSum(a, 2, b), [double(1, 2), double(3, -4)]);
  });

  it('may give back their input, which keeps its own gradient', () => {
    const straight = torch.customFunction({
      forward: (_ctx, x: Tensor) => x,
      backward: (_ctx, gradient) => gradient.mul(3),
    });
    const x = leaf(1, 2);
    straight(x).sum().backward();
    expect([values(x.grad), x.isLeaf]).toEqual([[3, 3], true]);
  });

  it('let errors of backward through, and refuse a second backward and too many gradients', () => {
    const broken = torch.customFunction({
      forward: (_ctx, x: Tensor) => x.mul(1),
      backward: () => {
        throw new RangeError('mine');
      },
    });
    expect(() => broken(leaf(1)).backward(torch.ones([1]))).toThrow(RangeError);
    const twice = exp(leaf(1));
    twice.sum().backward();
    expect(() => twice.sum().backward()).toThrow(/Exp: a second backward/);
    const many = torch.customFunction({
      forward: (_ctx, x: Tensor) => x.mul(1),
      backward: (_ctx, gradient) => [gradient, gradient],
    });
    expect(() => many(leaf(1)).sum().backward()).toThrow(code('TORCH_BAD_ARGUMENT'));
  });

  it('leave no tensor behind', () => {
    const step = () => {
      using _ = torch.scope();
      const x = torch.ones([100], { requiresGrad: true });
      exp(x).sum().backward();
      return x.grad!.sum().item();
    };
    step();
    const { tensors, bytes } = torch.memory();
    for (let i = 0; i < 50; i++) step();
    expect(torch.memory()).toMatchObject({ tensors, bytes });
  });
});

describe('GradScaler', () => {
  it('changes nothing without overflow, leaves out a step with one, grows and shrinks', () => {
    const parameter = new torch.nn.Parameter(torch.tensor([1, 2]));
    const optimizer = new torch.optim.SGD([parameter], { lr: 0.5 });
    const scaler = new torch.GradScaler({ initScale: 8, growthInterval: 2 });
    const run = (factor: number) => {
      parameter.value.grad = null;
      scaler.scale(parameter.value.mul(factor).sum()).backward();
      const taken = scaler.step(optimizer);
      scaler.update();
      return [taken, scaler.getScale(), values(parameter.value)];
    };
    expect(run(1)).toEqual([true, 8, [0.5, 1.5]]);
    expect(run(1)).toEqual([true, 16, [0, 1]]);
    expect(run(Number.POSITIVE_INFINITY)).toEqual([false, 8, [0, 1]]);
    expect(run(Number.NaN)).toEqual([false, 4, [0, 1]]);
    const other = new torch.GradScaler();
    other.loadStateDict(scaler.stateDict());
    expect(other.getScale()).toBe(4);
  });
});

describe('gradcheck', () => {
  it('finds a gradient that is wrong', () => {
    const wrong = torch.customFunction({
      forward: (ctx, x: Tensor) => {
        ctx.save(x);
        return x.pow(2);
      },
      backward: (ctx, gradient) => gradient.mul(ctx.saved[0]!),
    });
    const x = torch.tensor([1.5], { dtype: 'float64', requiresGrad: true });
    expect(() => torch.gradcheck((t) => wrong(t), [x])).toThrow(code('TORCH_GRADIENT_WRONG'));
    expect(() => torch.gradcheck((t) => t.exp(), [leaf(1)])).toThrow(code('TORCH_BAD_ARGUMENT'));
    expect(ops.mul(x, 1).item()).toBe(1.5);
  });
});
