import { describe, expect, test } from 'vitest';
import { tinyDetector, tinyRecognizer } from '../testing/tiny-models.ts';
import { tinyOnnx } from '../testing/tiny-onnx.ts';
import { readOnnxFacts } from './onnx-facts.ts';
import { openSession } from './session.ts';

const invalid = expect.objectContaining({ name: 'SemblanceError', code: 'MODEL_INVALID' });

describe('facts of a file', () => {
  test('producer, opset, operators and slopes', () => {
    const bytes = tinyOnnx({
      inputs: { x: [1, 3] },
      outputs: { y: [1, 3] },
      nodes: [
        { op: 'LeakyRelu', inputs: ['x'], outputs: ['a'], attributes: { alpha: 0.125 } },
        { op: 'LeakyRelu', inputs: ['a'], outputs: ['b'] },
        { op: 'Neg', inputs: ['b'], outputs: ['y'] },
      ],
    });
    expect(readOnnxFacts(bytes)).toEqual({
      producer: 'tiny',
      opset: 17,
      operators: ['LeakyRelu', 'LeakyRelu', 'Neg'],
      leakySlopes: [0.125, 0.01],
      hasExternalData: false,
    });
  });

  test('bytes that are no model, or only the beginning of one', () => {
    expect(() => readOnnxFacts(new TextEncoder().encode('this is a text and no model'))).toThrow(invalid);
    expect(() => readOnnxFacts(new Uint8Array(0))).toThrow(invalid);
    const bytes = tinyRecognizer();
    for (const share of [0.1, 0.5, 0.9]) {
      expect(() => readOnnxFacts(bytes.subarray(0, Math.floor(share * bytes.length)))).toThrow(invalid);
    }
  });
});

describe('sessions', () => {
  test('tell names and shapes, free sizes as null', async () => {
    const session = await openSession(tinyDetector());
    expect(session.inputs).toEqual([{ name: 'image', shape: [1, 3, null, null] }]);
    expect(session.outputs.length).toBe(9);
    expect(session.outputs[3]).toEqual({ name: 'box_8', shape: [null, 4] });
    await session.close();
  });

  test('never read weights from other files', async () => {
    const bytes = tinyOnnx({
      inputs: { x: [1] },
      outputs: { y: [1] },
      nodes: [{ op: 'Add', inputs: ['x', 'w'], outputs: ['y'] }],
      external: { w: '../../etc/passwd' },
    });
    expect(readOnnxFacts(bytes).hasExternalData).toBe(true);
    await expect(openSession(bytes)).rejects.toThrow('weights in separate files');
    await expect(openSession(bytes)).rejects.toEqual(invalid);
  });

  test('refuse unknown operators, several inputs, and inputs of a wrong shape', async () => {
    const unknown = tinyOnnx({
      inputs: { x: [1] },
      outputs: { y: [1] },
      nodes: [{ op: 'Frobnicate', inputs: ['x'], outputs: ['y'] }],
    });
    await expect(openSession(unknown)).rejects.toEqual(invalid);
    const two = tinyOnnx({
      inputs: { x: [1], z: [1] },
      outputs: { y: [1] },
      nodes: [{ op: 'Add', inputs: ['x', 'z'], outputs: ['y'] }],
    });
    await expect(openSession(two)).rejects.toEqual(invalid);
    const session = await openSession(tinyRecognizer(1));
    await expect(session.run(new Float32Array(12), [1, 3, 2, 2])).rejects.toEqual(invalid);
    await session.close();
  });
});
