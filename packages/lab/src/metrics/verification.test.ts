import { lcg32 } from '@semblance/core/random';
import { wilsonInterval } from '@semblance/core/statistics';
import { describe, expect, test } from 'vitest';
import { areaUnderRoc, equalErrorRate, rocCurve, tarAtFar } from './roc.ts';
import { verificationMetrics } from './verification.ts';

/** Cosine of a squared distance: the protocol's thresholds are easier to think of that way. */
const cosine = (squaredDistance: number): number => 1 - squaredDistance / 2;

describe('verificationMetrics', () => {
  test('separable pairs: everything right, the threshold just above the farthest genuine pair', () => {
    const genuine = [0.1, 0.405, 0.2, 0.405];
    const impostor = [1.1, 1.2, 1.3, 1.4];
    const distances = genuine.flatMap((d, i) => [d, impostor[i]!]);
    const metrics = verificationMetrics(
      distances.map(cosine),
      distances.map((d) => d < 1),
      { numFolds: 2 },
    );
    expect(metrics).toMatchObject({ accuracy: 1, accuracyStd: 0, auc: 1, eer: 0, pairs: 8, numFolds: 2 });
    // the first of the many perfect steps
    expect(metrics.threshold).toBeCloseTo(1 - 0.41 / 2, 9);
  });

  test('the threshold is chosen on the other folds, never on the fold itself', () => {
    // fold A alone would be judged without a mistake at 0.5, fold B at 1.5; each is judged at the other's
    const foldA = { distances: [0.105, 0.205, 1.105, 1.205], same: [true, true, false, false] };
    const foldB = { distances: [1.305, 1.405, 1.605, 1.705], same: [true, true, false, false] };
    const metrics = verificationMetrics(
      [...foldA.distances, ...foldB.distances].map(cosine),
      [...foldA.same, ...foldB.same],
      { numFolds: 2 },
    );
    // A at 1.41: its two impostors are accepted; B at 0.21: its two genuine pairs are refused
    expect(metrics.accuracy).toBe(0.5);
    expect(metrics.threshold).toBeCloseTo(1 - (1.41 + 0.21) / 2 / 2, 9);
  });

  test('TAR at FAR interpolates between the steps where the FAR crosses', () => {
    // impostors every 0.1 from 0.5005: the FAR of the training fold is 0.25 from 0.501 on, 0.5 from 0.601 on
    const impostor = [0.5005, 0.6005, 0.7005, 0.8005];
    const genuine = [0.3005, 0.5004, 0.6004, 0.9005];
    const distances = [...impostor, ...genuine];
    const all = [...distances, ...distances].map(cosine);
    const same = [...distances, ...distances].map((_, i) => i % 8 >= 4);
    const { tarAtFar: tar } = verificationMetrics(all, same, {
      numFolds: 2,
      fars: [0.125, 0.25, 0.375, 0.001],
    });
    // 0.125: half-way from 0.500 to 0.501 = 0.5005 accepts 0.3005 and 0.5004
    expect(tar['0.125']).toBe(0.5);
    expect(tar['0.25']).toBe(0.5);
    // 0.375: 0.6005 accepts 0.6004 as well
    expect(tar['0.375']).toBe(0.75);
    // 0.001: 0.500004 accepts 0.3005 alone
    expect(tar['0.001']).toBe(0.25);
  });

  test('agrees with the published evaluation code, run in NumPy on the same 600 pairs', () => {
    const random = lcg32(12345);
    const same = Array.from({ length: 600 }, (_, i) => Math.floor(i / 30) % 2 === 0);
    const similarities = same.map((s) => (s ? 0.45 : 0.05) + 0.5 * (random() + random() + random() - 1.5));
    const metrics = verificationMetrics(similarities, same, { fars: [0.1, 0.05, 0.01] });
    expect(metrics.accuracy).toBeCloseTo(0.7783333333333332, 9);
    expect(metrics.accuracyStd).toBeCloseTo(0.03947573094109006, 9);
    expect(metrics.threshold).toBeCloseTo(0.261, 9);
    expect(metrics.tarAtFar['0.1']).toBeCloseTo(0.6699999999999999, 9);
    expect(metrics.tarAtFar['0.05']).toBeCloseTo(0.51, 9);
    expect(metrics.tarAtFar['0.01']).toBeCloseTo(0.3233333333333333, 9);
  });

  test('an unanswered pair (−1) is a miss for one person and right for two', () => {
    const { accuracy } = verificationMetrics([1, -1, 1, -1], [true, true, true, false], { numFolds: 1 });
    expect(accuracy).toBe(0.75);
  });

  test('uneven numbers fold as numpy splits them', () => {
    // 5 pairs in 2 folds: 3 and 2
    const metrics = verificationMetrics([0.9, 0.1, 0.9, 0.1, 0.9], [true, false, true, false, true], {
      numFolds: 2,
    });
    expect(metrics.accuracy).toBe(1);
  });

  test('refuses what it cannot judge', () => {
    expect(() => verificationMetrics([1, 0], [true])).toThrow('2 similarities but 1 labels');
    expect(() => verificationMetrics([1, Number.NaN], [true, false])).toThrow('similarity 1');
    expect(() => verificationMetrics([], [])).toThrow('needs pairs');
  });
});

