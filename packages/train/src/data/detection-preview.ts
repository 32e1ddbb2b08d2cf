import { permutation, Random } from '@semblance/core/random';
import { annotate, createImage, decodeImage, type Image, resizeImage } from '@semblance/face/image';
import type { LabelledImage } from '@semblance/lab/datasets';
import type { FaceTargets } from '../detector/face-targets.ts';
import { numFaces, toTargets } from '../detector/face-targets.ts';
import { augmentDetection, type DetectionAugmentation } from './detection-augment.ts';
import { whyUnusable } from './readable-image.ts';

export interface PreviewOptions {
  augmentation: DetectionAugmentation;
  /** The seed of the training whose samples are shown. */
  seed: number;
  /** The epoch whose samples are shown, from 0. */
  epoch: number;
  columns: number;
  rows: number;
  /** Side of a sample on the sheet in pixels. */
  tile: number;
}

/**
 * A contact sheet of samples as training sees them, with boxes and landmarks: which photos are shown follows from the seed, and
 * each is augmented as in that epoch of a training with that seed.
 */
export async function previewDetection(
  images: readonly LabelledImage[],
  { augmentation, seed, epoch, columns, rows, tile }: PreviewOptions,
): Promise<Image> {
  const sheet = createImage(columns * tile, rows * tile);
  const shown = permutation(images.length, Random.of(seed, 0x9e));
  let place = 0;
  for (const index of shown) {
    if (place === columns * rows) break;
    const { path, faces } = images[index]!;
    const image = await decodeImage(path).catch((error: unknown) => {
      if (whyUnusable(error) === null) throw error;
      return null; // training leaves it out too
    });
    if (image === null) continue;
    const sample = { image, targets: toTargets(faces) };
    const augmented = augmentDetection(sample, Random.of(seed, 0xde, epoch, index), augmentation);
    const drawn = await resizeImage(
      await annotate(augmented.image, annotationsOf(augmented.targets)),
      tile,
      tile,
    );
    const left = (place % columns) * tile;
    const top = Math.floor(place / columns) * tile;
    for (let y = 0; y < tile; y++) {
      const row = drawn.data.subarray(y * tile * 3, (y + 1) * tile * 3);
      sheet.data.set(row, ((top + y) * sheet.width + left) * 3);
    }
    place++;
  }
  return sheet;
}

/** Faces with landmarks in green, those that teach box and class only in orange. */
function annotationsOf(targets: FaceTargets): Parameters<typeof annotate>[1] {
  return Array.from({ length: numFaces(targets) }, (_, i) => {
    const [x1, y1, x2, y2] = targets.boxes.subarray(4 * i, 4 * i + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    const hasLandmarks = targets.hasLandmarks[i] === 1;
    const at = (k: number): [number, number] => [
      targets.landmarks[10 * i + 2 * k]!,
      targets.landmarks[10 * i + 2 * k + 1]!,
    ];
    return {
      box: [x1, y1, x2, y2],
      landmarks: hasLandmarks ? [at(0), at(1), at(2), at(3), at(4)] : null,
      color: hasLandmarks ? '#22c55e' : '#f97316',
    };
  });
}
