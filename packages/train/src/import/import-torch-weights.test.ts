import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Random } from '@semblance/core/random';
import { decodeImage } from '@semblance/face/image';
import { loadDetector, loadRecognizer, openModel } from '@semblance/face/models';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBackbone } from '../backbones/index.ts';
import { importTorchWeights } from './import-torch-weights.ts';

const data = process.env.SEMBLANCE_DATA ?? resolve(import.meta.dirname, '../../../../../shared/data');
const weights = (name: string) => join(data, 'weights', name);
const hasData = existsSync(weights('retinaface-mnet025.pth'));
if (!hasData) console.warn(`published weights are not in ${data}: set SEMBLANCE_DATA to test their import`);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The largest difference of two networks' outputs, by the number of values an anchor or crop has. */
async function differenceOf(ours: string, theirs: string, shape: number[], draw: () => number) {
  const [a, b] = [await openModel(ours), await openModel(theirs)];
  const input = Float32Array.from({ length: shape.reduce((x, y) => x * y) }, draw);
  const outputs = await Promise.all([a, b].map(({ session }) => session.run(input, shape)));
  const bySize = outputs.map((output) => Object.values(output).sort((x, y) => x.length - y.length));
  await Promise.all([a.session.close(), b.session.close()]);
  expect(bySize[0]!.map((values) => values.length)).toEqual(bySize[1]!.map((values) => values.length));
  let most = 0;
  for (const [o, values] of bySize[0]!.entries()) {
    for (const [i, value] of values.entries()) most = Math.max(most, Math.abs(value - bySize[1]![o]![i]!));
  }
  return most;
}

describe.skipIf(!hasData)('published weights', () => {
  test('the detector equals its own ONNX file and finds six faces in a photo of six', async () => {
    const out = join(folder, 'detector');
    const { manifest, score } = await importTorchWeights({
      file: weights('retinaface-mnet025.pth'),
      dialect: 'retinaface-mnet025',
      out,
    });
    expect(score?.verdict).toBe('consistent');
    expect(manifest).toMatchObject({
      task: 'detection',
      origin: { dialect: 'retinaface-mnet025', file: 'retinaface-mnet025.pth' },
    });
    const rng = Random.of(1);
    const draw = () => rng.range(-120, 130);
    const difference = await differenceOf(out, weights('retinaface-mnet025.onnx'), [1, 3, 640, 640], draw);
    expect(difference).toBeLessThan(1e-4);

    const detector = await loadDetector(out);
    const faces = await detector.detect(await decodeImage(join(data, 'groups/friends-t1.jpg')), {
      scoreThreshold: 0.02,
    });
    await detector.close();
    expect(faces.filter((face) => face.score > 0.9)).toHaveLength(6);
    expect((await readdir(out)).sort()).toEqual(['manifest.json', 'model.onnx', 'model.safetensors']);
  });

  test('the 1MB variant is taken under its own dialect and refused under the other', async () => {
    const file = weights('retinaface-mnet025-1mb-variant.pth');
    const out = join(folder, '1mb');
    await expect(importTorchWeights({ file, dialect: 'retinaface-mnet025', out })).rejects.toMatchObject({
      code: 'MODEL_DIALECT_MISMATCH',
      message: expect.stringContaining('consistent under retinaface-mnet025-1mb'),
    });
    expect(existsSync(out)).toBe(false);
    const { score } = await importTorchWeights({ file, dialect: 'retinaface-mnet025-1mb', out });
    expect(score?.verdict).toBe('consistent');
    const detector = await loadDetector(out);
    const faces = await detector.detect(await decodeImage(join(data, 'groups/friends-t1.jpg')));
    await detector.close();
    expect(faces.filter((face) => face.score > 0.9)).toHaveLength(6);
  });

  test('the standard weights are refused under the 1MB dialect', async () => {
    const file = weights('retinaface-mnet025.pth');
    await expect(
      importTorchWeights({ file, dialect: 'retinaface-mnet025-1mb', out: join(folder, 'wrong') }),
    ).rejects.toMatchObject({ code: 'MODEL_DIALECT_MISMATCH', details: { better: 'retinaface-mnet025' } });
  });

  test('MobileFaceNet embeds as its own ONNX file does', async () => {
    const out = join(folder, 'recognizer');
    // a folder with files of others is not emptied, by --force neither
    await mkdir(out);
    await writeFile(join(out, 'notes.txt'), 'mine');
    const importing = { file: weights('mobilefacenet.pt'), dialect: 'mobilefacenet-foamliu', out };
    await importTorchWeights(importing);
    await importTorchWeights({ ...importing, overwrite: true });
    expect(await readFile(join(out, 'notes.txt'), 'utf8')).toBe('mine');
    const rng = Random.of(2);
    const draw = () => rng.range(-2, 2);
    const difference = await differenceOf(out, weights('MobileFaceNet.onnx'), [1, 3, 112, 112], draw);
    expect(difference).toBeLessThan(1e-4);
    const recognizer = await loadRecognizer(out);
    expect(recognizer.embeddingSize).toBe(128);
    await recognizer.close();
  });

  test('a dialect of one’s own makes a model that names it', async () => {
    const { manifest } = await importTorchWeights({
      file: weights('mobilefacenet.pt'),
      dialect: {
        name: 'my-lab',
        task: 'recognition',
        create: () => ({
          architecture: 'mbf-paper',
          network: createBackbone('mbf-paper', { activation: 'relu6' }),
          inputSize: 112,
          embeddingSize: 128,
        }),
        mean: [0, 0, 0],
        std: [255, 255, 255],
      },
      out: join(folder, 'own'),
    });
    expect(manifest).toMatchObject({
      origin: { dialect: 'my-lab', file: 'mobilefacenet.pt' },
      input: { std: [255, 255, 255] },
    });
  });

  test('weights of another network are refused with what is missing', async () => {
    await expect(
      importTorchWeights({
        file: weights('mobilefacenet.pt'),
        dialect: 'retinaface-mnet025',
        out: join(folder, 'other'),
      }),
    ).rejects.toMatchObject({
      code: 'MODEL_DIALECT_MISMATCH',
      message: expect.stringMatching(/lacks body\.stage1.* besides conv1/),
    });
  });
});

test('files that are no weights, unknown dialects and taken folders are refused', async () => {
  const file = join(folder, 'text.pth');
  await writeFile(file, 'not a torch file');
  const out = join(folder, 'none');
  const attempt = (options: object) =>
    importTorchWeights({ file, dialect: 'retinaface-r50', out, ...options });
  await expect(attempt({})).rejects.toMatchObject({ code: 'MODEL_INVALID' });
  await expect(attempt({ file: `${file}.gone` })).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' });
  await expect(attempt({ dialect: 'vgg' })).rejects.toMatchObject({ code: 'MODEL_DIALECT_UNKNOWN' });
  await writeFile(join(folder, 'manifest.json'), '{}');
  await expect(attempt({ out: folder })).rejects.toMatchObject({ code: 'PATH_EXISTS' });
});
