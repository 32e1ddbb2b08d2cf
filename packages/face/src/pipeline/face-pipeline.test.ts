import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeJpeg, encodePng } from '../image/encode.ts';
import { createImage, type Image } from '../image/image.ts';
import type { Detector } from '../models/detector.ts';
import { loadDetector, loadRecognizer } from '../models/load.ts';
import type { Recognizer } from '../models/recognizer.ts';
import { tinyDetector, tinyRecognizer } from '../testing/tiny-models.ts';
import { embedSubject } from './embed-subject.ts';
import { createFinder } from './finder.ts';
import type { GallerySearch } from './gallery-search.ts';
import { FacePipeline } from './pipeline.ts';
import type { FaceFinder } from './stages.ts';

let dir = '';
let detector: Detector;
let recognizer: Recognizer;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pipeline-'));
  await writeFile(join(dir, 'd.onnx'), tinyDetector());
  await writeFile(join(dir, 'r.onnx'), tinyRecognizer());
  detector = await loadDetector(join(dir, 'd.onnx'), {
    dialect: 'scrfd',
    conventions: { anchorsPerCell: 1 },
  });
  recognizer = await loadRecognizer(join(dir, 'r.onnx'), { dialect: 'arcface-insightface' });
});
afterAll(async () => {
  await detector.close();
  await recognizer.close();
  await rm(dir, { recursive: true });
});

/** White squares at these places; what surrounds them is of this colour, and that is what tells them apart. */
function scene(colour: [number, number, number], ...places: [number, number][]): Image {
  const image = createImage(128, 96, colour);
  for (const [left, top] of places) {
    for (let y = top; y < top + 8; y++) image.data.fill(255, 3 * (y * 128 + left), 3 * (y * 128 + left + 8));
  }
  return image;
}

/** A gallery in a list. */
function gallery(
  known: Record<string, Float32Array>,
  threshold: number,
  modelId = recognizer.id,
): GallerySearch {
  return {
    threshold,
    meta: { modelId },
    search: (embedding, k) =>
      Object.entries(known)
        .map(([subject, other]) => ({
          subject,
          similarity: other.reduce((sum, v, i) => sum + v * embedding[i]!, 0),
        }))
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, k),
  };
}

test('detects, aligns, embeds, searches, and answers for each face', async () => {
  const [reds, blues] = [scene([120, 10, 10], [40, 24]), scene([10, 10, 120], [40, 24])];
  const enroller = new FacePipeline({ detector, recognizer });
  const [red] = await enroller.embed(reds, { scale: 1 });
  const [blue] = await enroller.embed(blues, { scale: 1 });
  expect(red!.crop).toMatchObject({ width: 112, height: 112 });
  expect(Math.hypot(...red!.embedding)).toBeCloseTo(1, 5);

  const known = gallery({ red: red!.embedding, blue: blue!.embedding }, 0.99);
  const pipeline = new FacePipeline({ detector, recognizer, gallery: known });
  const [face, twin] = await pipeline.recognize(scene([120, 10, 10], [40, 24], [96, 64]), { scale: 1 });
  expect(face).toMatchObject({
    box: [28, 12, 52, 36],
    match: { subject: 'red' },
    reason: null,
    threshold: 0.99,
  });
  expect(face!.match!.similarity).toBeCloseTo(1, 4);
  expect(twin).toMatchObject({ match: { subject: 'red' } });
  expect(face!.landmarks[2]).toEqual([40, 24]);
  expect(face!.candidates.map((hit) => hit.subject)).toEqual(['red', 'blue']);

  const [stranger] = await pipeline.recognize(scene([10, 90, 10], [40, 24]), { scale: 1 });
  expect(stranger).toMatchObject({ match: null, reason: 'below_threshold', threshold: 0.99 });
  expect(stranger!.candidates.length).toBe(2);
  expect(await pipeline.recognize(createImage(64, 64), { scale: 1 })).toEqual([]);
});

test('without a gallery it says so', async () => {
  const [face] = await new FacePipeline({ detector, recognizer }).recognize(scene([9, 9, 9], [40, 24]), {
    scale: 1,
  });
  expect(face).toMatchObject({ match: null, reason: 'no_gallery', threshold: null });
});

test('a gallery of another model is refused', () => {
  const other = gallery({}, 0.5, 'other-000000000000');
  expect(() => new FacePipeline({ detector, recognizer, gallery: other })).toThrow(
    expect.objectContaining({ code: 'GALLERY_MODEL_MISMATCH' }),
  );
});

