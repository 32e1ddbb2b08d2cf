import { describe, expect, test } from 'vitest';
import { tinyOnnx } from '../testing/tiny-onnx.ts';
import { draftManifest, recognizeConventions } from './conventions.ts';

const ports = (size: number, output: string) => ({
  inputs: [{ name: 'data', shape: [1, 3, 112, 112] }],
  outputs: [{ name: output, shape: [1, size] }],
});
/** A graph that begins like SFace: it subtracts and multiplies its input. */
const normalising = tinyOnnx({
  inputs: { data: [1, 3, 112, 112] },
  outputs: { fc1: [1, 128] },
  nodes: [
    { op: 'Sub', inputs: ['data', 'mean'], outputs: ['a'] },
    { op: 'Mul', inputs: ['a', 'scale'], outputs: ['fc1'] },
  ],
});
const plain = tinyOnnx({
  inputs: { data: [1, 3, 112, 112] },
  outputs: { fc1: [1, 128] },
  nodes: [{ op: 'Identity', inputs: ['data'], outputs: ['fc1'] }],
});

describe('published recognizers', () => {
  test('SFace is told by its output and by normalising itself', () => {
    expect(recognizeConventions(normalising, ports(128, 'fc1'))).toBe('sface');
    expect(() => recognizeConventions(plain, ports(128, 'fc1'))).toThrow(
      /import it with one of the dialects/,
    );
    expect(draftManifest(normalising, ports(128, 'fc1'), 'sface')).toMatchObject({
      architecture: 'sface',
      input: { channels: 'RGB', mean: [0, 0, 0], std: [1, 1, 1], width: 112, height: 112, batch: 1 },
      recognizer: { embeddingSize: 128, flip: false },
    });
  });

  test('AdaFace is insightface’s but for the order of its channels, so only its name tells', () => {
    const common = { mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5] };
    const adaface = draftManifest(plain, ports(512, 'output'), 'adaface');
    const arcface = draftManifest(plain, ports(512, 'output'), 'arcface-insightface');
    expect(adaface.input).toEqual({ ...arcface.input, channels: 'BGR' });
    expect(adaface).toMatchObject({
      input: { ...common, channels: 'BGR' },
      recognizer: { embeddingSize: 512 },
    });
  });
});
