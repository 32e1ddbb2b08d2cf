import { beforeAll, describe, expect, it } from 'vitest';
import * as torch from '../index.ts';
import { type RunResult, run } from './testing/run.ts';
import {
  batch,
  gradients,
  headWeight,
  margin,
  network,
  numbers,
  SCALE,
  STEPS,
  state,
} from './testing/training-model.ts';

const { nn, ops, optim } = torch;
const TOLERANCE = 1e-5;

type Numbers = Record<string, number[] | null>;

function expectClose(actual: Numbers, expected: Numbers): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, values] of Object.entries(expected)) {
    expect(actual[name]?.length, name).toBe(values?.length);
    const apart = Math.max(0, ...(values ?? []).map((value, i) => Math.abs(value - actual[name]![i]!)));
    expect(apart, `${name}: largest difference`).toBeLessThan(TOLERANCE);
  }
}

describe('training on two ranks equals training one process with the double batch', () => {
  let reports: RunResult['reports'];

  beforeAll(async () => {
    ({ reports } = await run(['--nproc', '2'], 'training'));
  });

  it.each(['dataParallel', 'bucketView'])('%s: gradients, parameters and running statistics', (name) => {
    const model = network();
    const sgd = new optim.SGD(model.parameters(), { lr: 0.1, momentum: 0.9 });
    let last: Numbers = {};
    for (let step = 0; step < STEPS; step++) {
      sgd.zeroGrad();
      model
        .forward(batch(step).images, step % 2 === 1)
        .square()
        .mean()
        .backward();
      last = gradients(model);
      sgd.step();
    }
    for (const report of reports) {
      // Where no rank used a parameter the Reducer leaves its gradient as it was: none.
      expectClose(report[name].gradients, last);
      expectClose(report[name].state, state(model));
    }
    expect(reports[0][name]).toEqual(reports[1][name]);
  });

  it('noSync adds up on each rank and the next step reduces', () => {
    const model = network().eval();
    model.forward(batch(0).images, true).square().mean().backward();
    for (const { accumulated } of reports) expectClose(accumulated.gradients, gradients(model));
    expect(reports[0].accumulated.local).not.toEqual(reports[1].accumulated.local);
  });

  it('Partial FC equals the unsharded head', () => {
    const model = network();
    const weight = new nn.Parameter(headWeight());
    const { images, labels } = batch(0);
    const unit = (x: torch.Tensor) => x.div(ops.linalg_vector_norm(x, 2, [1], true));
    const cos = ops.linear(unit(model.forward(images, true)), unit(weight.value));
    const own = labels.unsqueeze(1);
    const logits = cos.scatter(1, own, margin(cos.gather(1, own))).mul(SCALE);
    const loss = ops.cross_entropy_loss(logits, labels);
    loss.backward();
    for (const { partialFC } of reports) {
      expect(Math.abs(partialFC.loss - loss.item())).toBeLessThan(TOLERANCE);
      expectClose(partialFC.gradients, gradients(model));
      expectClose({ weight: partialFC.headGradient }, { weight: numbers(weight.value.grad!) });
      expect(partialFC.whole).toEqual(numbers(headWeight()));
    }
    expect(reports.map(({ partialFC }) => partialFC.numLocal)).toEqual([6, 5]);
  });

  it('Partial FC samples the classes that occur and others up to its rate', () => {
    const classes = [...batch(0).labels.toArray()].map(Number);
    const starts = [0, 6];
    for (const [rank, { sampled }] of reports.entries()) {
      const start = starts[rank]!;
      const here = new Set(classes.filter((k) => k >= start && k < start + sampled.numLocal));
      expect(sampled.numSampled).toBe(Math.trunc(0.5 * sampled.numLocal));
      expect(sampled.usedLocal).toBe(Math.max(here.size, sampled.numSampled));
      expect(sampled.loss).toBe(reports[0].sampled.loss);
      // Fewer classes to tell apart: the loss is lower.
      expect(sampled.loss).toBeLessThan(
        sampled.numSampled < here.size ? Infinity : reports[0].partialFC.loss,
      );
      for (const k of here) {
        const row = sampled.headGradient.slice(k * 6, k * 6 + 6);
        expect(row.some((value: number) => value !== 0)).toBe(true);
      }
    }
  });

  it('refuses labels out of range and models that differ', () => {
    for (const { badLabel, mismatch } of reports) {
      expect(badLabel).toMatch(/^TORCH_BAD_ARGUMENT: Expected labels from 0 to 2 but received 3/);
      expect(mismatch).toMatch(/^DIST_MISMATCH: Rank 1's/);
    }
  });
});
