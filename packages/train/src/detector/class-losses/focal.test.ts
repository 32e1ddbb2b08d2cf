import { Random } from '@semblance/core/random';
import { fromArray, scope } from '@semblance/torch';
import { expect, test } from 'vitest';
import { focal } from './focal.ts';

const numAnchors = 12;
const positives = [3, 14, 15];
const ignored = [7, 20];

/** Written out with the paper's p_t and α_t, in float64. */
function closedForm(margins: readonly number[]): number {
  return margins.reduce((sum, margin, anchor) => {
    if (ignored.includes(anchor)) return sum;
    const p = 1 / (1 + Math.exp(-margin));
    const isFace = positives.includes(anchor);
    const pt = isFace ? p : 1 - p;
    return sum - (isFace ? 0.25 : 0.75) * (1 - pt) ** 2 * Math.log(pt);
  }, 0);
}

test('focal loss and its gradient agree with the closed form in float64', () => {
  using _ = scope();
  const rng = Random.of(2);
  const margins = Array.from({ length: 2 * numAnchors }, () => rng.range(-6, 6));
  const margin_NA = fromArray(Float64Array.from(margins), [2, numAnchors], { requiresGrad: true });
  const indices = (values: number[]) => fromArray(BigInt64Array.from(values, BigInt));
  const loss = focal({
    margin_NA,
    positives_P: indices(positives),
    ignored_I: indices(ignored),
    positivesPerImage: Int32Array.of(1, 2),
    negativesPerPositive: 7,
  });
  expect(loss.item()).toBeCloseTo(closedForm(margins), 10);
  loss.backward();
  const gradient = margin_NA.grad!.toArray() as Float64Array;
  for (const k of margins.keys()) {
    const at = (h: number) => closedForm(margins.map((value, i) => (i === k ? value + h : value)));
    expect(gradient[k]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 6);
  }
});

test('focal loss stays finite where the network is far too sure', () => {
  using _ = scope();
  const margin_NA = fromArray(Float32Array.of(-200, 200, 200, -200), [1, 4], { requiresGrad: true });
  const none = fromArray(new BigInt64Array(0));
  const loss = focal({
    margin_NA,
    positives_P: fromArray(BigInt64Array.of(0n, 1n)),
    ignored_I: none,
    positivesPerImage: Int32Array.of(2),
    negativesPerPositive: 7,
  });
  loss.backward();
  expect(loss.item()).toBeCloseTo(0.25 * 200 + 0.75 * 200, 3);
  expect([...(margin_NA.grad!.toArray() as Float32Array)].every(Number.isFinite)).toBe(true);
});
