import { manualSeed, nn, noGrad, randn, scope } from '@semblance/torch';
import { expect, test } from 'vitest';
import { WeightAverage } from './weight-average.ts';

/** A batch norm: weights, running statistics and a counter. */
function norm(): { model: nn.BatchNorm1d; move: () => number[] } {
  manualSeed(3);
  const model = new nn.BatchNorm1d(3);
  const move = () => {
    using _ = scope();
    noGrad(() => model.weight!.value.add_(randn([3])));
    model.forward(randn([8, 3]));
    return values(model);
  };
  return { model, move };
}
const values = (model: nn.BatchNorm1d) => [
  ...(model.weight!.value.toArray() as Float32Array),
  ...(model.running_mean.value.toArray() as Float32Array),
];

test('averages weights and statistics by its formula, and takes counters as they are', async () => {
  const { model, move } = norm();
  let expected = values(model);
  const average = new WeightAverage({ model }, 0.6);
  for (let t = 0; t < 12; t++) {
    const decay = Math.min(0.6, (1 + t) / (10 + t));
    const now = move();
    average.update();
    expected = expected.map((value, i) => decay * value + (1 - decay) * now[i]!);
  }
  const trained = values(model);
  await average.during(async () => {
    for (const [i, value] of values(model).entries()) expect(value).toBeCloseTo(expected[i]!, 5);
    expect(model.num_batches_tracked.value.item()).toBe(12);
  });
  expect(values(model)).toEqual(trained);
  await expect(average.during(() => Promise.reject(new Error('evaluation')))).rejects.toThrow('evaluation');
  expect(values(model)).toEqual(trained);
  average.adopt();
  for (const [i, value] of values(model).entries()) expect(value).toBeCloseTo(expected[i]!, 5);
  average.dispose();
});

test('goes on bit for bit from what was saved, and refuses what is not whole', () => {
  const whole = norm();
  const first = new WeightAverage({ model: whole.model }, 0.9);
  const other = norm();
  for (let t = 0; t < 3; t++) {
    whole.move();
    first.update();
  }
  const second = new WeightAverage({ model: other.model }, 0.9);
  second.loadStateDict(first.stateDict(), first.numUpdates);
  other.model.loadStateDict(whole.model.stateDict());
  whole.move();
  other.model.loadStateDict(whole.model.stateDict());
  first.update();
  second.update();
  const all = (average: WeightAverage) => [...average.stateDict().values()].map((t) => [...t.toArray()]);
  expect(all(second)).toEqual(all(first));
  expect(() => second.loadStateDict(new Map(), 0)).toThrow(/model.weight is missing/);
});
