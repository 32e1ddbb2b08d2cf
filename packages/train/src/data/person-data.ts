import {
  fingerprintFiles,
  hashBytes,
  type PersonFolders,
  readPersonFolders,
  SemblanceError,
} from '@semblance/face';
import { createRng, permutation } from './rng.ts';

/** Photos with the index of their person. */
export interface LabelledPaths {
  paths: string[];
  labels: Int32Array;
}

export interface PersonData {
  /** Names by label. */
  people: string[];
  train: LabelledPaths;
  /** Held-out photos of the same people. */
  held: LabelledPaths;
  fingerprint: string;
}

/** Sets beyond this are identified by names and sizes of folders: to read them whole would take hours. */
const mostHashedFiles = 200_000;

/**
 * Reads a folder per person for training, holding out some photos of each person.
 *
 * A person keeps at least as many photos for training as are held out; which are held out follows from the seed.
 *
 * @throws those of readPersonFolders; TRAIN_DATA_UNUSABLE where there are fewer than two people
 */
export async function readPersonData(dir: string, heldPerPerson: number, seed: number): Promise<PersonData> {
  const folders = await readPersonFolders(dir);
  if (folders.people.length < 2) {
    const only = folders.people[0]!.name;
    throw new SemblanceError(
      'TRAIN_DATA_UNUSABLE',
      `${dir} shows one person (${only}): telling people apart takes two or more`,
    );
  }
  const train: { path: string; label: number }[] = [];
  const held: typeof train = [];
  for (const { label, images } of folders.people) {
    const numHeld = Math.min(heldPerPerson, Math.floor(images.length / 2));
    const order = permutation(images.length, createRng(seed, 0x4e1d, label));
    const isHeld = new Set(order.slice(0, numHeld));
    for (const [i, { path }] of images.entries()) (isHeld.has(i) ? held : train).push({ path, label });
  }
  return {
    people: folders.people.map(({ name }) => name),
    train: toArrays(train),
    held: toArrays(held),
    fingerprint: await fingerprintOf(folders),
  };
}

function toArrays(photos: readonly { path: string; label: number }[]): LabelledPaths {
  return { paths: photos.map(({ path }) => path), labels: Int32Array.from(photos, ({ label }) => label) };
}

async function fingerprintOf({ people, numImages }: PersonFolders): Promise<string> {
  if (numImages > mostHashedFiles) {
    return hashBytes(people.map(({ name, images }) => `${name}\0${images.length}\n`).join(''));
  }
  return fingerprintFiles(
    people.flatMap(({ name, images }) =>
      images.map((image) => ({ name: `${name}/${image.name}`, path: image.path })),
    ),
  );
}
