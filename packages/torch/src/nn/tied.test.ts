// One parameter in two places counts once and takes one step, but is saved under both names.
import { describe, expect, it } from 'vitest';
import { nn, ops, optim, type Tensor, tensor } from '../index.ts';

class Tied extends nn.Module {
  encoder = new nn.Linear(2, 2, { bias: false });
  decoder = new nn.Linear(2, 2, { bias: false });

  constructor(tie: 'parameter' | 'tensor') {
    super();
    nn.init.constant(this.encoder.weight.value, 1);
    if (tie === 'parameter') this.decoder.weight = this.encoder.weight;
    else this.decoder.weight.value = this.encoder.weight.value;
  }

  forward(x: Tensor): Tensor {
    return this.decoder(this.encoder(x));
  }
}

describe.each(['parameter', 'tensor'] as const)('weights tied by their %s', (tie) => {
  it('are one parameter of two names', () => {
    const net = new Tied(tie);
    expect(net.parameters()).toEqual([net.encoder.weight]);
    expect([...net.namedParameters()].map(([name]) => name)).toEqual(['encoder.weight']);
    expect([...net.stateDict().keys()]).toEqual(['encoder.weight', 'decoder.weight']);
    expect(net.numParameters()).toBe(4);
  });

  it.each([
    ['from parameters()', (net: Tied) => net.parameters()],
    ['from two lists', (net: Tied) => [...net.encoder.parameters(), ...net.decoder.parameters()]],
  ])('take one step, %s', (_how, parametersOf) => {
    const net = new Tied(tie);
    const optimizer = new optim.SGD(parametersOf(net), { lr: 0.1 });
    net(tensor([[1, 0]]))
      .sum()
      .backward();
    // The sum is Σ Wᵢⱼ·Wⱼ₀: each Wⱼ₀ has 1 from its place in the decoder and 2 from that in the encoder, the others 1.
    const gradient = [...(net.encoder.weight.value.grad!.toArray() as Float32Array)];
    optimizer.step();
    const moved = [...(net.decoder.weight.value.toArray() as Float32Array)];
    expect(gradient).toEqual([3, 1, 3, 1]);
    for (const [i, value] of moved.entries()) expect(value).toBeCloseTo(1 - 0.1 * gradient[i]!, 6);
  });

  it('stay tied where they are moved, and are loaded and freed once', () => {
    const net = new Tied(tie);
    net.to({ dtype: 'float64' });
    expect(net.decoder.weight.value).toBe(net.encoder.weight.value);
    expect([net.encoder.weight.value.dtype, net.encoder.weight.value.requiresGrad]).toEqual([
      'float64',
      true,
    ]);
    net.loadStateDict(new Tied('parameter').stateDict());
    expect(ops.equal(net.decoder.weight.value, tensor([[1, 1], [1, 1]], { dtype: 'float64' }))).toBe(true); // biome-ignore format: a matrix
    net.dispose();
    expect(net.decoder.weight.value.isDisposed).toBe(true);
  });
});

it('a shared module counts once', () => {
  const shared = new nn.BatchNorm1d(3);
  const net = new nn.Sequential(shared, shared);
  expect([net.parameters().length, [...net.namedBuffers()].length]).toEqual([2, 3]);
  net.to({ dtype: 'float64' });
  expect(shared.running_mean.value.dtype).toBe('float64');
});
