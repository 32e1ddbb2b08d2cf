import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, writeFile } from '@semblance/core/files';
import { asPhotoError, type Image } from '@semblance/face/image';
import {
  type DetectionManifest,
  Detector,
  openModel,
  openSession,
  type Session,
  writeManifest,
} from '@semblance/face/models';
import { quantizeOnnx, valuesToCalibrate, withOutputs } from '@semblance/torch/onnx';
import { SemblanceError } from '../error.ts';
import { Histogram } from './histogram.ts';

export interface QuantizeDetectorOptions {
  /** Model folder or bare .onnx of a detector. */
  model: string;
  /** Photos like those to come, decoded when asked for: they are gone through twice. */
  photos: readonly (() => Promise<Image>)[];
  /** The model folder to be made. */
  out: string;
  /** Convolutions at the beginning that stay in float (3). */
  floatFirst?: number;
  onPhoto?: (done: number, total: number) => void;
  /** Is told of photos that cannot be read: the others are calibrated with. */
  onRefused?: (index: number, reason: string) => void;
}

export interface QuantizeDetectorResult {
  manifest: DetectionManifest;
  /** Photos that were calibrated with. */
  numPhotos: number;
  /** Nodes computed on 8 bits, of all. */
  numQuantized: number;
  numNodes: number;
  sizeBytes: { before: number; after: number };
}

/**
 * Makes a detector that computes on 8 bits: ranges of all values are measured on photos, and chosen for the least squared
 * error.
 *
 * @throws SemblanceError PATH_EXISTS, DATA_EMPTY without a photo that can be read, MODEL_WRONG_TASK, those of openModel; TorchError
 *   EXPORT_INVALID where nothing of the network can be quantised
 * @example
 * Not run here: the detector of the examples is too small to gain by it.
 *
 * ```ts
 * import { decodeImage, photosAt } from '@semblance/face';
 * import { quantizeDetector } from '@semblance/train';
 *
 * const photos = (await photosAt('photos')).map(({ path }) => () => decodeImage(path));
 * const { sizeBytes } = await quantizeDetector({ model: 'models/detector', photos, out: 'models/int8' });
 * console.log(`${sizeBytes.before} bytes became ${sizeBytes.after}`);
 * ```
 */
export async function quantizeDetector(options: QuantizeDetectorOptions): Promise<QuantizeDetectorResult> {
  const { model, photos, out, floatFirst = 3, onPhoto = () => {}, onRefused = () => {} } = options;
  if (existsSync(join(out, 'manifest.json'))) {
    throw new SemblanceError('PATH_EXISTS', `${out} already contains a model`);
  }
  if (photos.length === 0) throw new SemblanceError('DATA_EMPTY', 'there are no photos to calibrate with');
  const { manifest, session } = await openModel(model);
  await session.close();
  if (manifest.task !== 'detection') {
    throw new SemblanceError(
      'MODEL_WRONG_TASK',
      `Expected a detector to export to 8 bits, but ${model} is a recognizer`,
    );
  }
  const isFolder = (await stat(model)).isDirectory();
  const bytes = await readFile(isFolder ? join(model, 'model.onnx') : model);
  const names = valuesToCalibrate(bytes, { floatFirst });
  const histograms = new Map(names.map((name) => [name, new Histogram()]));
  const refused = new Set<number>();
  const observed = await openSession(withOutputs(bytes, names));
  try {
    for (const [pass, take] of (['widen', 'count'] as const).entries()) {
      const detector = new Detector(manifest, observing(observed, manifest.input.name, histograms, take));
      for (const [i, photo] of photos.entries()) {
        if (!refused.has(i)) {
          const image = await photo().catch((error: unknown) => {
            refused.add(i);
            onRefused(i, asPhotoError(error).message);
            return null;
          });
          if (image) await detector.detect(image);
        }
        if (refused.size === photos.length)
          throw new SemblanceError('DATA_EMPTY', `none of the ${photos.length} photos can be read`);
        onPhoto(pass * photos.length + i + 1, 2 * photos.length);
      }
    }
  } finally {
    await observed.close();
  }
  const ranges = new Map([...histograms].map(([name, histogram]) => [name, histogram.bestRange()]));
  const quantized = quantizeOnnx(bytes, ranges, { floatFirst });
  await makeFolder(out);
  await writeFile(join(out, 'model.onnx'), quantized.model);
  const { files: _, format: __, ...draft } = manifest;
  const written = await writeManifest(out, {
    ...draft,
    architecture: `${manifest.architecture}-int8`,
    createdAt: new Date().toISOString(),
  });
  return {
    manifest: written as DetectionManifest,
    numPhotos: photos.length - refused.size,
    numQuantized: quantized.numQuantized,
    numNodes: quantized.numNodes,
    sizeBytes: { before: bytes.length, after: quantized.model.length },
  };
}

/** A session whose inner values are looked at on the way. */
function observing(
  session: Session,
  inputName: string,
  histograms: ReadonlyMap<string, Histogram>,
  take: 'widen' | 'count',
): Session {
  return {
    ...session,
    async run(data, shape) {
      const outputs = await session.run(data, shape);
      for (const [name, histogram] of histograms) {
        histogram[take](name === inputName ? data : outputs[name]!);
      }
      return outputs;
    },
  };
}
