import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeRealData, realData } from '../../../../test/support/real-data.ts';
import { alignFace } from '../align/align.ts';
import { iou } from '../geometry/box.ts';
import type { Face } from '../geometry/types.ts';
import { decodeImage } from '../image/decode.ts';
import type { Image } from '../image/image.ts';
import { FacePipeline } from '../pipeline/pipeline.ts';
import { scoreDialect } from './dialect-score.ts';
import { importOnnx } from './import.ts';
import { loadDetector, loadRecognizer } from './load.ts';

const weights = (name: string) => realData('weights', name);

/** Eyes above mouth, left before right, and all inside the box. */
function expectLandmarksInOrder({ box, landmarks }: Face): void {
  const [leftEye, rightEye, nose, leftMouth, rightMouth] = landmarks!;
  expect(leftEye![0]).toBeLessThan(rightEye![0]);
  expect(leftMouth![0]).toBeLessThan(rightMouth![0]);
  expect(Math.max(leftEye![1], rightEye![1])).toBeLessThan(nose![1]);
  expect(nose![1]).toBeLessThan(Math.min(leftMouth![1], rightMouth![1]));
  for (const [x, y] of landmarks!) {
    expect(x).toBeGreaterThan(box[0]);
    expect(x).toBeLessThan(box[2]);
    expect(y).toBeGreaterThan(box[1]);
    expect(y).toBeLessThan(box[3]);
  }
}

describeRealData('published models', () => {
  let friends: Image;
  let dir = '';
  beforeAll(async () => {
    friends = await decodeImage(realData('groups', 'friends-t1.jpg'));
    dir = await mkdtemp(join(tmpdir(), 'published-'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  test('RetinaFace finds exactly the six faces above 0.9, bare and imported alike', async () => {
    await using bare = await loadDetector(weights('retinaface-mnet025.onnx'));
    expect(bare.manifest.origin!.dialect).toBe('retinaface-mnet025');
    const faces = await bare.detect(friends, { scoreThreshold: 0.9 });
    expect(faces.length).toBe(6);
    faces.forEach(expectLandmarksInOrder);

    const file = weights('retinaface-mnet025.onnx');
    const imported = await importOnnx({
      file,
      dialect: 'retinaface-mnet025',
      out: join(dir, 'r'),
      images: [friends],
    });
    expect(imported.score).toMatchObject({ verdict: 'consistent', landmarkOrder: 1 });
    await using folder = await loadDetector(join(dir, 'r'));
    expect(await folder.detect(friends, { scoreThreshold: 0.9 })).toEqual(faces);
  });

  test('YuNet finds the same six, at any size of the picture', async () => {
    await using retinaface = await loadDetector(weights('retinaface-mnet025.onnx'));
    await using yunet = await loadDetector(weights('yunet_n_dynamic.onnx'));
    const expected = await retinaface.detect(friends);
    for (const options of [{}, { scale: 1 }, { maxSide: 800 }]) {
      const faces = await yunet.detect(friends, { scoreThreshold: 0.6, ...options });
      expect(faces.length).toBe(6);
      faces.forEach(expectLandmarksInOrder);
      for (const { box, landmarks } of expected) {
        const twin = faces.find((face) => iou(face.box, box) > 0.6)!;
        twin.landmarks!.forEach(([x, y], i) => {
          expect(Math.hypot(x - landmarks![i]![0], y - landmarks![i]![1])).toBeLessThan(
            0.1 * (box[3] - box[1]),
          );
        });
      }
    }
  });

  test('a detector without landmarks finds faces, and cannot feed alignment', async () => {
    await using detector = await loadDetector(weights('ultralight-rfb-320.onnx'));
    await using recognizer = await loadRecognizer(weights('MobileFaceNet.onnx'));
    const faces = await detector.detect(friends, { scoreThreshold: 0.9 });
    expect(faces.length).toBe(6);
    expect(faces.every((face) => face.landmarks === null)).toBe(true);
    expect(() => new FacePipeline({ detector, recognizer })).toThrow(
      expect.objectContaining({ code: 'MODEL_NO_LANDMARKS' }),
    );
  });

  test('the right dialects agree with themselves, the other anchors do not', async () => {
    const images = [friends];
    for (const name of ['000_5', '012_4', '016_8'])
      images.push(await decodeImage(realData('groups', 'compreface', `${name}.jpg`)));
    for (const name of ['retinaface-mnet025.onnx', 'yunet_n_dynamic.onnx']) {
      await using detector = await loadDetector(weights(name));
      const score = await scoreDialect(detector, images);
      expect(score.verdict).toBe('consistent');
      expect(Math.abs(score.drift)).toBeLessThan(0.05);
    }
    const file = weights('retinaface-mnet025.onnx');
    const out = join(dir, 'wrong');
    const wrong = {
      file,
      dialect: 'retinaface-mnet025',
      out,
      images: [friends],
      conventions: {
        minSizes: [
          [10, 20],
          [32, 64],
          [128, 256],
        ],
      },
    };
    await expect(importOnnx(wrong)).rejects.toMatchObject({ code: 'MODEL_DIALECT_MISMATCH' });
    await expect(importOnnx({ ...wrong, dialect: 'retinaface-mnet025-1mb' })).rejects.toMatchObject({
      code: 'MODEL_DIALECT_MISMATCH',
    });
  });

  test('MobileFaceNet tells people apart', async () => {
    await using detector = await loadDetector(weights('retinaface-mnet025.onnx'));
    await using recognizer = await loadRecognizer(weights('MobileFaceNet.onnx'));
    expect(recognizer.embeddingSize).toBe(128);
    const people = ['George_W_Bush', 'Colin_Powell', 'Tony_Blair', 'Serena_Williams', 'Jennifer_Capriati'];
    const embeddings: { person: string; embedding: Float32Array }[] = [];
    for (const person of people) {
      for (const number of ['0001', '0002', '0003']) {
        const image = await decodeImage(realData('lfw', person, `${person}_${number}.jpg`));
        const [face] = await detector.detect(image, { maxFaces: 1 });
        const [embedding] = await recognizer.embed([alignFace(image, face!.landmarks!)]);
        expect(Math.hypot(...embedding!)).toBeCloseTo(1, 5);
        embeddings.push({ person, embedding: embedding! });
      }
    }
    for (const [i, a] of embeddings.entries()) {
      for (const b of embeddings.slice(i + 1)) {
        const cosine = a.embedding.reduce((sum, value, k) => sum + value * b.embedding[k]!, 0);
        if (a.person === b.person) expect(cosine).toBeGreaterThan(0.45);
        else expect(cosine).toBeLessThan(0.4);
      }
    }
  });
});
