import { fromArray, nn, noGrad, scope } from '@semblance/torch';
import { expect, test } from 'vitest';
import { findCause, nonFiniteWeight } from './watchdog.ts';

const layers = () => ({ net: new nn.Sequential(new nn.Linear(2, 2), new nn.Linear(2, 2)) });

test('a weight that is not finite is named, and so is a running statistic', () => {
  const modules = { ...layers(), norm: new nn.BatchNorm1d(2) };
  expect(nonFiniteWeight(modules)).toBeNull();
  noGrad(() => modules.norm.running_var.value.fill_(Infinity));
  expect(nonFiniteWeight(modules)).toBe('norm.running_var');
  noGrad(() => modules.net.stateDict().get('1.bias')!.fill_(Number.NaN));
  expect(nonFiniteWeight(modules)).toBe('net.1.bias');
  const { weight, text } = findCause(modules, () => {
    throw new Error('the weight is cause enough');
  });
  expect(weight).toBe('net.1.bias');
  expect(text).toContain('net.1.bias is not finite');
});

test('the first operator that gives a value that is not finite is named, with the weight before it', () => {
  using _ = scope();
  const modules = layers();
  const x = fromArray(Float32Array.of(1, 2), [1, 2]);
  const { operator, weight, text } = findCause(modules, () => {
    const hidden = modules.net.forward(x);
    // The logarithm of a negative number is NaN; what comes after it is NaN because of that.
    return hidden.abs().neg().log().exp().sum();
  });
  expect(operator).toBe('aten::log');
  expect(weight).toMatch(/^net\.1\./);
  expect(text).toMatch(/aten::log gave the first such value \(the last weight used before is net\.1\./);
});

test('a pass without such a value blames nothing here', () => {
  using _ = scope();
  const modules = layers();
  const x = fromArray(Float32Array.of(1, 2), [1, 2]);
  expect(findCause(modules, () => modules.net.forward(x))).toMatchObject({ operator: null, weight: null });
});
