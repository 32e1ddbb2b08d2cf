import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Random } from '@semblance/core/random';
import { dot } from '@semblance/core/vector';
import { decodeImage } from '@semblance/face/image';
import { importOnnx, loadRecognizer, openModel } from '@semblance/face/models';
import { writeScenes } from '@semblance/synthetic';
import { fromArray, nn, noGrad, ops, scope, type Tensor } from '@semblance/torch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyOnnx } from '../../../face/src/testing/tiny-onnx.ts';
import { resample } from '../data/resample.ts';
import { writeToyPeople } from '../testing/toy-people.ts';
import { trainDetection } from '../train-detection.ts';
import { trainRecognition } from '../train-recognition.ts';
import { adaptPixels } from './adapt-pixels.ts';
import { loadOnnx } from './load-onnx.ts';

const weights = resolve(
  process.env.SEMBLANCE_DATA ?? resolve(import.meta.dirname, '../../../../../shared/data'),
  'weights',
);
const hasWeights = existsSync(join(weights, 'MobileFaceNet.onnx'));
const published = (name: string) => join(weights, name);

/** A step that changes no weight. */
const still = { epochs: 0.01, lr: 0, batchSize: 4, workers: 0, threads: 1, device: 'cpu' };
const foamliu = { 'backboneOptions.activation': 'relu6', freezeNorms: true };
const small = { backbone: 'r10', 'backboneOptions.width': 0.125, inputSize: 32, embeddingSize: 16 };

let folder: string;
let people: string;
let scenes: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-'));
  [people, scenes] = [join(folder, 'people'), join(folder, 'scenes')];
  await writeToyPeople(people, 3, 6, 112);
  await writeScenes({ out: scenes, numScenes: 2, seed: 1, width: 128, height: 128, minFace: 20 });
});
afterAll(() => rm(folder, { recursive: true }));

const recognition = (out: string, init: string, overrides: object, said: string[] = []) =>
  trainRecognition({
    ...{ data: people, out: join(folder, out), init, overrides: { ...still, ...overrides } },
    onProgress: (event) => event.kind === 'message' && said.push(event.text),
  });
const detection = (out: string, init: string, overrides: object = {}) =>
  trainDetection({
    ...{ data: scenes, out: join(folder, out), init, recipe: 'retinaface-finetune' },
    overrides: { ...still, batchSize: 2, inputSize: 128, valPart: 0, ...overrides },
  });

/** The least cosine of what two recognizers make of the same crops. */
async function likeness(a: string, b: string): Promise<number> {
  await using ours = await loadRecognizer(a);
  await using theirs = await loadRecognizer(b);
  const names = [0, 1, 2].map((i) => join(people, `person-${i}/000.png`));
  const size = ours.cropSize;
  const crops = await Promise.all(
    names.map(async (name) => resample(await decodeImage(name), size, size, 'area')),
  );
  const [x, y] = [await ours.embed(crops), await theirs.embed(crops)];
  return Math.min(...x.map((embedding, i) => dot(embedding, y[i]!)));
}

describe.skipIf(!hasWeights)('published ONNX files', () => {
  test('a recognizer of other pixels goes on as what it was, on the training’s own', async () => {
    const said: string[] = [];
    await recognition('mbf', published('MobileFaceNet.onnx'), foamliu, said);
    expect(await likeness(join(folder, 'mbf'), published('MobileFaceNet.onnx'))).toBeGreaterThan(0.9999);
    expect(said).toContainEqual(expect.stringMatching(/first layer of .*MobileFaceNet.onnx is adapted/));
  });

  test('a detector computes the very same', async () => {
    await detection('detector', published('retinaface-mnet025.onnx'));
    const rng = Random.of(1);
    const input = Float32Array.from({ length: 3 * 640 * 640 }, () => rng.range(-120, 130));
    const outputs = [];
    for (const path of [join(folder, 'detector'), published('retinaface-mnet025.onnx')]) {
      const { session } = await openModel(path);
      const found = Object.values(await session.run(input, [1, 3, 640, 640]));
      outputs.push(found.sort((a, b) => a.length - b.length));
      await session.close();
    }
    for (const [o, values] of outputs[0]!.entries()) {
      let most = 0;
      for (const [i, value] of values.entries()) most = Math.max(most, Math.abs(value - outputs[1]![o]![i]!));
      expect(most).toBeLessThan(1e-4);
    }
  });

  test('what cannot be trained further is refused with what to do', async () => {
    const file = published('MobileFaceNet.onnx');
    const refused = (overrides: object, init = file) => recognition('refused', init, overrides);
    await expect(refused({ ...foamliu, freezeNorms: false })).rejects.toMatchObject({
      code: 'RECIPE_INVALID_VALUE',
      message: expect.stringMatching(/\d+ batch norms .*--set freezeNorms=true/),
    });
    await expect(refused({ freezeNorms: true })).rejects.toMatchObject({
      code: 'MODEL_DIALECT_MISMATCH',
      message: expect.stringMatching(/0 are PRelu 64, of the recipe’s \d+ \d+\. Choose .*arcface-r18/),
    });
    await expect(refused(foamliu, published('yunet_n_dynamic.onnx'))).rejects.toMatchObject({
      code: 'MODEL_WRONG_TASK',
    });
    const variant = detection('variant', published('retinaface-mnet025.onnx'), { dialect: '1mb' });
    await expect(variant).rejects.toMatchObject({
      code: 'MODEL_DIALECT_MISMATCH',
      message: expect.stringContaining('activations differ'),
    });
  });
});

