import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { manualSeed, nn, noGrad, ops, randn, type Tensor } from '../../index.ts';
import { exportOnnx } from '../index.ts';
import { loadOnnxRuntime } from '../onnx-runtime.ts';
import { quantizeOnnx, type Range, valuesToCalibrate, withOutputs } from './index.ts';
import { floatValues, readModel, writeModel } from './messages.ts';

const ort = await loadOnnxRuntime();
let folder: string;
let model: Uint8Array;

/** Convolutions, one of them in groups, with both activations, a sum, a concatenation and an enlargement; a head. */
class Net extends nn.Module {
  stem = new nn.Conv2d(3, 8, 3, { padding: 1 });
  a = new nn.Conv2d(8, 8, 3, { padding: 1, groups: 8 });
  b = new nn.Conv2d(8, 8, 1);
  c = new nn.Conv2d(8, 8, 3, { stride: 2, padding: 1 });
  head = new nn.Conv2d(16, 4, 1);

  forward(x: Tensor): Tensor {
    const stem = ops.leaky_relu(this.stem.forward(x), 0.1);
    const a = ops.relu(this.a.forward(stem));
    const b = ops.leaky_relu(this.b.forward(a), 0.1);
    const c = this.c.forward(b);
    const [, , height, width] = b.shape as [number, number, number, number];
    const up = ops.upsample_nearest2d(c, [height, width]);
    return this.head.forward(ops.cat([ops.relu(b.add(up)), b], 1)).permute([0, 2, 3, 1]);
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantize-'));
  manualSeed(6);
  const path = join(folder, 'net.onnx');
  await exportOnnx(new Net(), [noGrad(() => randn([2, 3, 16, 24]))], { path });
  model = await readFile(path);
});
afterAll(() => rm(folder, { recursive: true }));

const input = () => {
  manualSeed(9);
  const x = noGrad(() => randn([2, 3, 16, 24]));
  return new ort.Tensor('float32', x.toArray() as Float32Array, [2, 3, 16, 24]);
};

async function run(bytes: Uint8Array, names?: string[]): Promise<Record<string, Float32Array>> {
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const results = await session.run({ [session.inputNames[0]!]: input() }, names ?? [...session.outputNames]);
  await session.release();
  return Object.fromEntries(Object.entries(results).map(([name, t]) => [name, t.data as Float32Array]));
}

async function rangesOf(bytes: Uint8Array, floatFirst: number): Promise<Map<string, Range>> {
  const names = valuesToCalibrate(bytes, { floatFirst });
  const values = { ...(await run(withOutputs(bytes, names))), input: input().data as Float32Array };
  return new Map(
    names.map((name) => {
      const own = values[name as keyof typeof values]!;
      return [name, [Math.min(...own), Math.max(...own)] as const];
    }),
  );
}

test.each([0, 1])(
  'computes nearly the same on 8 bits, with %i convolutions left in float',
  async (floatFirst) => {
    const { model: small, numQuantized } = quantizeOnnx(model, await rangesOf(model, floatFirst), {
      floatFirst,
    });
    const [name] = Object.keys(await run(model)) as [string];
    const [exact, rounded] = [(await run(model))[name]!, (await run(small))[name]!];
    const scale = Math.max(...exact.map(Math.abs));
    const errors = exact.map((value, i) => Math.abs(value - rounded[i]!) / scale);
    expect(Math.max(...errors)).toBeLessThan(0.05);
    expect(errors.reduce((sum, e) => sum + e, 0) / errors.length).toBeLessThan(0.01);
    // It is not the same network again.
    expect(Math.max(...errors)).toBeGreaterThan(1e-4);
    const { graph } = readModel(small);
    const count = (type: string) => graph.node.filter(({ opType }) => opType === type).length;
    // Both ReLUs fell away: their values begin at 0.
    expect(count('Relu')).toBe(0);
    expect(count('Conv')).toBe(5);
    // Convolutions but the head, leaky ReLUs between them, the sum, the concatenation, the enlargement.
    expect(numQuantized).toBe(floatFirst === 0 ? 4 + 2 + 3 : 3 + 1 + 3);
  },
);

test('weights have a scale for each channel, and none is off by more than half a step', async () => {
  const { model: small } = quantizeOnnx(model, await rangesOf(model, 0), { floatFirst: 0 });
  const before = readModel(model).graph;
  const after = readModel(small).graph;
  const constant = (name: string) => after.initializer.find((tensor) => tensor.name === name)!;
  let numChecked = 0;
  for (const node of after.node) {
    if (node.opType !== 'Conv' || !node.input[1]!.endsWith(':rounded')) continue;
    const stem = node.input[1]!.slice(0, -':rounded'.length);
    const original = before.node.find(({ output }) => output[0] === node.output[0])!.input[1]!;
    const exact = floatValues(before.initializer.find(({ name }) => name === original)!)!;
    const integers = new Int8Array(Uint8Array.from(constant(`${stem}:8`).rawData).buffer);
    const steps = floatValues(constant(`${stem}:scale`))!;
    const perChannel = exact.length / steps.length;
    for (const [i, value] of exact.entries()) {
      const step = steps[Math.floor(i / perChannel)]!;
      expect(Math.abs(value - integers[i]! * step)).toBeLessThanOrEqual(0.5001 * step);
      numChecked++;
    }
    for (let c = 0; c < steps.length; c++) {
      const own = integers.subarray(c * perChannel, (c + 1) * perChannel);
      expect(Math.max(...own.map(Math.abs))).toBe(127);
    }
  }
  expect(numChecked).toBe(8 * 3 * 9 + 8 * 9 + 64 + 8 * 8 * 9);
});

test('a model is read and written without a change', async () => {
  const again = writeModel(readModel(model));
  const [name] = Object.keys(await run(model)) as [string];
  expect((await run(again))[name]).toEqual((await run(model))[name]);
});

test('what cannot be quantised is refused', async () => {
  const ranges = await rangesOf(model, 0);
  const refusal = (reason: RegExp) =>
    expect.objectContaining({ code: 'EXPORT_INVALID', message: expect.stringMatching(reason) });
  const [first] = [...ranges.keys()];
  const holed = new Map([...ranges].filter(([name]) => name !== first));
  expect(() => quantizeOnnx(model, holed, { floatFirst: 0 })).toThrow(
    refusal(/finite range of .* received none/),
  );
  const wild = new Map([...ranges, [first!, [0, Infinity]]] as [string, Range][]);
  expect(() => quantizeOnnx(model, wild, { floatFirst: 0 })).toThrow(refusal(/0 … Infinity/));
  expect(() => quantizeOnnx(model, ranges, { floatFirst: 9 })).toThrow(refusal(/no convolution/));
  expect(() => valuesToCalibrate(new Uint8Array(0))).toThrow(refusal(/no graph/));
  expect(() => valuesToCalibrate(Uint8Array.of(255, 1, 2))).toThrow(refusal(/no ONNX model/));
  const old = readModel(model);
  old.opsetImport[0]!.version = 11;
  expect(() => valuesToCalibrate(writeModel(old))).toThrow(refusal(/opset of 13 or later but received 11/));
});
