import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOnnxModel } from '@semblance/core/onnx';
import { describe, expect, it } from 'vitest';
import { encodeModel } from './encode.ts';
import { float, ints, OnnxGraph } from './graph.ts';
import { checkParity } from './parity.ts';
import { modelProto } from './proto.ts';

/** Bytes by their content, whatever class they have. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

describe('the encoding', () => {
  it('a graph by hand runs in ONNX Runtime', async () => {
    const graph = new OnnxGraph();
    graph.inputs.push({ name: 'x', dtype: 'float32', dims: ['n', 1, 3, 3] });
    graph.outputs.push({ name: 'y', dtype: 'float32', dims: ['n', 1, 2, 2] });
    const conv = graph.node('Conv', ['x', graph.float32([1, 2, 3, 4], [1, 1, 2, 2]), graph.float32([-30])], {
      kernel_shape: ints([2, 2]),
    });
    graph.nodes.push({
      name: 'r',
      opType: 'LeakyRelu',
      inputs: [conv],
      outputs: ['y'],
      attributes: { alpha: float(0.5) },
    });
    const model = encodeModel(graph, { opset: 17, metadata: { purpose: 'test' } });
    const x = {
      dtype: 'float32',
      shape: [1, 1, 3, 3],
      data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8),
    } as const;
    // 0·1 + 1·2 + 3·3 + 4·4 − 30 = −3, halved; then −3 + 10 = 7, and three rows further −3 + 30 = 27 and 37.
    const y = { dtype: 'float32', shape: [1, 1, 2, 2], data: Float32Array.of(-1.5, 7, 27, 37) } as const;
    const names = { inputs: ['x'], outputs: ['y'] };
    expect(await checkParity(model, [{ inputs: [x], expected: [y] }], names, 1e-6)).toEqual({
      maxAbsDiff: 0,
      maxRelDiff: 0,
    });
  });

  const dataFolder =
    process.env.SEMBLANCE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
  const foreign = join(dataFolder, 'weights', 'retinaface-mnet025.onnx');
  it.skipIf(!existsSync(foreign))(`numbers its fields as files made elsewhere do (needs ${foreign})`, () => {
    const bytes = readFileSync(foreign);
    const { graph } = modelProto.toObject(modelProto.decode(bytes), { longs: Number, arrays: true });
    expect(graph.output.map((o: { name: string }) => o.name)).toEqual(['output0', '572', '571']);
    const { dim } = graph.input[0].type.tensorType.shape;
    expect(dim.map((d: { dimValue: number }) => d.dimValue)).toEqual([1, 3, 640, 640]);
    expect(graph.node.filter((n: { opType: string }) => n.opType === 'Conv').length).toBeGreaterThan(50);
    expect(plain(readOnnxModel(bytes).graph)).toEqual(plain(graph));
  });
});