test('stages that run elsewhere give the same: only plain data crosses', async () => {
  const here = createFinder(detector);
  const elsewhere: FaceFinder<Uint8Array> = {
    hasLandmarks: true,
    find: async (bytes, plan) =>
      structuredClone(await here.find(structuredClone(bytes), structuredClone(plan))),
  };
  const embed = async (crops: Image[]) => structuredClone(await recognizer.embed(structuredClone(crops)));
  const remote = new FacePipeline({
    finder: elsewhere,
    recognizer: { id: recognizer.id, cropSize: recognizer.cropSize, embed },
  });
  const file = await encodePng(scene([120, 10, 10], [40, 24], [96, 64]));
  const plan = { scale: 1, jpegQuality: 90 };
  const expected = await new FacePipeline({ detector, recognizer }).embed(file, plan);
  expect(expected.length).toBe(2);
  expect(await remote.embed(file, plan)).toEqual(expected);
});

test('a plan says which faces are cut out, how large, and what is handed on', async () => {
  const finder = createFinder(detector);
  const picture = scene([120, 10, 10], [40, 24], [96, 64]);
  const all = await finder.find(picture, { scale: 1 });
  expect(all).toMatchObject({ width: 128, height: 96, numFaces: 2 });
  expect(all.faces.map(({ crop, jpeg }) => [crop?.width, jpeg])).toEqual([
    [112, null],
    [112, null],
  ]);
  const one = await finder.find(picture, {
    scale: 1,
    faces: 'subject',
    cropSize: 64,
    keepCrops: false,
    jpegQuality: 95,
  });
  expect(one).toMatchObject({ numFaces: 2, faces: [{ crop: null, jpeg: expect.any(Uint8Array) }] });
  expect(one.faces[0]!.box).toEqual(all.faces[0]!.box);

  const pipeline = new FacePipeline({ detector, recognizer });
  const subject = await embedSubject(pipeline, picture, 'a/b.jpg', { scale: 1 });
  expect(subject).toMatchObject({ box: all.faces[0]!.box, numFaces: 2 });
  await expect(embedSubject(pipeline, createImage(64, 64), 'a/b.jpg')).rejects.toThrow(
    expect.objectContaining({ code: 'NO_FACE', message: 'no face was found in b.jpg' }),
  );
});

test('a large JPEG is decoded as large as needed, or whole', async () => {
  const file = await encodeJpeg(createImage(3200, 2400, [120, 10, 10]));
  const sizes: (string | null)[] = [];
  const spy = {
    hasLandmarks: true,
    async detect(picture: Parameters<Detector['detect']>[0]) {
      sizes.push('data' in picture ? 'pixels' : picture.decoded && 'decoded');
      return [];
    },
  };
  await createFinder(spy).find(file);
  await createFinder(spy).find(file, { decode: { size: 'whole' } });
  expect(sizes).toEqual([null, 'pixels']);
  await expect(createFinder(spy).find(file, { decode: { size: 'whole', maxPixels: 1e6 } })).rejects.toThrow(
    expect.objectContaining({ code: 'IMAGE_TOO_LARGE' }),
  );
});

test('the whole picture as a face that was aligned before: nothing is looked for, and it is resized to the crop’s size', async () => {
  const noDetector = { hasLandmarks: true, detect: () => Promise.reject(new Error('looked')) };
  const picture = scene([200, 30, 30], [40, 40]);
  const plan = { faces: 'whole', cropSize: 64, jpegQuality: 90 } as const;
  const { faces, numFaces } = await createFinder(noDetector).find(picture, plan);
  expect([faces.length, numFaces]).toEqual([1, 1]);
  const [{ box, score, landmarks, crop, jpeg, quality }] = faces as [(typeof faces)[0]];
  expect([box, score, crop!.width, crop!.height]).toEqual([[0, 0, 128, 96], 1, 64, 64]);
  // where the template of 112 has the left eye, in pixels of the picture
  expect(landmarks![0]![0]).toBeCloseTo((38.2946 / 112) * 128, 3);
  expect(landmarks![0]![1]).toBeCloseTo((51.6963 / 112) * 96, 3);
  expect(jpeg!.length).toBeGreaterThan(0);
  expect(quality!.pose).toBeGreaterThan(0.9);
});
