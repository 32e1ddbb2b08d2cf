import { expect, test } from 'vitest';
import { curveAngles, curveVariants, type LossCurve, measureCurve } from './curves.ts';

const curves = curveVariants.map(measureCurve);
const of = (label: RegExp): LossCurve => curves.find((curve) => label.test(curve.label))!;
const at = (degrees: number) => curveAngles.indexOf(degrees);

test.each(curves)('$label falls from 0° to 180°', ({ logit, slope }) => {
  for (let i = 1; i < logit.length; i++) expect(logit[i]! - logit[i - 1]!).toBeLessThan(1e-9);
  for (const value of slope) expect(value).toBeGreaterThan(-1e-9);
});

test('ArcFace is NormFace moved to the left by m, CosFace moved down by m', () => {
  const [normface, arcface, cosface] = [of(/^NormFace/), of(/^ArcFace: /), of(/^CosFace/)];
  expect([normface.scale, arcface.scale, cosface.scale]).toEqual([20, 64, 64]);
  for (const degrees of [1, 30, 60, 90, 120, 150]) {
    const i = at(degrees);
    const theta = (degrees * Math.PI) / 180;
    expect(normface.logit[i]! / 20).toBeCloseTo(Math.cos(theta), 6);
    expect(arcface.logit[i]! / 64).toBeCloseTo(Math.cos(theta + 0.5), 6);
    expect(arcface.slope[i]! / 64).toBeCloseTo(Math.sin(theta + 0.5), 6);
    expect(cosface.logit[i]! / 64).toBeCloseTo(Math.cos(theta) - 0.35, 6);
  }
});

test('the straight-through ArcFace has the same logits and the slope of the cosine', () => {
  const [arcface, through] = [of(/^ArcFace: /), of(/straight-through/)];
  for (const [i, value] of through.logit.entries()) expect(value).toBeCloseTo(arcface.logit[i]!, 9);
  expect(through.slope[at(60)]! / 64).toBeCloseTo(Math.sin(Math.PI / 3), 6);
});

test('A-Softmax without λ goes down to 1 − 2m', () => {
  const { logit, scale } = of(/^A-Softmax: m = 4, λ = 0/);
  expect(logit.at(-1)! / scale).toBeCloseTo(-7, 4);
});

test('a pull ends where the loss is content, and a margin carries it on', () => {
  const contentBelow = ({ pull, slope }: LossCurve) =>
    curveAngles.findLast((_, i) => slope[i]! > 1e-6 && pull[i]! < slope[i]! / 2)!;
  // 64·cos θ = ln 9999 for a scale of 64 without margin, s·(cos θ − m) = ln 9999 with one
  expect(contentBelow(of(/^NormFace/))).toBeCloseTo((Math.acos(Math.log(9999) / 20) * 180) / Math.PI, -0.5);
  expect(contentBelow(of(/^CosFace/))).toBeCloseTo(
    (Math.acos(0.35 + Math.log(9999) / 64) * 180) / Math.PI,
    -0.5,
  );
});
