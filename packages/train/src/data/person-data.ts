import { hashBytes } from '@semblance/core/files';
import { type ImageList, openImages, readPersonSource, selectImages } from '@semblance/lab/datasets';
import { SemblanceError } from '../error.ts';
import type { RecognitionRecipe } from '../recipes/recognition.ts';
import { decodePhoto } from './decode-photo.ts';
import { firstPhotos, heldPhotos, labelsWithout, strangersAmong } from './hold-out.ts';
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
  /** One photo each of people that are held out whole, none of whom is among `people`. */
  strangers: ImageList;
  fingerprint: string;
  /** SHA-256 of the names as JSON, in the order of the labels. */
  peopleHash: string;
}

/** What a recipe says of whom to hold out. */
export type HeldOut = Pick<RecognitionRecipe, 'valPerPerson' | 'calibrationPeople' | 'seed'>;

/**
 * Reads people's photos for training (a folder per person, a RecordIO set), holding out some people whole and some photos
 * of each other person.
 *
 * A person keeps at least as many photos for training as are held out; who and which are held out follows from the seed.
 *
 * @throws those of readPersonSource; TRAIN_DATA_UNUSABLE where there are fewer than two people to train on
 */
export async function readPersonData(
  path: string,
  { valPerPerson, calibrationPeople, seed }: HeldOut,
): Promise<PersonData> {
  const source = await readPersonSource(path);
  const { images } = source;
  const isStranger = strangersAmong(source.people.length, calibrationPeople, seed);
  const people = source.people.filter((_, person) => isStranger[person] === 0);
  if (people.length < 2) throw tooFew(path, source.people, calibrationPeople);
  const labelOf = labelsWithout(isStranger);
  const known = Uint32Array.from(source.labels.keys()).filter((i) => labelOf[source.labels[i]!]! >= 0);
  const labels = Int32Array.from(known, (i) => labelOf[source.labels[i]!]!);
  const isHeld = heldPhotos(labels, people.length, valPerPerson, seed);
  const part = (held: boolean): LabelledPhotos => {
    const chosen = Uint32Array.from(known.keys()).filter((k) => isHeld[k] === Number(held));
    return {
      images: selectImages(
        images,
        chosen.map((k) => known[k]!),
      ),
      labels: Int32Array.from(chosen, (k) => labels[k]!),
    };
  };
  return {
    people,
    train: part(false),
    held: part(true),
    strangers: selectImages(images, firstPhotos(source.labels, isStranger)),
    fingerprint: await source.fingerprint(),
    peopleHash: hashBytes(JSON.stringify(people)),
  };
}

function tooFew(
  path: string,
  people: readonly string[],
  calibrationPeople: HeldOut['calibrationPeople'],
): SemblanceError {
  const message =
    people.length === 1
      ? `${path} has photos of one person only (${people[0]}): training needs at least two`
      : `${path} has ${people.length} people, and calibrationPeople=${calibrationPeople} holds out all but ${Math.max(0, people.length - Number(calibrationPeople))}: training needs at least two`;
  return new SemblanceError('TRAIN_DATA_UNUSABLE', message);
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
