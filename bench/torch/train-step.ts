/**
 * Our side of bench/torch.ts: trains on one batch, as many steps as each line of stdin says.
 *
 *   node train-step.ts NETWORK START.safetensors [DEVICE]
 *
 * Prints {"ms": […], "losses": […]} for each line, as train.py does.
 */
import { createInterface } from 'node:readline';
import { configure, engineInfo, optim, scope } from '@semblance/torch';
import { loadSafetensors } from '@semblance/torch/safetensors';
import { createBackbone, createHead } from '@semblance/train';

const [network, start, device = 'cpu'] = process.argv.slice(2) as [string, string, string?];
configure({ allocator: 'training', matmulPrecision: 'high', cudnnBenchmark: true });
const { tensors } = loadSafetensors(start);
const part = (prefix: string) =>
  new Map(
    [...tensors].flatMap(([name, tensor]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), tensor] as const] : [],
    ),
  );
const images = tensors.get('images')!.to(device, 'float32').contiguous({ memory_format: 'channels_last' });
const labels = tensors.get('labels')!.to(device, 'int64');
const backbone = createBackbone(network);
backbone.loadStateDict(part('backbone.'));
backbone.to({ memoryFormat: 'channels_last', device });
const head = createHead('arcface', {
  embeddingSize: 512,
  numClasses: tensors.get('head.weight')!.shape[0]!,
});
head.loadStateDict(part('head.'));
head.to({ device });
const parameters = [...backbone.parameters(), ...head.parameters()].filter(({ value }) => value.requiresGrad);
const optimizer = new optim.SGD(parameters, { lr: 0.001, momentum: 0.9, weightDecay: 5e-4 });

function step(): number {
  using _ = scope();
  const { loss } = head.forward(backbone.forward(images), labels);
  loss.backward();
  optim.clipGradNorm(backbone.parameters(), 5);
  optimizer.step();
  optimizer.zeroGrad();
  return loss.item();
}

console.log(JSON.stringify({ version: engineInfo().libtorch, threads: engineInfo().threads }));
for await (const line of createInterface({ input: process.stdin })) {
  const ms: number[] = [];
  const losses: number[] = [];
  for (let i = 0; i < Number(line); i++) {
    const begin = performance.now();
    losses.push(step());
    ms.push(performance.now() - begin);
  }
  console.log(JSON.stringify({ ms, losses }));
}
