import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createImage, type Image } from '../image/image.ts';
import { tinyOnnx } from '../testing/tiny-onnx.ts';
import { draftManifest } from './conventions.ts';
import { Detector } from './detector.ts';
import { scoreDialect } from './dialect-score.ts';
import { importOnnx } from './import.ts';
import type { DetectionManifest } from './manifest.ts';
import { openSession } from './session.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dialect-'));
});
afterEach(() => rm(dir, { recursive: true }));
const path = (name: string) => join(dir, name);
const code = (expected: string) => expect.objectContaining({ name: 'SemblanceError', code: expected });

describe('trying a dialect on pictures', () => {
  /**
   * A RetinaFace of one level whose every bright cell tells the middle of a 64 × 64 picture, for anchors of
   * 32 at stride 8: the box offsets are a constant map of (32 − cell) / (0.1 · 32).
   */
  function centreTeller(): Uint8Array {
    const cells = 8;
    const offsets: number[] = [];
    const points: number[] = [];
    for (let row = 0; row < cells; row++) {
      for (let column = 0; column < cells; column++) {
        const [dx, dy] = [(32 - (column + 0.5) * 8) / 3.2, (32 - (row + 0.5) * 8) / 3.2];
        offsets.push(dx, dy, 0, 0);
        for (const [x, y] of [
          [-2, -2],
          [2, -2],
          [0, 0],
          [-2, 2],
          [2, 2],
        ] as const)
          points.push(dx + x, dy + y);
      }
    }
    const pool = { kernel_shape: [8, 8], strides: [8, 8] };
    const outputs = { boxes: [1, 64, 4], scores: [1, 64, 2], points: [1, 64, 10] };
    return tinyOnnx({
      inputs: { image: [1, 3, 64, 64] },
      outputs,
      nodes: [
        { op: 'AveragePool', inputs: ['image'], outputs: ['cells'], attributes: pool },
        { op: 'Conv', inputs: ['cells', 'bright'], outputs: ['map'] },
        { op: 'Transpose', inputs: ['map'], outputs: ['last'], attributes: { perm: [0, 2, 3, 1] } },
        { op: 'Reshape', inputs: ['last', 'rows'], outputs: ['scores'] },
        { op: 'Identity', inputs: ['offsets'], outputs: ['boxes'] },
        { op: 'Identity', inputs: ['places'], outputs: ['points'] },
      ],
      floats: {
        bright: { shape: [2, 3, 1, 1], values: [0, 0, 0, 1 / 3, 1 / 3, 1 / 3] },
        offsets: { shape: [1, 64, 4], values: offsets },
        places: { shape: [1, 64, 10], values: points },
      },
      ints: { rows: [1, 64, 2] },
    });
  }

  async function teller(side: number): Promise<Detector> {
    const bytes = centreTeller();
    const session = await openSession(bytes);
    const conventions = {
      task: 'detection',
      head: 'retinaface',
      std: 255,
      strides: [8],
      minSizes: [[side]],
    } as const;
    const draft = draftManifest(bytes, session, 'custom', {
      ...conventions,
      strides: [8],
      minSizes: [[side]],
    });
    const files = { 'model.onnx': { sha256: 'a'.repeat(64), sizeBytes: 1 } };
    return new Detector({ ...draft, format: 'semblance-model/1', files } as DetectionManifest, session);
  }

  /** Bright where cells shall speak: a block of 4 × 3 of them. */
  function block(): Image {
    const image = createImage(64, 64);
    for (let y = 16; y < 40; y++) image.data.fill(255, 3 * (y * 64 + 16), 3 * (y * 64 + 48));
    return image;
  }

  test.each([
    [32, 0, 'consistent'],
    [16, 0.5, 'inconsistent'],
    [64, -1, 'inconsistent'],
    [20, 0.375, 'inconsistent'],
  ])('anchors of %i where 32 were meant: the centre drifts by 1 − k', async (side, drift, verdict) => {
    await using detector = await teller(side);
    const score = await scoreDialect(detector, [block(), block()]);
    expect(score.drift).toBeCloseTo(drift, 4);
    expect(score).toMatchObject({ verdict, numGroups: 2, numCells: 24, landmarkOrder: 1 });
  });

  test('without faces nothing can be told', async () => {
    await using detector = await teller(16);
    expect((await scoreDialect(detector, [createImage(64, 64)])).verdict).toBe('unsure');
    expect((await scoreDialect(detector, [])).verdict).toBe('unsure');
  });

  test('an import under wrong anchors is refused and writes nothing; under the right ones it is done', async () => {
    await writeFile(path('teller.onnx'), centreTeller());
    const options = {
      file: path('teller.onnx'),
      dialect: 'custom',
      out: path('out'),
      images: [block(), block()],
    };
    const custom = (side: number) => ({
      task: 'detection' as const,
      head: 'retinaface',
      std: 255,
      strides: [8],
      minSizes: [[side]],
    });
    const wrong = importOnnx({ ...options, conventions: custom(16) });
    await expect(wrong).rejects.toEqual(code('MODEL_DIALECT_MISMATCH'));
    await expect(wrong).rejects.toThrow('0.50 of what they should be');
    expect(await readdir(dir)).not.toContain('out');
    expect((await importOnnx({ ...options, conventions: custom(32) })).score!.verdict).toBe('consistent');
  });
});
