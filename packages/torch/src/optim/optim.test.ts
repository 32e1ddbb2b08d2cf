import { describe, expect, it } from 'vitest';
import * as torch from '../index.ts';

const { nn, optim } = torch;

/** Minimises ½·Σ c·p² from p = 1: the gradient is c·p. */
function descend(
  make: (params: torch.nn.Parameter[]) => torch.optim.Optimizer<{ lr: number }>,
  numSteps: number,
): number[] {
  const parameter = new nn.Parameter(torch.tensor([1, 1], { dtype: 'float64' }));
  const curvature = torch.tensor([1, 4], { dtype: 'float64' });
  const optimizer = make([parameter]);
  for (let i = 0; i < numSteps; i++) {
    optimizer.zeroGrad();
    parameter.value.pow(2).mul(curvature).mul(0.5).sum().backward();
    optimizer.step();
  }
  return [...(parameter.value.toArray() as Float64Array)];
}

describe('SGD', () => {
  for (const nesterov of [false, true])
    it(`follows its recurrence${nesterov ? ' with Nesterov momentum' : ''}`, () => {
      const [lr, mu, wd] = [0.05, 0.9, 0.01];
      const expected = [1, 4].map((c) => {
        let p = 1;
        let v = 0;
        for (let i = 0; i < 10; i++) {
          const g = c * p + wd * p;
          v = i === 0 ? g : mu * v + g;
          p -= lr * (nesterov ? g + mu * v : v);
        }
        return p;
      });
      const actual = descend(
        (params) => new optim.SGD(params, { lr, momentum: mu, weightDecay: wd, nesterov }),
        10,
      );
      for (const [i, value] of actual.entries()) expect(value).toBeCloseTo(expected[i]!, 12);
    });
});

describe('AdamW', () => {
  it('follows its recurrence', () => {
    const [lr, b1, b2, eps, wd] = [0.1, 0.9, 0.999, 1e-8, 0.02];
    const expected = [1, 4].map((c) => {
      let [p, m, v] = [1, 0, 0];
      for (let t = 1; t <= 10; t++) {
        const g = c * p;
        p -= lr * wd * p;
        m = b1 * m + (1 - b1) * g;
        v = b2 * v + (1 - b2) * g * g;
        p -= (lr * (m / (1 - b1 ** t))) / (Math.sqrt(v / (1 - b2 ** t)) + eps);
      }
      return p;
    });
    const actual = descend((params) => new optim.AdamW(params, { lr, weightDecay: wd }), 10);
    for (const [i, value] of actual.entries()) expect(value).toBeCloseTo(expected[i]!, 10);
  });
});

for (const [name, make] of Object.entries({
  SGD: (params: torch.nn.Parameter[]) => new optim.SGD(params, { lr: 0.1, momentum: 0.9 }),
  AdamW: (params: torch.nn.Parameter[]) => new optim.AdamW(params, { lr: 0.1 }),
}))
  describe(`${name} resumed`, () => {
    it('goes on bit for bit', () => {
      const net = () => {
        torch.manualSeed(4);
        return new nn.Linear(3, 2);
      };
      const x = torch.randn([8, 3]);
      const run = (
        model: torch.nn.Linear,
        optimizer: torch.optim.Optimizer<{ lr: number }>,
        steps: number,
      ) => {
        for (let i = 0; i < steps; i++) {
          optimizer.zeroGrad();
          model.forward(x).pow(2).mean().backward();
          optimizer.step();
        }
      };
      const whole = net();
      run(whole, make(whole.parameters()), 6);

      const first = net();
      const before = make(first.parameters());
      run(first, before, 3);
      const second = net();
      second.loadStateDict(first.stateDict());
      const after = make(second.parameters());
      after.loadStateDict(before.stateDict());
      run(second, after, 3);
      expect(torch.ops.equal(second.weight.value, whole.weight.value)).toBe(true);
    });

    it('refuses the state of other parameters', () => {
      const small = new nn.Linear(3, 2);
      const large = new nn.Linear(5, 2);
      const a = make(small.parameters());
      small
        .forward(torch.ones([1, 3]))
        .sum()
        .backward();
      a.step();
      expect(() => make(large.parameters()).loadStateDict(a.stateDict())).toThrow(
        expect.objectContaining({ code: 'OPTIMIZER_STATE_MISMATCH' }),
      );
    });
  });

describe('clipGradNorm', () => {
  it('scales to the norm asked for, and leaves small gradients alone', () => {
    const p = new nn.Parameter(torch.zeros([2]));
    p.value.grad = torch.tensor([3, 4]);
    optim.clipGradNorm([p], 10);
    expect([...p.value.grad!.toArray()]).toEqual([3, 4]);
    optim.clipGradNorm([p], 1);
    expect(p.value.grad!.norm().item()).toBeCloseTo(1, 5);
  });
});

describe('schedules', () => {
  it('have their values at the corners', () => {
    const { schedules } = torch;
    expect([0, 9, 10, 20].map(schedules.multiStep({ milestones: [10, 20] }))).toEqual([1, 1, 0.1, 0.1 ** 2]);
    expect([0, 5, 10, 11].map(schedules.polynomial({ totalSteps: 10 }))).toEqual([1, 0.5, 0, 0]);
    const cosine = schedules.cosine({ totalSteps: 10, floor: 0.1 });
    expect([cosine(0), cosine(10)]).toEqual([1, 0.1]);
    const warm = schedules.warmup({ warmupSteps: 4, after: schedules.constant() });
    expect([0, 3, 4].map(warm)).toEqual([0.25, 1, 1]);
  });
});
