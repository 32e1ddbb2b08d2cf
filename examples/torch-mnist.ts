/**
 * Trains a small network to read digits: PyTorch's MNIST example, on digits that are drawn (digits.ts).
 *
 *   node examples/torch-mnist.ts OUT [EPOCHS]
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { manualSeed, nn, noGrad, optim, randn, schedules, scope, type Tensor } from '@semblance/torch';
import { DataLoader } from '@semblance/torch/data';
import { exportOnnx } from '@semblance/torch/onnx';
import { saveSafetensors } from '@semblance/torch/safetensors';
import { Digits } from './digits.ts';

class Net extends nn.Module {
  conv1 = new nn.Conv2d(1, 16, 3, { padding: 1 });
  conv2 = new nn.Conv2d(16, 32, 3, { padding: 1 });
  pool = new nn.MaxPool2d(2);
  dropout = new nn.Dropout(0.25);
  fc1 = new nn.Linear(32 * 7 * 7, 64);
  fc2 = new nn.Linear(64, 10);

  forward(x: Tensor): Tensor {
    x = this.pool(this.conv1(x).relu()); // [N, 16, 14, 14]
    x = this.pool(this.conv2(x).relu()); // [N, 32, 7, 7]
    x = this.fc1(this.dropout(x.flatten(1))).relu(); // [N, 64]
    return this.fc2(x); // [N, 10]
  }
}

const [out = 'digits-model', epochs = '3'] = process.argv.slice(2);
manualSeed(1);

// Threads draw the training digits while the network learns; the test digits have seeds of their own.
await using trainLoader = await DataLoader.inWorkers<typeof import('./digits.ts')>(
  new URL('./digits.ts', import.meta.url),
  { data: { count: 2000, seed: 0 }, numWorkers: 2, batchSize: 50, shuffle: true, seed: 1 },
);
const testLoader = new DataLoader(new Digits({ count: 500, seed: 1_000_000 }), { batchSize: 100 });

const model = new Net();
const criterion = new nn.CrossEntropyLoss();
const optimizer = new optim.AdamW(model.parameters());
const factor = schedules.oneCycle({ totalSteps: Number(epochs) * trainLoader.length });

/** The share of the test digits that the model reads. */
async function evaluate(): Promise<number> {
  model.eval();
  let numRight = 0;
  for await (const [images, labels] of testLoader) {
    using _ = scope();
    numRight += noGrad(() => model(images).argmax(1).eq(labels).sum()).item();
  }
  model.train();
  return numRight / testLoader.numSamples;
}

for (let epoch = 0; epoch < Number(epochs); epoch++) {
  for await (const [images, labels] of trainLoader) {
    using _ = scope(); // frees what the step makes
    optimizer.setLr(0.005 * factor(optimizer.numSteps));
    optimizer.zeroGrad();
    const loss = criterion(model(images), labels);
    loss.backward();
    optimizer.step();
    if (optimizer.numSteps % 10 === 0)
      console.log(`step ${optimizer.numSteps}  loss ${loss.item().toFixed(3)}`);
  }
  console.log(`epoch ${epoch + 1}  accuracy ${(await evaluate()).toFixed(3)}`);
}

mkdirSync(out, { recursive: true });
saveSafetensors(join(out, 'model.safetensors'), model.stateDict());
const { maxRelDiff } = await exportOnnx(model.eval(), [randn(2, 1, 28, 28)], {
  path: join(out, 'model.onnx'),
});
console.log(`saved ${out}; ONNX Runtime computes the same to ${maxRelDiff.toExponential(0)}`);
