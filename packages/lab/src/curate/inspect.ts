import type { Progress } from '@semblance/core/progress';
import { valueAt } from '@semblance/core/statistics';
import { readImageFile } from '@semblance/face/image';
import { readVerificationBin } from '../datasets/bin/verification-bin.ts';
import { readDetectionLabels } from '../datasets/detection-labels.ts';
import { facesInPhoto } from '../datasets/faces-in-photo.ts';
import { countImages, openImages } from '../datasets/image-lists/index.ts';
import { readPairs } from '../datasets/pairs.ts';
import { readPersonSource } from '../datasets/person-sources/index.ts';
import type { DatasetTask } from '../datasets/recognise.ts';
import { type Bucket, histogram } from './histogram.ts';
import { checkPhotos, type PhotoCheck, spread } from './photo-check.ts';

/** What a set is, for people and for programs. */
export interface Inspection {
  task: DatasetTask;
  /** Facts in the order they are shown. */
  facts: Record<string, string | number>;
  histogram: { of: string; buckets: Bucket[] } | null;
  /** null where the set names photos but does not hold them. */
  photos: PhotoCheck | null;
  notes: readonly string[];
}

type Inspect = (path: string, most: number, progress: Progress) => Promise<Omit<Inspection, 'task'>>;

/** How each kind of set is looked at: adding one is adding a function and a line. */
const inspectors: Record<DatasetTask, Inspect> = {
  people: inspectPeople,
  'verification-bin': inspectBin,
  pairs: inspectPairs,
  detection: inspectDetection,
};

/** Looks at a set of data of this kind; at most `most` of its photos are decoded. */
export async function inspect(
  task: DatasetTask,
  path: string,
  most: number,
  progress: Progress,
): Promise<Inspection> {
  return { task, ...(await inspectors[task](path, most, progress)) };
}

async function inspectPeople(path: string, most: number, progress: Progress) {
  const source = await readPersonSource(path);
  const counts = new Array<number>(source.people.length).fill(0);
  for (const label of source.labels) counts[label]!++;
  const sorted = [...counts].sort((a, b) => a - b);
  const images = openImages(source.images);
  const photos = await checkPhotos(images, spread(images.length, most), progress);
  await images.close();
  return {
    facts: {
      'kept as': { folder: 'a folder per person', recordio: 'RecordIO', tar: 'a tar file' }[source.kind],
      people: counts.length,
      photos: countImages(source.images),
      'photos of a person': `${sorted[0]} to ${sorted.at(-1)}, median ${valueAt(sorted, 0.5)}`,
    },
    histogram: {
      of: 'people by number of photos',
      buckets: histogram(counts, [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]),
    },
    photos,
    notes: source.notes,
  };
}

async function inspectBin(path: string, most: number, progress: Progress) {
  const { images, same } = await readVerificationBin(path);
  const reader = { label: (i: number) => `photo ${i}`, read: async (i: number) => images[i]! };
  return {
    facts: {
      'kept as': 'a verification set (.bin)',
      pairs: same.length,
      'of one person': same.filter(Boolean).length,
      photos: images.length,
    },
    histogram: null,
    photos: await checkPhotos(reader, spread(images.length, most), progress),
    notes: [],
  };
}

async function inspectPairs(path: string) {
  const { pairs, numFolds } = await readPairs(path);
  return {
    facts: {
      'kept as': 'a list of pairs',
      pairs: pairs.length,
      'of one person': pairs.filter(({ same }) => same).length,
      folds: numFolds,
      photos: new Set(pairs.flatMap(({ first, second }) => [first, second])).size,
    },
    histogram: null,
    photos: null,
    notes: [],
  };
}

async function inspectDetection(path: string, most: number, progress: Progress) {
  const images = await readDetectionLabels(path);
  const faces = images.flatMap(({ faces: of }) => of);
  const sides = faces.map(({ box: [x1, y1, x2, y2] }) => Math.floor(Math.min(x2 - x1, y2 - y1)));
  const reader = {
    label: (i: number) => images[i]!.name,
    read: (i: number) => readImageFile(images[i]!.path),
  };
  const numEmpty = images.reduce((sum, image) => sum + (image.numEmpty ?? 0), 0);
  let [numClipped, numOutside] = [0, 0];
  const onSize = (i: number, size: { width: number; height: number }): void => {
    const shown = facesInPhoto(images[i]!.faces, size);
    numClipped += shown.numClipped;
    numOutside += shown.numOutside;
  };
  const photos = await checkPhotos(reader, spread(images.length, most), progress, onSize);
  const notes = [
    [numEmpty, 'boxes have no area and are left out'],
    [numOutside, 'boxes lie outside their photo and are left out'],
    [numClipped, 'boxes reach out of their photo and are clipped to it'],
  ] as const;
  return {
    facts: {
      'kept as': 'detection labels',
      photos: images.length,
      'without a face': images.filter(({ faces: of }) => of.length === 0).length,
      faces: faces.length,
      'with landmarks': faces.filter(({ landmarks }) => landmarks !== null).length,
      'marked invalid': faces.filter(({ invalid }) => invalid).length,
    },
    histogram: {
      of: 'faces by shorter side in pixels',
      buckets: histogram(sides, [0, 8, 16, 32, 64, 128, 256, 512]),
    },
    photos,
    notes: notes.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : [])),
  };
}
