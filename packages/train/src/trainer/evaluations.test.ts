import { expect, test } from 'vitest';
import { Evaluations } from './evaluations.ts';

test('the first metric decides, and patience runs out when it does not rise', () => {
  const evaluations = new Evaluations({ patience: 2 });
  const add = (step: number, valAp: number) => evaluations.add(step, { valAp, other: -valAp }).isBest;
  expect([add(10, 0.5), add(20, 0.6), add(30, 0.6)]).toEqual([true, true, false]);
  expect(evaluations.isExhausted).toBe(false);
  expect(add(40, 0.7)).toBe(true);
  expect([add(50, 0.1), evaluations.isExhausted]).toEqual([false, false]);
  expect([add(60, 0.2), evaluations.isExhausted]).toEqual([false, true]);
  expect(evaluations.best).toEqual({ step: 40, value: 0.7, metrics: { valAp: 0.7, other: -0.7 } });
  const resumed = new Evaluations({ patience: 2 });
  resumed.restore(evaluations);
  expect(resumed.isExhausted).toBe(true);
});

test('without patience a run never ends early', () => {
  const evaluations = new Evaluations({ patience: 0 });
  for (let step = 0; step < 20; step++) evaluations.add(step, { valAp: 0 });
  expect(evaluations.isExhausted).toBe(false);
});