describe('ROC', () => {
  const similarities = [0.9, 0.8, 0.7, 0.6, 0.55, 0.5];
  const same = [true, true, false, true, false, false];

  test('points, area and equal error rate of a hand-made curve', () => {
    const curve = rocCurve(similarities, same);
    expect(curve.map(({ far, tar }) => [far, tar])).toEqual([
      [0, 0],
      [0, 1 / 3],
      [0, 2 / 3],
      [1 / 3, 2 / 3],
      [1 / 3, 1],
      [2 / 3, 1],
      [1, 1],
    ]);
    // 8 of the 9 genuine-impostor pairs are in order
    expect(areaUnderRoc(curve)).toBeCloseTo(8 / 9, 12);
    expect(equalErrorRate(curve)).toBeCloseTo(1 / 3, 12);
    expect(tarAtFar(curve, 0)).toBeCloseTo(2 / 3, 12);
    expect(tarAtFar(curve, 1 / 6)).toBeCloseTo(2 / 3, 12);
    expect(tarAtFar(curve, 1)).toBe(1);
  });

  test('ties count half', () => {
    expect(areaUnderRoc(rocCurve([0.5, 0.5], [true, false]))).toBe(0.5);
    expect(tarAtFar(rocCurve([0.5, 0.5], [true, false]), 0.25)).toBe(0.25);
  });

  test('agrees with the closed form of two normal distributions', () => {
    // similarities N(1, 1) against N(0, 1) on their quantiles: AUC = Φ(1/√2), EER = Φ(−1/2)
    const n = 10_000;
    const quantiles = Array.from({ length: n }, (_, i) => inverseNormal((i + 0.5) / n));
    const curve = rocCurve(
      [...quantiles.map((q) => q + 1), ...quantiles],
      [...quantiles.map(() => true), ...quantiles.map(() => false)],
    );
    expect(areaUnderRoc(curve)).toBeCloseTo(0.7602499, 3);
    expect(equalErrorRate(curve)).toBeCloseTo(0.3085375, 3);
    // TAR at FAR 0.01 = Φ(1 − 2.3263479)
    expect(tarAtFar(curve, 0.01)).toBeCloseTo(0.0923679, 3);
  });
});

test('wilsonInterval agrees with published values', () => {
  // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29
  const cases: [number, number, number, number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ];
  for (const [k, n, low, high] of cases) {
    const [a, b] = wilsonInterval(k, n);
    expect(a).toBeCloseTo(low, 4);
    expect(b).toBeCloseTo(high, 4);
  }
  expect(wilsonInterval(0, 0)).toEqual([0, 1]);
});

/** Φ⁻¹ by bisection of the complementary error function's continued fraction: slow and plain. */
function inverseNormal(p: number): number {
  let [low, high] = [-8, 8];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function normalCdf(x: number): number {
  // Marsaglia 2004: Φ(x) = 1/2 + φ(x)·(x + x³/3 + x⁵/15 + …)
  if (Math.abs(x) > 7) return x > 0 ? 1 : 0;
  let sum = x;
  let term = x;
  for (let k = 3; Math.abs(term) > 1e-17; k += 2) sum += term *= (x * x) / k;
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}
