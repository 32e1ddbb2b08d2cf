import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mapAhead } from '@semblance/core/async';
import { hashBytes, safeRelativePath, writeAside } from '@semblance/core/files';
import { alignFace } from '@semblance/face/align';
import { decodeImage, encodeJpeg, isPhotoError } from '@semblance/face/image';
import type { DetectOptions, Detector } from '@semblance/face/models';
import { chooseSubject } from '@semblance/face/pipeline';
import { openImages } from '../datasets/image-lists/index.ts';
import type { PersonSource } from '../datasets/person-source.ts';
import { SemblanceError } from '../error.ts';
import { type AlignedPhoto, openAlignJournal } from './align-journal.ts';

export interface AlignPeopleOptions {
  /** Photos of people, however they are kept. */
  source: PersonSource;
  /** A detector with landmarks; it stays open. */
  detector: Detector;
  /** The folder per person of crops to be made. */
  out: string;
  /** Side of the crops in pixels (112). */
  size?: number;
  /** JPEG quality of the crops (95). */
  quality?: number;
  detect?: DetectOptions;
  onProgress?: (done: number, total: number) => void;
  /** Told of photos that are left out. */
  onRefused?: (photo: string, reason: string) => void;
}

export interface AlignPeopleResult {
  /** Crops that `out` holds of these photos. */
  numCrops: number;
  /** Of these, the ones that were there before. */
  numKept: number;
  refused: { photo: string; reason: string }[];
}

/** Photos in work at a time: while one is in the network, others are read and decoded. */
const AHEAD = 3;
/** Raised where the same photo would give another crop than before. */
const CROP_VERSION = 1;

/**
 * Cuts one aligned crop out of every photo: the face of the largest, most central person ({@link chooseSubject}), moved to the
 * template.
 *
 * What was done is kept in `align.jsonl` by the photo's content and the detector's conventions: a second run looks only at photos
 * that are new or changed, wherever they lie. Photos that cannot be read or show no face are told of and left out.
 *
 * @throws SemblanceError MODEL_NO_LANDMARKS; PATH_OUTSIDE_ROOT for a name that leaves the folder
 */
export async function alignPeople(options: AlignPeopleOptions): Promise<AlignPeopleResult> {
  const { source, detector, out, size = 112, quality = 95, detect = {}, onProgress = () => {} } = options;
  if (!detector.hasLandmarks) throw new SemblanceError('MODEL_NO_LANDMARKS');
  const conventions = JSON.stringify([
    CROP_VERSION,
    detector.id,
    detector.manifest.detector,
    detect,
    size,
    quality,
  ]);
  await mkdir(out, { recursive: true });
  const journal = await openAlignJournal(join(out, 'align.jsonl'));
  const images = openImages(source.images);
  const result: AlignPeopleResult = { numCrops: 0, numKept: 0, refused: [] };
  let numDone = 0;
  try {
    for await (const { photo, error, isKept } of mapAhead(source.labels.keys(), work, AHEAD)) {
      if (error === null) result.numCrops++;
      else result.refused.push({ photo, reason: error });
      if (isKept && error === null) result.numKept++;
      if (error !== null) options.onRefused?.(photo, error);
      onProgress(++numDone, images.length);
    }
  } finally {
    await images.close();
  }
  return result;

  async function work(index: number): Promise<{ photo: string; error: string | null; isKept: boolean }> {
    const photo = images.label(index);
    let bytes: Uint8Array;
    try {
      bytes = await images.read(index);
    } catch (error) {
      // not remembered: the next attempt may find it mended
      return { photo, error: messageOf(error), isKept: false };
    }
    const person = source.people[source.labels[index]!]!;
    const name = images.name(index);
    const crop = safeRelativePath(name.startsWith(`${person}/`) ? `${name}.jpg` : `${person}/${name}.jpg`);
    const key = hashBytes(`${hashBytes(bytes)}${conventions}`);
    const before = journal.get(key);
    if (before && (before.error !== null || existsSync(join(out, before.crop!)))) {
      if (before.crop !== null && before.crop !== crop)
        await place(crop, (aside) => copyFile(join(out, before.crop!), aside));
      return { photo, error: before.error, isKept: true };
    }
    const made = await cropOf(bytes);
    if (made.jpeg) await place(crop, (aside) => writeFile(aside, made.jpeg!));
    const { box, score, error } = made;
    await journal.add({ photo: name, key, crop: error === null ? crop : null, box, score, error });
    return { photo, error, isKept: false };
  }

  async function cropOf(
    bytes: Uint8Array,
  ): Promise<Pick<AlignedPhoto, 'box' | 'score' | 'error'> & { jpeg: Uint8Array | null }> {
    const nothing = { box: null, score: null, jpeg: null };
    try {
      const image = await decodeImage(bytes);
      const face = chooseSubject(await detector.detect(image, detect), image.width, image.height);
      if (!face?.landmarks) return { ...nothing, error: 'no face was found' };
      const jpeg = await encodeJpeg(alignFace(image, face.landmarks, size), { quality });
      return { box: face.box, score: face.score, error: null, jpeg };
    } catch (error) {
      return { ...nothing, error: messageOf(error) };
    }
  }

  /** Written aside first: a crop that exists is whole. */
  async function place(crop: string, write: (aside: string) => Promise<void>): Promise<void> {
    const path = join(out, crop);
    await mkdir(dirname(path), { recursive: true });
    await writeAside(path, write);
  }
}

/** Why a photo is left out; what is not the photo's own doing is thrown on. */
function messageOf(error: unknown): string {
  if (isPhotoError(error)) return error.message;
  throw error;
}
