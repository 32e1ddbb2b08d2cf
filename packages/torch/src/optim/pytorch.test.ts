// Optimizers and schedules against PyTorch's, step by step. See golden/pytorch.py.
import { describe, expect, it } from 'vitest';
import { nn, optim, schedules, tensor } from '../index.ts';
import { pytorchCases } from '../testing/pytorch.ts';

interface OptimizerCase {
  optimizer: 'SGD' | 'Adam' | 'AdamW' | 'RMSprop';
  options: never;
  path: number[][];
}

interface ScheduleCase {
  schedule: 'step' | 'exponential' | 'oneCycle' | 'reduceOnPlateau';
  options: never;
  values: number[] | null;
  factors: number[];
}

const show = (name: string, options: object) => `${name}(${JSON.stringify(options)})`;

/** Values of two parameters after each step down ½·Σ c·(p − 1)²; the second lacks a gradient in every third step. */
function descend({ optimizer: name, options, path }: OptimizerCase): number[][] {
  const [a, b] = [[2, -1, 0.5], [0.25]].map((v) => new nn.Parameter(tensor(v, { dtype: 'float64' })));
  const curvature = tensor([1, 4, 0.1], { dtype: 'float64' });
  const optimizer = new optim[name]([a!, b!], options);
  return path.map((_, i) => {
    optimizer.zeroGrad();
    let loss = a!.value.sub(1).square().mul(curvature).sum().div(2);
    if (i % 3 !== 2) loss = loss.add(b!.value.sub(1).square().sum().div(2));
    loss.backward();
    optimizer.step();
    return [a!, b!].flatMap(({ value }) => [...(value.toArray() as Float64Array)]);
  });
}

describe('optimizers', () => {
  it.each(
    pytorchCases<OptimizerCase>('optimizers').map((one) => [show(one.optimizer, one.options), one] as const),
  )('%s takes the steps that PyTorch takes', (_name, one) => {
    for (const [step, values] of descend(one).entries())
      for (const [i, value] of values.entries())
        expect(value, `parameter ${i} after step ${step}`).toBeCloseTo(one.path[step]![i]!, 11);
  });
});

describe('schedules', () => {
  it.each(
    pytorchCases<ScheduleCase>('schedules').map((one) => [show(one.schedule, one.options), one] as const),
  )('%s has the factors that PyTorch has', (_name, { schedule, options, values, factors }) => {
    const factorAt =
      schedule === 'reduceOnPlateau'
        ? (step: number) => schedules.reduceOnPlateau(options)(values!.slice(0, step))
        : schedules[schedule](options);
    for (const [step, factor] of factors.entries())
      expect(factorAt(step), `step ${step}`).toBeCloseTo(factor, 12);
  });
});
