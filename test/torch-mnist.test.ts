// The example for PyTorch users learns, saves and exports: run as a reader would run it, for one epoch.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openSession } from '@semblance/face/models';
import { loadSafetensors } from '@semblance/torch/safetensors';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Digits } from '../examples/digits.ts';
import { root } from './source-files.ts';

vi.setConfig({ testTimeout: 180_000 });

let out: string;
beforeAll(async () => void (out = await mkdtemp(join(tmpdir(), 'semblance-torch-mnist-'))));
afterAll(() => rm(out, { recursive: true, force: true }));

test('torch-mnist reads nine of ten digits after one epoch, and the files that it writes do too', async () => {
  const program = join(root, 'examples', 'torch-mnist.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, out, '1']);
  expect(Number(/^epoch 1 {2}accuracy (\S+)$/m.exec(stdout)?.[1]), stdout).toBeGreaterThanOrEqual(0.9);

  const { tensors } = loadSafetensors(join(out, 'model.safetensors'));
  expect([...tensors].map(([name, { shape }]) => `${name} ${shape}`)).toEqual([
    ...['conv1.bias 16', 'conv1.weight 16,1,3,3', 'conv2.bias 32', 'conv2.weight 32,16,3,3'],
    ...['fc1.bias 64', 'fc1.weight 64,1568', 'fc2.bias 10', 'fc2.weight 10,64'],
  ]);

  // Digits that the program never saw, read by ONNX Runtime.
  const digits = new Digits({ count: 200, seed: 5_000_000 });
  await using session = await openSession(await readFile(join(out, 'model.onnx')));
  let numRight = 0;
  for (let i = 0; i < digits.length; i++) {
    const [image, label] = digits.get(i);
    const [logits] = Object.values(await session.run(image.toArray() as Float32Array, [1, ...image.shape]));
    if (BigInt(logits!.indexOf(Math.max(...logits!))) === label) numRight++;
  }
  expect(numRight / digits.length).toBeGreaterThanOrEqual(0.9);
});
