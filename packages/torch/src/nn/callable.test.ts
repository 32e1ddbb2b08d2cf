import { inspect } from 'node:util';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { nn, ops, randn, type Tensor } from '../index.ts';

class Net extends nn.Module {
  fc = new nn.Linear(2, 3);
  readonly #secret = 7;
  // A function has a name and a length of its own: neither may hide the module's.
  override name: string;

  constructor() {
    super();
    this.name = 'net';
  }

  override get length(): number {
    return 5;
  }

  get secret(): number {
    return this.#secret;
  }

  forward(x: Tensor, times = 1): [Tensor, number] {
    return [this.fc(x).mul(times), times];
  }
}

describe('a module', () => {
  it('is called as a function, with the types of its forward', () => {
    const net = new Net();
    const x = randn(1, 2);
    const result = net(x, 2);
    expectTypeOf(result).toEqualTypeOf<[Tensor, number]>();
    expect([ops.equal(result[0], net.forward(x, 2)[0]), result[1]]).toEqual([true, 2]);
    // @ts-expect-error a tensor is expected
    expect(() => net('x')).toThrow(expect.objectContaining({ code: 'TORCH_NO_OVERLOAD' }));
    const any: nn.Module = net;
    expect(any(x)).toHaveLength(2);
    expect(new nn.Identity()(3)).toBe(3);
    expect(new nn.Sequential(new nn.Linear(2, 4), new nn.ReLU())(x).shape).toEqual([1, 4]);
  });

  it('calls a forward that was put in later, as tracing does', () => {
    const relu = new nn.ReLU();
    relu.forward = (x) => x.neg();
    expect(relu(randn(2).abs()).sum().item()).toBeLessThan(0);
  });

  it('stays an object of its class', () => {
    const net = new Net();
    expect(net).toBeInstanceOf(Net);
    expect(net).toBeInstanceOf(nn.Module);
    expect([net.name, net.length, net.secret, net.constructor]).toEqual(['net', 5, 7, Net]);
    expect(Object.keys(net)).toEqual(['training', 'fc', 'name']);
    expect(new nn.ModuleList([net, net]).length).toBe(2);
    expect(inspect(net)).toBe('Net(\n  fc: Linear(weight [3, 2], bias [3])\n)');
    expect(`${inspect(new nn.Sequential(new nn.Sequential(new nn.ReLU())))}`).toBe(
      'Sequential(\n  0: Sequential(\n    0: ReLU()\n  )\n)',
    );
  });
});
