import { permutation, Random } from '@semblance/core/random';
import { type ImageList, readPersonSource, selectImages } from '@semblance/lab/datasets';
import { SemblanceError } from '../error.ts';

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
  return { people, train: part(false), held: part(true), fingerprint: await source.fingerprint() };
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
