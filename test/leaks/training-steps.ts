/**
 * Trains a small MobileFaceNet for as many steps as are asked for and prints, as one line of JSON, the resident size
 * and the engine's counts along the way. Needs --expose-gc: what is measured is not garbage.
 */
import { readFileSync } from 'node:fs';
import { configure, memory, ops, optim, randn, scope } from '@semblance/torch';
import { createBackbone, createHead } from '@semblance/train';

const numSteps = Number(process.argv[2]);
configure({ threads: 1, allocator: 'training' });
const backbone = createBackbone('mbf', { inputSize: 16, width: 0.1, embeddingSize: 32 });
backbone.to({ memoryFormat: 'channels_last' });
const head = createHead('arcface', { embeddingSize: 32, numClasses: 100 });
const parameters = [...backbone.parameters(), ...head.parameters()].filter(({ value }) => value.requiresGrad);
const optimizer = new optim.SGD(parameters, { lr: 0.01, momentum: 0.9, weightDecay: 5e-4 });

function step(): void {
  using _ = scope();
  const images = randn([4, 3, 16, 16]).contiguous({ memory_format: 'channels_last' });
  const labels = ops.randint(100, [4], { dtype: 'int64' });
  const { loss } = head.forward(backbone.forward(images), labels);
  loss.backward();
  optim.clipGradNorm(backbone.parameters(), 5);
  optimizer.step();
  optimizer.zeroGrad();
  loss.item();
}

const residentBytes = () =>
  1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]);
const marks: object[] = [];
for (let i = 1; i <= numSteps; i++) {
  step();
  if (i % 100 !== 0) continue;
  globalThis.gc!();
  // Finalizers run between turns of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  marks.push({ step: i, residentBytes: residentBytes(), ...memory() });
}
console.log(JSON.stringify(marks));
