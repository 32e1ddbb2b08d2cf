import { describe, expect, it } from 'vitest';
import * as torch from '../index.ts';

const { nn } = torch;

const network = () =>
  new nn.Sequential({
    stem: new nn.Sequential(
      new nn.Conv2d(3, 4, 3, { padding: 1, bias: false }),
      new nn.BatchNorm2d(4),
      new nn.PReLU(4),
    ),
    head: new nn.ModuleList([new nn.Linear(4, 2), new nn.Linear(2, 2, { bias: false })]),
  });

describe('Module', () => {
  it("names its state as PyTorch does, in PyTorch's order", () => {
    expect([...network().stateDict().keys()]).toEqual([
      'stem.0.weight',
      'stem.1.weight',
      'stem.1.bias',
      'stem.1.running_mean',
      'stem.1.running_var',
      'stem.1.num_batches_tracked',
      'stem.2.weight',
      'head.0.weight',
      'head.0.bias',
      'head.1.weight',
    ]);
    expect(network().numParameters()).toBe(4 * 27 + 8 + 4 + 10 + 4);
  });

  it('takes the state of another and then computes the same', () => {
    torch.manualSeed(1);
    const a = new nn.Linear(3, 2);
    const b = new nn.Linear(3, 2);
    const x = torch.randn([5, 3]);
    expect(torch.ops.equal(a.forward(x), b.forward(x))).toBe(false);
    b.loadStateDict(a.stateDict());
    expect(torch.ops.equal(a.forward(x), b.forward(x))).toBe(true);
  });

  it('refuses a state that does not fit, and names what is wrong', () => {
    const net = network();
    const state = net.stateDict();
    state.set('head.0.weight', torch.zeros([9, 9]));
    expect(() => net.loadStateDict(state)).toThrow(/head\.0\.weight: \[2,4\] expected, \[9,9\] given/);
    const renamed = network().stateDict();
    renamed.set('extra', torch.zeros([1]));
    renamed.delete('head.0.bias');
    expect(() => net.loadStateDict(renamed)).toThrow(
      expect.objectContaining({
        code: 'MODULE_STATE_MISMATCH',
        message: expect.stringMatching(/missing head\.0\.bias; unexpected extra/),
      }),
    );
    expect(net.loadStateDict(renamed, { strict: false })).toEqual({
      missing: ['head.0.bias'],
      unexpected: ['extra'],
    });
  });

  it('switches training below itself and moves its memory', () => {
    const net = network().eval();
    expect([...net.namedModules()].every(([, module]) => !module.training)).toBe(true);
    net.to({ memoryFormat: 'channels_last', dtype: 'float64' });
    const conv = net.stateDict().get('stem.0.weight')!;
    expect([conv.dtype, conv.isContiguous('channels_last'), conv.requiresGrad]).toEqual([
      'float64',
      true,
      true,
    ]);
    expect(net.stateDict().get('stem.1.num_batches_tracked')!.dtype).toBe('int64');
  });

  it('outlives the scope it is made in and frees all it holds', () => {
    const before = torch.memory().tensors;
    const make = () => {
      using _ = torch.scope();
      return network();
    };
    const net = make();
    expect(net.parameters()[0]!.value.numel).toBe(108);
    net.dispose();
    expect(torch.memory().tensors).toBe(before);
  });
});

describe('BatchNorm2d', () => {
  it('normalises by the batch while training and by its running statistics afterwards', () => {
    torch.manualSeed(2);
    const norm = new nn.BatchNorm2d(2, { momentum: 1 });
    const x = torch.randn([16, 2, 5, 5]).mul(3).add(7);
    const y = norm.forward(x);
    expect(Math.abs(y.mean().item())).toBeLessThan(1e-5);
    expect(y.pow(2).mean().item()).toBeCloseTo(1, 4);
    norm.eval();
    // The running variance is the unbiased one.
    expect(norm.forward(x).pow(2).mean().item()).toBeCloseTo(399 / 400, 4);
  });
});
