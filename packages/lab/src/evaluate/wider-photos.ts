import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabelledFace, LabelledImage } from '../datasets/label-types.ts';
import { readWiderGroundTruth, type WiderPhoto, widerSubsets } from '../datasets/wider-ground-truth.ts';
import type { FaceSubset } from './detection.ts';

/** The photos of WIDER FACE's validation set below `data` (`images/event/file.jpg` or `event/file.jpg`). */
export async function readWiderPhotos(
  groundTruth: string,
  data: string,
): Promise<{ labelled: LabelledImage[]; subsets: FaceSubset[] }> {
  const photos = await readWiderGroundTruth(groundTruth);
  const images = join(data, 'images');
  const hasImages = await stat(images).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  const root = hasImages ? images : data;
  const subsetsOf = new Map<LabelledFace, WiderPhoto['faces'][number]['subsets']>(
    photos.flatMap(({ faces }) => faces.map((face) => [face, face.subsets] as const)),
  );
  return {
    labelled: photos.map(({ name, faces }) => ({ name, path: join(root, name), faces })),
    // the subset of all faces that count comes first in the other measures
    subsets: widerSubsets.toReversed().map((name) => ({
      name,
      counts: (face) => subsetsOf.get(face)?.includes(name) ?? false,
    })),
  };
}