test('a model by its name, of a file that holds only a graph, gives its weights', async () => {
  await trainRecognition({
    ...{ data: people, out: join(folder, 'first') },
    overrides: { ...still, ...small, epochs: 2, lr: 0.02 },
  });
  const home = join(folder, 'home');
  await importOnnx({
    file: join(folder, 'first/model.onnx'),
    dialect: 'arcface-insightface',
    out: join(home, 'models/mine'),
  });
  const before = process.env.SEMBLANCE_HOME;
  process.env.SEMBLANCE_HOME = home;
  try {
    await expect(recognition('unfrozen', 'mine', small)).rejects.toThrow('freezeNorms=true');
    await recognition('second', 'mine', { ...small, freezeNorms: true });
    await expect(recognition('none', 'mein', small)).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
      message: expect.stringContaining('Did you mean mine?'),
    });
  } finally {
    if (before === undefined) delete process.env.SEMBLANCE_HOME;
    else process.env.SEMBLANCE_HOME = before;
  }
  expect(await likeness(join(folder, 'second'), join(folder, 'first'))).toBeGreaterThan(0.9999);
});

test('weights of a folder for other pixels are adapted, too', async () => {
  const [source, swapped] = [join(folder, 'first'), join(folder, 'swapped')];
  await cp(source, swapped, { recursive: true });
  const manifest = JSON.parse(await readFile(join(swapped, 'manifest.json'), 'utf8'));
  manifest.input = { ...manifest.input, channels: 'BGR', std: [60, 62, 64] };
  await writeFile(join(swapped, 'manifest.json'), JSON.stringify(manifest));
  await recognition('adapted', swapped, { ...small, freezeNorms: true });
  const [adapted, untouched] = [
    await likeness(join(folder, 'adapted'), swapped),
    await likeness(source, swapped),
  ];
  expect([adapted > 0.9999, untouched < 0.99], `${adapted} ${untouched}`).toEqual([true, true]);
});

/** Two branches of one shape, told apart by what follows them. */
class Branches extends nn.Module {
  conv = new nn.Conv2d(3, 4, 1, { bias: false });
  norm = new nn.BatchNorm2d(4);
  left = new nn.Conv2d(4, 4, 1);
  right = new nn.Conv2d(4, 4, 1);
  slope = new nn.PReLU(4);
  fc = new nn.Linear(4, 2);

  forward(x: Tensor): Tensor {
    const y = this.norm.forward(this.conv.forward(x));
    const sum = this.left.forward(y).add(this.slope.forward(this.right.forward(y)));
    return this.fc.forward(ops.mean(sum, [2, 3]));
  }
}

