import { describe, expect, it } from 'vitest';
import { nn, ones, optim } from '../index.ts';

const refused = (message: RegExp) =>
  expect.objectContaining({ code: 'TORCH_BAD_ARGUMENT', message: expect.stringMatching(message) });
const model = () => new nn.Linear(2, 1);
const SGD = optim.SGD as new (...args: unknown[]) => optim.SGD;
const Adam = optim.Adam as new (...args: unknown[]) => optim.Adam;

describe('an optimizer', () => {
  it('says what to do with anything but parameters', () => {
    const net = model();
    const lr = { lr: 0.1 };
    const wrong: [unknown, RegExp][] = [
      [[], /^SGD: Expected Parameters but received none: does the module hold/],
      [[{ params: [] }], /received none/],
      [[ones(2)], /^SGD: Expected Parameters but received a Tensor: wrap it, new nn\.Parameter\(tensor\)/],
      [ones(2), /received a Tensor: wrap it/],
      [net, /received a module: pass module\.parameters\(\)/],
      [[net], /received a module: pass module\.parameters\(\)/],
      [net.namedParameters(), /a name with its parameter: pass module\.parameters\(\) in place/],
      [net.stateDict(), /a name with its tensor: pass module\.parameters\(\)/],
      [[net.parameters(), net.parameters()], /received a list: spread it/],
      [net.weight, /received one: put it into \[ \]/],
      [{ params: net.parameters() }, /list of groups but received one: put it into \[ \]/],
      [[{ params: net.parameters() }, net.weight], /either Parameters or groups/],
      [[{ params: [net.weight] }, { params: [net.weight] }], /parameter of shape \[1,2\] is in two groups/],
      [undefined, /received undefined/],
      [[null], /received null/],
      ['weights', /received string/],
    ];
    for (const [params, message] of wrong)
      expect(() => new SGD(params, lr), String(message)).toThrow(refused(message));
  });

  it('refuses options that are missing, unknown or out of range', () => {
    const wrong: [unknown, RegExp][] = [
      [{}, /^SGD: Expected lr: new SGD\(parameters, \{ lr: 0\.1 \}\)/],
      [undefined, /Expected lr/],
      [0.1, /Expected options such as \{ lr: 0\.1 \} but received 0\.1/],
      [{ lr: -0.1 }, /Expected a number of 0 or more for lr but received -0\.1/],
      [{ lr: Number.NaN }, /for lr but received NaN/],
      [{ lr: '0.1' }, /for lr but received 0\.1/],
      [{ lr: 0.1, momentum: -1 }, /for momentum but received -1/],
      [{ lr: 0.1, weight_decay: 1e-4 }, /no option weight_decay\. Did you mean weightDecay\?/],
      [{ lr: 0.1, nesterov: true }, /needs a momentum above 0/],
      [{ lr: 0.1, nesterov: 1 }, /Expected true or false for nesterov but received 1/],
    ];
    for (const [options, message] of wrong)
      expect(() => new SGD(model().parameters(), options), String(message)).toThrow(refused(message));
    expect(() => new Adam(model().parameters(), { betas: [0.9, 1] })).toThrow(
      refused(/for betas but received 0\.9,1/),
    );
    expect(() => new Adam(model().parameters(), { eps: -1 })).toThrow(refused(/^Adam: .*eps/));
    expect(() => new SGD([{ params: model().parameters(), lr: -1 }], { lr: 1 })).toThrow(refused(/for lr/));
    const sgd = new optim.SGD(model().parameters(), { lr: 0.1 });
    expect(() => sgd.setLr(Number.NaN)).toThrow(refused(/^SGD: .*lr but received NaN/));
  });

  it('takes groups and iterables, and fills in what is left out', () => {
    const net = model();
    const groups = new optim.SGD([{ params: [net.weight], lr: 0.5 }, { params: new Set([net.bias!]) }], {
      lr: 0.1,
    });
    expect(groups.groups.map(({ options }) => options)).toEqual([
      { lr: 0.5, momentum: 0, dampening: 0, weightDecay: 0, nesterov: false },
      { lr: 0.1, momentum: 0, dampening: 0, weightDecay: 0, nesterov: false },
    ]);
    expect(new optim.AdamW(net.parameters()).groups[0]!.options).toEqual({
      lr: 0.001,
      betas: [0.9, 0.999],
      eps: 1e-8,
      weightDecay: 0.01,
      amsgrad: false,
    });
  });
});
