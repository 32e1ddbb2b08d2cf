// What holds of a GPU where there is one; the operators themselves: SEMBLANCE_TEST_DEVICE=cuda vitest run conformance.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Tensor } from './index.ts';
import * as torch from './index.ts';
import { loadSafetensors, saveSafetensors } from './safetensors/index.ts';

const { cuda, nn, ops, optim } = torch;

it('refuses a device that is not there', () => {
  expect(() => cuda.synchronize(cuda.deviceCount())).toThrow(
    expect.objectContaining({ code: 'TORCH_NO_DEVICE' }),
  );
});

class Small extends nn.Module {
  conv = new nn.Conv2d(3, 8, 3, { padding: 1, bias: false });
  bn = new nn.BatchNorm2d(8);
  prelu = new nn.PReLU(8);
  fc = new nn.Linear(8 * 36, 5);
  forward(x: Tensor): Tensor {
    return this.fc.forward(this.prelu.forward(this.bn.forward(this.conv.forward(x))).flatten(1));
  }
}

interface Setting {
  device: 'cpu' | 'cuda';
  dtype?: 'float16' | 'bfloat16';
  scaler?: torch.GradScaler;
}

/** Losses of a few steps that begin with the same weights and images whatever the device. */
function losses({ device, dtype, scaler }: Setting, steps = 6): number[] {
  using _ = torch.scope();
  torch.manualSeed(3);
  const model = new Small();
  const images = torch.randn([16, 3, 6, 6]).to(device, 'float32');
  const labels = torch.arange(16).remainder(5).to(device, 'int64');
  model.to({ device, memoryFormat: 'channels_last' });
  const optimizer = new optim.SGD(model.parameters(), { lr: 0.1, momentum: 0.9 });
  const forward = () => model.forward(images);
  return Array.from({ length: steps }, () => {
    const logits = dtype ? torch.autocast({ device, dtype }, forward) : forward();
    if (dtype) expect(logits.dtype).toBe(dtype);
    const loss = ops.cross_entropy_loss(logits.to('float32'), labels);
    if (scaler) {
      scaler.scale(loss).backward();
      scaler.step(optimizer);
      scaler.update();
    } else {
      loss.backward();
      optimizer.step();
    }
    optimizer.zeroGrad();
    return loss.item();
  });
}

describe.skipIf(!cuda.isAvailable())('a GPU', () => {
  it('holds tensors that come and go', () => {
    using _ = torch.scope();
    const x = torch.fromArray(Float32Array.of(1, 2, 3), [3], { device: 'cuda' });
    expect(x.device).toBe('cuda:0');
    expect([...x.mul(2).toArray()]).toEqual([2, 4, 6]);
    expect(x.sum().item()).toBe(6);
    expect(torch.zeros([2], { device: 'cuda' }).device).toBe('cuda:0');
    cuda.synchronize();
  });

  it('refuses to mix devices', () => {
    using _ = torch.scope();
    const x = torch.ones([2, 2], { device: 'cuda' });
    expect(() => x.mm(torch.ones([2, 2]))).toThrow(torch.TorchError);
    expect(() => x.shareArray()).toThrow(expect.objectContaining({ code: 'TORCH_BAD_ARGUMENT' }));
  });

  it('trains as the CPU does', () => {
    const expected = losses({ device: 'cpu' });
    const found = losses({ device: 'cuda' });
    expect(found.at(-1)).toBeLessThan(found[0]! / 2);
    for (const [i, value] of found.entries()) expect(Math.abs(value - expected[i]!)).toBeLessThan(0.02);
  });

  it('trains in half precision', () => {
    const expected = losses({ device: 'cpu' });
    const half = losses({
      device: 'cuda',
      dtype: 'float16',
      scaler: new torch.GradScaler({ device: 'cuda' }),
    });
    const brain = losses({ device: 'cuda', dtype: 'bfloat16' });
    for (const found of [half, brain])
      for (const [i, value] of found.entries()) expect(Math.abs(value - expected[i]!)).toBeLessThan(0.1);
  });

  it('writes weights that a CPU reads', () => {
    using _ = torch.scope();
    const dir = mkdtempSync(join(tmpdir(), 'cuda-'));
    const x = torch.randn([4, 4], { device: 'cuda' });
    saveSafetensors(join(dir, 'x.safetensors'), new Map([['x', x]]));
    const { tensors } = loadSafetensors(join(dir, 'x.safetensors'));
    expect([...tensors.get('x')!.toArray()]).toEqual([...x.toArray()]);
    rmSync(dir, { recursive: true });
  });
});
