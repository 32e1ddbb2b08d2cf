import { fromArray, type nn, optim, scope } from '@semblance/torch';
import { expect, test } from 'vitest';
import { applyFreeze } from '../backbones/freeze.ts';
import { ToyNetwork, toyRecipe } from '../testing/toy-task.ts';
import { createOptimizer } from './optimizer.ts';

const none = { freeze: [], freezeNorms: false };
const step = (network: ToyNetwork, { optimizer, setLr }: ReturnType<typeof createOptimizer>, lr: number) => {
  using _ = scope();
  const x = fromArray(
    Float32Array.from({ length: 4 * 768 }, (_, i) => Math.sin(i)),
    [4, 768],
  );
  network.forward(x).pow(2).sum().backward();
  setLr(lr);
  optimizer.step();
  optimizer.zeroGrad();
};
const values = (network: nn.Module) =>
  new Map([...network.stateDict()].map(([name, tensor]) => [name, [...tensor.toArray()]]));

test('frozen parts keep weights and statistics, the others learn', () => {
  const network = new ToyNetwork();
  const toTraining = applyFreeze({ freeze: ['body', 'norm'], freezeNorms: false }, network, [network]);
  const before = values(network);
  toTraining();
  step(network, createOptimizer(toyRecipe, [network]), 0.1);
  const after = values(network);
  const changed = [...after.keys()].filter((name) => String(after.get(name)) !== String(before.get(name)));
  expect(changed).toEqual(['top.weight', 'top.bias']);
});

test('frozen norms keep their statistics, but learn', () => {
  const network = new ToyNetwork();
  const toTraining = applyFreeze({ freeze: [], freezeNorms: true }, network, [network]);
  const before = values(network);
  toTraining();
  expect(network.norm.training).toBe(false);
  expect(network.top.training).toBe(true);
  step(network, createOptimizer(toyRecipe, [network]), 0.1);
  const after = values(network);
  expect(after.get('norm.running_mean')).toEqual(before.get('norm.running_mean'));
  expect(after.get('norm.weight')).not.toEqual(before.get('norm.weight'));
});

test('names that are not there, and freezing all, are refused', () => {
  const network = new ToyNetwork();
  const attempt = (freeze: string[]) => () => applyFreeze({ ...none, freeze }, network, [network]);
  expect(attempt(['bod'])).toThrow(
    /parts of the network \(body, norm, top, …\) for freeze but received "bod"/,
  );
  expect(attempt(['body', 'norm', 'top'])).toThrow(expect.objectContaining({ code: 'RECIPE_INVALID_VALUE' }));
});

test('the backbone learns at its part of the learning rate', () => {
  // SGD without momentum and decay moves by −lr · gradient: the first step tells the rates apart.
  const moved = (backboneLr: number) => {
    const network = new ToyNetwork();
    const state = new Map([...network.stateDict()].map(([name, t]) => [name, t.mul(0).add(0.1)]));
    network.loadStateDict(state);
    const recipe = { ...toyRecipe, backboneLr, momentum: 0, weightDecay: 0 };
    const before = values(network);
    step(network, createOptimizer(recipe, [network], network.body), 0.1);
    const after = values(network);
    return (name: string) => Number(after.get(name)![0]) - Number(before.get(name)![0]);
  };
  const [whole, tenth, still] = [moved(1), moved(0.1), moved(0)];
  expect(whole('body.weight')).not.toBe(0);
  expect(tenth('body.weight') / whole('body.weight')).toBeCloseTo(0.1, 3);
  expect(still('body.weight')).toBe(0);
  expect(tenth('top.weight')).toBe(whole('top.weight'));
});

test('groups with a rate of their own are saved and loaded', () => {
  const network = new ToyNetwork();
  const recipe = { ...toyRecipe, backboneLr: 0.5, decayNorms: false };
  const { optimizer, setLr } = createOptimizer(recipe, [network], network.body);
  setLr(0.2);
  expect(optimizer).toBeInstanceOf(optim.SGD);
  expect(optimizer.stateDict().lrs).toEqual([0.2, 0.2, 0.1, 0.1]);
});
