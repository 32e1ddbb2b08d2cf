import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@semblance/core/random';
import { iou } from '@semblance/face/geometry';
import { decodeImage, encodePng } from '@semblance/face/image';
import { loadDetector } from '@semblance/face/models';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { quantizeDetector } from './quantize/quantize-detector.ts';
import { trainDetection } from './train-detection.ts';
import { readMetrics } from './trainer/metrics-log.ts';

let folder: string;
const size = 96;

/** Bright squares with two dark "eyes" on noise: enough of a face to be found. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'detection-'));
  const lines: string[] = [];
  for (let photo = 0; photo < 12; photo++) {
    const rng = Random.of(photo);
    const data = new Uint8Array(size * size * 3).map(() => rng.range(40, 90));
    const side = 30 + rng.below(24);
    const [left, top] = [rng.below(size - side), rng.below(size - side)];
    const paint = (u: number, v: number, part: number, value: number) => {
      for (let y = top + v * side; y < top + (v + part) * side; y++) {
        for (let x = left + u * side; x < left + (u + part) * side; x++) {
          data.fill(
            value,
            3 * (Math.floor(y) * size + Math.floor(x)),
            3 * (Math.floor(y) * size + Math.floor(x)) + 3,
          );
        }
      }
    };
    paint(0, 0, 1, 220);
    paint(0.2, 0.25, 0.2, 20);
    paint(0.6, 0.25, 0.2, 20);
    await writeFile(join(folder, `${photo}.png`), await encodePng({ data, width: size, height: size }));
    const points = [
      [0.3, 0.35],
      [0.7, 0.35],
      [0.5, 0.6],
      [0.3, 0.8],
      [0.7, 0.8],
    ];
    const landmarks = points.map(([u, v]) => `${left + u! * side} ${top + v! * side} 0`).join(' ');
    lines.push(`# ${photo}.png`, `${left} ${top} ${side} ${side} ${landmarks} 0`);
  }
  await writeFile(join(folder, 'label.txt'), lines.join('\n'));
});

afterAll(() => rm(folder, { recursive: true }));

const overrides = {
  inputSize: size,
  batchSize: 6,
  cropScales: '0.8,1',
  minFace: 8,
  epochs: 30,
  workers: 1,
  threads: 1,
  device: 'cpu',
  checkpointSteps: 20,
};

test('a detector learns to find what it is shown, and its model folder is ready to use', async () => {
  const out = join(folder, 'out');
  const { manifest } = await trainDetection({
    data: folder,
    out,
    recipe: 'retinaface-synthetic-small',
    overrides,
  });
  expect(manifest).toMatchObject({
    task: 'detection',
    architecture: 'retinaface-mnet025',
    data: { numImages: 12 },
    recipe: { name: 'retinaface-synthetic-small', inputSize: 96, cropScales: [0.8, 1] },
  });
  const losses = readMetrics(join(out, 'metrics.jsonl')).map(({ loss }) => loss as number);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(losses.slice(-10))).toBeLessThan(0.4 * mean(losses.slice(0, 10)));
  expect((await readdir(out)).sort()).toEqual([
    'checkpoints',
    'manifest.json',
    'metrics.jsonl',
    'model.onnx',
    'model.safetensors',
  ]);

  await using detector = await loadDetector(out);
  const labels = (await readFile(join(folder, 'label.txt'), 'utf8')).split('\n');
  let numFound = 0;
  for (let photo = 0; photo < 12; photo++) {
    const [left, top, side] = labels[2 * photo + 1]!.split(' ').map(Number);
    const [face] = await detector.detect(await decodeImage(join(folder, `${photo}.png`)), {
      scoreThreshold: 0.3,
    });
    if (!face) continue;
    const isNear =
      Math.abs(face.box[0] - left!) < 0.3 * side! && Math.abs(face.box[3] - top! - side!) < 0.3 * side!;
    if (isNear) numFound++;
  }
  expect(numFound).toBeGreaterThanOrEqual(9);
}, 240_000);

test('the detector on 8 bits is smaller and finds the same', async () => {
  const small = join(folder, 'int8');
  const paths = ['0.png', 'missing.png', '1.png', '2.png', '3.png', '4.png', '5.png'];
  const photos = paths.map((name) => () => decodeImage(join(folder, name)));
  const refused: number[] = [];
  const ticks: number[] = [];
  const { manifest, numPhotos, numQuantized, sizeBytes } = await quantizeDetector({
    model: join(folder, 'out'),
    photos,
    out: small,
    onPhoto: (done, total) => ticks.push(done / total),
    onRefused: (i) => refused.push(i),
  });
  expect(manifest.architecture).toBe('retinaface-mnet025-int8');
  expect([numPhotos, refused]).toEqual([6, [1]]);
  expect(numQuantized).toBeGreaterThan(80);
  expect(sizeBytes.after).toBeLessThan(0.4 * sizeBytes.before);
  expect(ticks.at(-1)).toBe(1);
  await using before = await loadDetector(join(folder, 'out'));
  await using after = await loadDetector(small);
  let [numFaces, numAgain] = [0, 0];
  for (let photo = 6; photo < 12; photo++) {
    const image = await decodeImage(join(folder, `${photo}.png`));
    const [face] = await before.detect(image, { scoreThreshold: 0.3 });
    const [again] = await after.detect(image, { scoreThreshold: 0.2 });
    if (!face) continue;
    numFaces++;
    if (again && iou(face.box, again.box) > 0.6) numAgain++;
  }
  expect(numFaces).toBeGreaterThanOrEqual(4);
  expect(numAgain).toBeGreaterThanOrEqual(numFaces - 1);
  await expect(quantizeDetector({ model: small, photos, out: small })).rejects.toMatchObject({
    code: 'PATH_EXISTS',
  });
  const out = join(folder, 'nothing');
  await expect(quantizeDetector({ model: small, photos: [], out })).rejects.toMatchObject({
    code: 'DATA_EMPTY',
  });
});

test('a detection run that was stopped goes on with the same losses', async () => {
  const short = { ...overrides, epochs: 3 };
  const recipe = 'retinaface-synthetic-small';
  const losses = (name: string) => readMetrics(join(folder, name, 'metrics.jsonl')).map(({ loss }) => loss);
  await trainDetection({ data: folder, out: join(folder, 'whole'), recipe, overrides: short });
  const controller = new AbortController();
  const stopped = trainDetection({
    data: folder,
    out: join(folder, 'stopped'),
    recipe,
    overrides: short,
    signal: controller.signal,
    onProgress: (event) => event.kind === 'step' && event.step === 2 && controller.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ code: 'TRAIN_STOPPED' });
  await trainDetection({
    data: folder,
    out: join(folder, 'stopped'),
    recipe,
    overrides: short,
    resume: true,
  });
  expect(losses('stopped')).toEqual(losses('whole'));
});

test('the paper’s five levels, other losses, several sizes and an evaluation train, export and load', async () => {
  const out = join(folder, 'paper');
  const { manifest, evaluation } = await trainDetection({
    data: folder,
    out,
    recipe: 'retinaface-r50-paper',
    overrides: {
      ...overrides,
      detector: 'retinaface-mnet025-paper',
      multiScale: '64,96',
      boxLoss: 'ciou',
      classLoss: 'focal',
      valPart: 0.25,
      epochs: 2,
    },
  });
  expect(manifest).toMatchObject({
    architecture: 'retinaface-mnet025-paper',
    data: { numImages: 9 },
    input: { multipleOf: 64 },
    detector: { strides: [4, 8, 16, 32, 64], anchorsPerCell: 3 },
    metrics: evaluation!,
  });
  await using detector = await loadDetector(out);
  // Any size, through the same decoding that the manifest describes: sizes that do not fit would be refused.
  const photo = await decodeImage(join(folder, '0.png'));
  expect((await detector.candidates(photo, { scoreThreshold: 0 })).count).toBe(
    3 * (32 ** 2 + 16 ** 2 + 8 ** 2 + 4 ** 2 + 2 ** 2),
  );
});

test('images without any labelled face are refused', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'empty-'));
  await writeFile(join(empty, 'label.txt'), '# a.png\n');
  await expect(trainDetection({ data: empty, out: join(empty, 'out') })).rejects.toMatchObject({
    code: 'TRAIN_DATA_UNUSABLE',
  });
  await rm(empty, { recursive: true });
});

test('held-out photos that are broken or missing are left out and named; the run ends with its evaluations', async () => {
  const data = join(folder, 'damaged');
  await mkdir(data);
  for (let photo = 0; photo < 12; photo++) {
    if (photo % 3 === 0) await writeFile(join(data, `${photo}.png`), 'no photo');
    else if (photo % 3 === 1) await copyFile(join(folder, `${photo}.png`), join(data, `${photo}.png`));
  }
  await copyFile(join(folder, 'label.txt'), join(data, 'label.txt'));
  const told: string[] = [];
  const evaluations: number[] = [];
  const { steps } = await trainDetection({
    data,
    out: join(folder, 'damaged-out'),
    recipe: 'retinaface-synthetic-small',
    overrides: { ...overrides, epochs: 2, valPart: 0.5, evalEpochs: 1, batchSize: 3, patience: 0 },
    onProgress(event) {
      if (event.kind === 'message') told.push(event.text);
      if (event.kind === 'evaluation') evaluations.push(event.metrics.valAp!);
    },
  });
  expect(steps).toBe(4);
  expect(evaluations).toHaveLength(2);
  for (const ap of evaluations) expect(ap).toBeGreaterThanOrEqual(0);
  const broken = [0, 2, 3, 5, 6, 8, 9, 11].map(
    (i) => `${join(data, `${i}.png`)} cannot be read and is left out`,
  );
  expect(told.sort()).toEqual(broken.sort());
}, 240_000);
