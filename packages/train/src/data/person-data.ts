import { hashBytes } from '@semblance/core/files';
import { permutation, Random } from '@semblance/core/random';
import { type ImageList, openImages, readPersonSource, selectImages } from '@semblance/lab/datasets';
import { SemblanceError } from '../error.ts';
import { decodePhoto } from './decode-photo.ts';
import { cropAdvice, whyUnusable } from './readable-image.ts';

/** Photos with the index of their person. */
export interface LabelledPhotos {
  images: ImageList;
  labels: Int32Array;
}

export interface PersonData {
  /** Names by label. */
  people: readonly string[];
  train: LabelledPhotos;
  /** Held-out photos of the same people. */
  held: LabelledPhotos;
  fingerprint: string;
  /** SHA-256 of the names as JSON, in the order of the labels. */
  peopleHash: string;
}

/**
 * Reads people's photos for training (a folder per person, a RecordIO set), holding out some photos of each person.
 *
 * A person keeps at least as many photos for training as are held out; which are held out follows from the seed.
 *
 * @throws those of readPersonSource; TRAIN_DATA_UNUSABLE where there are fewer than two people
 */
export async function readPersonData(path: string, heldPerPerson: number, seed: number): Promise<PersonData> {
  const source = await readPersonSource(path);
  const { people, images, labels } = source;
  if (people.length < 2) {
    throw new SemblanceError(
      'TRAIN_DATA_UNUSABLE',
      `${path} has photos of one person only (${people[0]}): training needs at least two`,
    );
  }
  const isHeld = heldOut(labels, people.length, heldPerPerson, seed);
  const part = (held: boolean): LabelledPhotos => {
    const indices = Uint32Array.from(labels.keys()).filter((i) => isHeld[i] === Number(held));
    return { images: selectImages(images, indices), labels: Int32Array.from(indices, (i) => labels[i]!) };
  };
  return {
    people,
    train: part(false),
    held: part(true),
    fingerprint: await source.fingerprint(),
    peopleHash: hashBytes(JSON.stringify(people)),
  };
}

/** 1 for each photo that is held out. */
function heldOut(labels: Int32Array, numPeople: number, perPerson: number, seed: number): Uint8Array {
  const photosOf: number[][] = Array.from({ length: numPeople }, () => []);
  for (const [i, label] of labels.entries()) photosOf[label]!.push(i);
  const isHeld = new Uint8Array(labels.length);
  for (const [label, photos] of photosOf.entries()) {
    const numHeld = Math.min(perPerson, Math.floor(photos.length / 2));
    const order = permutation(photos.length, Random.of(seed, 0x4e1d, label));
    for (const k of order.subarray(0, numHeld)) isHeld[photos[k]!] = 1;
  }
  return isHeld;
}

/** Photos that are looked at before a training: enough to tell crops from photos, few enough to take no time. */
const mostLookedAt = 32;

/**
 * Holds photos, evenly spread over the set, against what training takes. A few that are no crops are left out as they
 * come; where most are none, what is left would not be worth a training.
 *
 * @throws DATA_INVALID where most of those that can be read are not square
 */
export async function assertCrops(list: ImageList): Promise<void> {
  const images = openImages(list);
  const numLooks = Math.min(images.length, mostLookedAt);
  const wide: string[] = [];
  let numRead = 0;
  for (let k = 0; k < numLooks; k++) {
    const index = Math.floor((k * images.length) / numLooks);
    try {
      const { width, height } = await decodePhoto(await images.read(index));
      numRead++;
      if (width !== height) wide.push(`${images.label(index)} is ${width}×${height}`);
    } catch (error) {
      if (whyUnusable(error) === null) throw error;
    }
  }
  await images.close();
  if (2 * wide.length <= numRead) return;
  const message = `${wide.length} of ${numRead} photos looked at are not square (${wide[0]}): ${cropAdvice}`;
  throw new SemblanceError('DATA_INVALID', message);
}
