// Every module against PyTorch's: names and order of the state, result, gradients. See golden/pytorch.py.
import { describe, expect, it } from 'vitest';
import { nn, type Tensor } from '../index.ts';
import { expectNumbers, type Numbers, pytorchCases, revived, toTensor } from '../testing/pytorch.ts';

interface ModuleCase {
  module: string;
  args: unknown[];
  call: unknown;
  state: Record<string, Numbers>;
  after: Record<string, Numbers>;
  inputs: Numbers[];
  outputs: Numbers[];
  inputGrads: (Numbers | null)[];
  grads: Record<string, Numbers>;
}

type Constructors = Record<string, new (...args: unknown[]) => nn.Module>;

const nameOf = ({ module, args, call }: ModuleCase) =>
  `${module}(${JSON.stringify(args, (key, value) => (key === 'tensor' ? '…' : value))})${call ? ' called with options' : ''}`;

function run(one: ModuleCase): void {
  const module = new (nn as unknown as Constructors)[one.module]!(...(revived(one.args) as unknown[]));
  module.to({ dtype: 'float64' });
  expect([...module.stateDict().keys()]).toEqual(Object.keys(one.state));
  module.loadStateDict(
    new Map(Object.entries(one.state).map(([name, numbers]) => [name, toTensor(numbers)])),
  );
  const inputs = one.inputs.map(toTensor);
  for (const input of inputs) if (input.dtype === 'float64') input.requiresGrad = true;
  const result = one.call ? module(...inputs, revived(one.call)) : module(...inputs);
  const outputs = [result].flat().filter((output): output is Tensor => output !== null);
  expect(outputs.length).toBe(one.outputs.length);
  for (const [i, output] of outputs.entries()) expectNumbers(output, one.outputs[i]!, `output ${i}`);
  for (const [name, tensor] of module.stateDict())
    expectNumbers(tensor, one.after[name]!, `${name} afterwards`);
  // Σ output·(1, 2, 3, …), as the golden file has it.
  const weights = Float64Array.from({ length: outputs[0]!.numel }, (_, i) => i + 1);
  outputs[0]!
    .flatten()
    .dot(toTensor({ dtype: 'float64', shape: [weights.length], data: [...weights] }))
    .backward();
  for (const [i, wanted] of one.inputGrads.entries())
    if (wanted) expectNumbers(inputs[i]!.grad, wanted, `gradient of input ${i}`);
  for (const [name, parameter] of module.namedParameters())
    expectNumbers(parameter.value.grad, one.grads[name]!, `gradient of ${name}`);
}

describe.each(['modules', 'losses'])('%s', (file) => {
  it.each(pytorchCases<ModuleCase>(file).map((one) => [nameOf(one), one] as const))('%s', (_name, one) => {
    run(one);
  });
});
