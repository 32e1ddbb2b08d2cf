import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  hashBytes,
  lockPlace,
  makeFolder,
  safeRelativePath,
  writeAside,
  writeFile,
} from '@semblance/core/files';
import { isPhotoError } from '@semblance/face/image';
import type { DetectOptions, Detector } from '@semblance/face/models';
import { createFinder, eachEncoded, type PicturePlan } from '@semblance/face/pipeline';
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

/** Raised where the same photo would give another crop than before: 2 since large photos are decoded as large as needed. */
const CROP_VERSION = 2;

/**
 * Cuts one aligned crop out of every photo: the face of the largest, most central person (`chooseSubject`), moved to the
 * template, as the pipeline cuts it out to be recognized.
 *
 * What was done is kept in `align.jsonl` by the photo's content and the detector's conventions: a second run looks only at photos
 * that are new or changed, wherever they lie. Photos that cannot be read or show no face are told of and left out.
 *
 * @throws SemblanceError MODEL_NO_LANDMARKS; PATH_BUSY; PATH_OUTSIDE_ROOT for a name that leaves the folder
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
  using _lock = await lockPlace(out, 'data align');
  await makeFolder(out);
  const journal = await openAlignJournal(join(out, 'align.jsonl'));
  const images = openImages(source.images);
  const result: AlignPeopleResult = { numCrops: 0, numKept: 0, refused: [] };
  const finder = createFinder(detector);
  const plan: PicturePlan = {
    ...detect,
    ...{ faces: 'subject', cropSize: size, keepCrops: false, jpegQuality: quality },
  };
  const read = (index: number) => images.read(index);
  let cropPaths: string[] = [];
  let numDone = 0;
  try {
    // all before the first photo: a name that leaves the folder is no fault of one photo
    cropPaths = Array.from(source.labels, (label, index) => {
      const [person, name] = [source.people[label]!, images.name(index)];
      return safeRelativePath(name.startsWith(`${person}/`) ? `${name}.jpg` : `${person}/${name}.jpg`);
    });
    for await (const { photo: index, result: made, error } of eachEncoded(source.labels.keys(), read, work)) {
      const photo = images.label(index);
      // what cannot be read is not remembered: the next attempt may find it mended
      const reason = error ? error.message : made.error;
      if (reason === null) result.numCrops++;
      else result.refused.push({ photo, reason });
      if (made?.isKept && reason === null) result.numKept++;
      if (reason !== null) options.onRefused?.(photo, reason);
      onProgress(++numDone, images.length);
    }
  } finally {
    await images.close();
  }
  return result;

  async function work(bytes: Uint8Array, index: number): Promise<{ error: string | null; isKept: boolean }> {
    const crop = cropPaths[index]!;
    const key = hashBytes(`${hashBytes(bytes)}${conventions}`);
    const before = journal.get(key);
    if (before && (before.error !== null || existsSync(join(out, before.crop!)))) {
      if (before.crop !== null && before.crop !== crop)
        await place(crop, (aside) => copyFile(join(out, before.crop!), aside));
      return { error: before.error, isKept: true };
    }
    const made = await cropOf(bytes);
    if (made.jpeg) await place(crop, (aside) => writeFile(aside, made.jpeg!));
    const { box, score, error } = made;
    await journal.add({
      photo: images.name(index),
      key,
      crop: error === null ? crop : null,
      box,
      score,
      error,
    });
    return { error, isKept: false };
  }

  async function cropOf(
    bytes: Uint8Array,
  ): Promise<Pick<AlignedPhoto, 'box' | 'score' | 'error'> & { jpeg: Uint8Array | null }> {
    const nothing = { box: null, score: null, jpeg: null };
    try {
      const [face] = (await finder.find(bytes, plan)).faces;
      if (!face) return { ...nothing, error: 'no face was found' };
      return { box: face.box, score: face.score, error: null, jpeg: face.jpeg };
    } catch (error) {
      if (!isPhotoError(error)) throw error;
      return { ...nothing, error: error.message };
    }
  }

  /** Written aside first: a crop that exists is whole. */
  async function place(crop: string, write: (aside: string) => Promise<void>): Promise<void> {
    const path = join(out, crop);
    await makeFolder(dirname(path));
    await writeAside(path, write);
  }
}