describe('a file of another exporter', () => {
  const rng = Random.of(5);
  const floats = (shape: number[], low = -1) => ({
    shape,
    values: Array.from({ length: shape.reduce((a, b) => a * b) }, () => rng.range(low, 1)),
  });
  // right before left, a norm of its own with another epsilon, MatMul and Add in the place of Gemm
  const bytes = tinyOnnx({
    inputs: { x: [1, 3, 5, 5] },
    outputs: { y: [1, 2] },
    nodes: [
      { op: 'Conv', inputs: ['x', 'w0', 'b0'], outputs: ['c'] },
      {
        op: 'BatchNormalization',
        inputs: ['c', 'gamma', 'beta', 'mean', 'var'],
        outputs: ['n'],
        attributes: { epsilon: 0.25 },
      },
      { op: 'Conv', inputs: ['n', 'w2', 'b2'], outputs: ['r'] },
      { op: 'PRelu', inputs: ['r', 'slopes'], outputs: ['p'] },
      { op: 'Conv', inputs: ['n', 'w1', 'b1'], outputs: ['l'] },
      { op: 'Add', inputs: ['p', 'l'], outputs: ['s'] },
      { op: 'ReduceMean', inputs: ['s'], outputs: ['m'], attributes: { axes: [2, 3], keepdims: 0 } },
      { op: 'MatMul', inputs: ['m', 'w3'], outputs: ['f'] },
      { op: 'Add', inputs: ['b3', 'f'], outputs: ['y'] },
    ],
    floats: {
      ...{ w0: floats([4, 3, 1, 1]), b0: floats([4]) },
      ...{ gamma: floats([4]), beta: floats([4]), mean: floats([4]), var: floats([4], 0.5) },
      ...{ w1: floats([4, 4, 1, 1]), b1: floats([4]), w2: floats([4, 4, 1, 1]), b2: floats([4]) },
      ...{ slopes: floats([4, 1, 1]), w3: floats([4, 2]), b3: floats([2]) },
    },
  });
  const input = floats([1, 3, 5, 5]);

  test('is read whatever its names, order and operators, and computes the same', async () => {
    const network = new Branches().eval();
    expect(await loadOnnx(network, [1, 3, 5, 5], bytes)).toEqual({ numFolded: 0 });
    const file = join(folder, 'foreign.onnx');
    await writeFile(file, bytes);
    const { session } = await openModel(file, { dialect: 'custom', conventions: { task: 'recognition' } });
    const [expected] = await session.infer(Float32Array.from(input.values), [1, 3, 5, 5]);
    using _ = scope();
    const ours = noGrad(() => network.forward(fromArray(Float32Array.from(input.values), [1, 3, 5, 5])));
    for (const [i, value] of (ours.toArray() as Float32Array).entries())
      expect(value).toBeCloseTo(expected!.data[i]!, 5);
    await session.close();
  });

  test('of other layers, or layers connected otherwise, is refused', async () => {
    class Chain extends Branches {
      override forward(x: Tensor): Tensor {
        const y = this.norm.forward(this.conv.forward(x));
        return this.fc.forward(
          ops.mean(this.slope.forward(this.right.forward(this.left.forward(y))), [2, 3]),
        );
      }
    }
    await expect(loadOnnx(new Chain(), [1, 3, 5, 5], bytes)).rejects.toThrow('connected in another way');
    const linear = new nn.Sequential(new nn.Conv2d(3, 4, 1));
    await expect(loadOnnx(linear, [1, 3, 5, 5], bytes)).rejects.toThrow(
      'of its 5 layers with weights 2 are Conv 4×4×1×1, of the recipe’s 1 0',
    );
  });

  test('on other pixels computes the same after its first layer is adapted', () => {
    const network = new Branches().eval();
    using _ = scope();
    // colours as they are, 0 to 255, in both conventions
    const rgb = Float32Array.from({ length: 3 * 25 }, () => rng.range(0, 255));
    const from = { channels: 'BGR', mean: [104, 117, 123], std: [50, 60, 70] } as const;
    const to = { channels: 'RGB', mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5] } as const;
    const run = ({ channels, mean, std }: typeof from | typeof to) => {
      const values = rgb.map((_, i) => {
        const channel = Math.floor(i / 25);
        const value = rgb[channels === 'RGB' ? i : (2 - channel) * 25 + (i % 25)]!;
        return (value - mean[channel]!) / std[channel]!;
      });
      return noGrad(() => network.forward(fromArray(values, [1, 3, 5, 5]))).toArray() as Float32Array;
    };
    const before = run(from);
    const pixels = (of: typeof from | typeof to) => ({ ...of, mean: [...of.mean], std: [...of.std] });
    expect(adaptPixels(network, pixels(from), pixels(from))).toBe(false);
    expect(adaptPixels(network, pixels(from), pixels(to))).toBe(true);
    for (const [i, value] of run(to).entries()) expect(value).toBeCloseTo(before[i]!, 4);
  });
});
