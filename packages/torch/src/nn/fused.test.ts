import { describe, expect, it } from 'vitest';
import * as torch from '../index.ts';

const { nn, ops } = torch;

/** Largest difference relative to the larger of the two scales. */
function difference(a: torch.Tensor, b: torch.Tensor): number {
  const scale = Math.max(a.abs().max().item(), 1e-6);
  return a.sub(b).abs().max().item() / scale;
}

describe('normActivation', () => {
  const cases = [
    { name: 'PReLU', activation: () => new nn.PReLU(6, 0.3) },
    { name: 'PReLU with one slope', activation: () => new nn.PReLU(1, 0.3) },
    { name: 'LeakyReLU', activation: () => new nn.LeakyReLU(0.1) },
    { name: 'ReLU', activation: () => new nn.ReLU() },
  ];
  for (const { name, activation } of cases)
    for (const shape of [
      [4, 6, 9, 7],
      [300, 6],
    ])
      it(`equals batch norm then ${name} on [${shape}], with all gradients and running statistics`, () => {
        torch.manualSeed(3);
        const results = [false, true].map((fused) => {
          torch.manualSeed(5);
          const norm = new nn.BatchNorm2d(6);
          const act = activation();
          torch.noGrad(() => {
            norm.weight!.value.uniform_(0.5, 2);
            norm.bias!.value.normal_(0, 0.5);
          });
          // A mean far from 0 is where naive sums of squares fail.
          const raw = torch.randn(shape).mul(0.7).add(25);
          const x = shape.length === 4 ? raw.contiguous({ memory_format: 'channels_last' }) : raw;
          x.requiresGrad = true;
          const z = fused ? nn.normActivation(norm, act, x) : act.forward(norm.forward(x));
          const w = torch.randn(shape);
          z.mul(w).sum().backward();
          const parameters = [...norm.parameters(), ...act.parameters()];
          return [
            z,
            x.grad!,
            norm.running_mean.value,
            norm.running_var.value,
            ...parameters.map((p) => p.value.grad!),
          ];
        });
        for (const [i, expected] of results[0]!.entries())
          expect(difference(expected, results[1]![i]!)).toBeLessThan(2e-4);
      });

  it('falls back to the two modules in evaluation', () => {
    const norm = new nn.BatchNorm2d(3).eval();
    const act = new nn.PReLU(3);
    const x = torch.randn([2, 3, 4, 4]);
    expect(ops.equal(nn.normActivation(norm, act, x), act.forward(norm.forward(x)))).toBe(true);
  });

  it('gives the same bits with one thread and with two', () => {
    const x = torch.randn([8, 16, 14, 14]).contiguous({ memory_format: 'channels_last' });
    const run = () => nn.normActivation(new nn.BatchNorm2d(16), new nn.PReLU(16), x);
    const two = run();
    torch.configure({ threads: 1 });
    const one = run();
    torch.configure({ threads: 2 });
    expect(ops.equal(one, two)).toBe(true);
  });
});
