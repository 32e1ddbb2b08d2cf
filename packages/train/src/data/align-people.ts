import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  alignFace,
  asSemblanceError,
  chooseSubject,
  decodeImage,
  encodeJpeg,
  loadDetector,
  readPersonFolders,
  SemblanceError,
} from '@semblance/face';

export interface AlignOptions {
  /** A folder per person of photos. */
  data: string;
  /** A detector with landmarks: model folder or .onnx. */
  detector: string;
  /** The folder per person of crops to be made; crops that are there already are kept. */
  out: string;
  /** Side of the crops in pixels. */
  size: number;
  onProgress?: (done: number, total: number) => void;
  /** Told of photos that are left out. */
  onRefused?: (path: string, reason: string) => void;
}

/**
 * Cuts one aligned crop out of every photo: the face of the largest, most central person, moved to the template.
 *
 * Photos that cannot be read or show no face are told of and left out.
 *
 * @returns how many crops `out` now holds of these photos
 * @throws those of readPersonFolders and loadDetector; MODEL_NO_LANDMARKS
 */
export async function alignPeople(options: AlignOptions): Promise<number> {
  const { data, out, size, onProgress = () => {}, onRefused = () => {} } = options;
  const { people, numImages } = await readPersonFolders(data);
  await using detector = await loadDetector(options.detector);
  if (!detector.hasLandmarks) throw new SemblanceError('MODEL_NO_LANDMARKS');
  let numCrops = 0;
  let numDone = 0;
  for (const { name, images } of people) {
    for (const photo of images) {
      const crop = join(out, name, `${photo.name}.jpg`);
      const refusal = existsSync(crop) ? null : await alignPhoto(photo.path, crop);
      if (refusal === null) numCrops++;
      else onRefused(photo.path, refusal);
      onProgress(++numDone, numImages);
    }
  }
  return numCrops;

  async function alignPhoto(path: string, crop: string): Promise<string | null> {
    try {
      const image = await decodeImage(path);
      const face = chooseSubject(await detector.detect(image), image.width, image.height);
      if (!face?.landmarks) return 'no face was found';
      const bytes = await encodeJpeg(alignFace(image, face.landmarks, size), { quality: 95 });
      await mkdir(dirname(crop), { recursive: true });
      // Written aside first: a crop that exists is whole.
      await writeFile(`${crop}.part`, bytes);
      await rename(`${crop}.part`, crop);
      return null;
    } catch (cause) {
      const { code, message } = asSemblanceError(cause);
      if (!code.startsWith('IMAGE_')) throw cause;
      return message;
    }
  }
}
