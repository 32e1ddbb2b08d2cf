import type { Progress } from '@semblance/core/progress';
import type { Photo } from '@semblance/face/image';
import type { Detector } from '@semblance/face/models';
import { eachPhoto } from '@semblance/face/pipeline';
import { facesInPhoto } from '../datasets/faces-in-photo.ts';
import type { LabelledImage } from '../datasets/label-types.ts';
import { detectAugmented, type TestTimeOptions } from '../metrics/test-time.ts';
import type { DetectedPhoto } from './detection.ts';

export interface DetectedPhotos {
  photos: DetectedPhoto[];
  /** Photos that could not be read: nothing is found in them. */
  refused: { path: string; code: string; message: string }[];
  /** Labelled boxes that reached out of their photo and were clipped, lay outside, or had no area. */
  boxes: { clipped: number; outside: number; empty: number };
  /** Wall time of reading, decoding and detecting. */
  seconds: number;
}

/**
 * Detects in every labelled photo, for `measureDetection`; a photo that cannot be read counts as one where nothing is found.
 *
 * @param options several scales and mirrored passes, see `detectAugmented`; `{}` is one pass
 * @param asLabelled takes boxes as they are; else they are clipped to their photo, and those outside left out
 * @param progress is told of each photo, and of those that are refused
 * @example
 * ```ts
 * import { loadDetector } from '@semblance/face';
 * import { detectPhotos } from '@semblance/lab';
 * import { readDetectionLabels } from '@semblance/lab/datasets';
 *
 * await using detector = await loadDetector('models/detector');
 * const labelled = await readDetectionLabels('scenes');
 * const silent = { update() {}, say() {}, end() {} };
 * const { photos, refused } = await detectPhotos(labelled, detector, {}, silent);
 * console.log(photos.length, refused.length); // 4 0
 * ```
 */
export async function detectPhotos(
  labelled: readonly LabelledImage[],
  detector: Detector,
  options: TestTimeOptions,
  progress: Progress,
  { asLabelled = false }: { asLabelled?: boolean } = {},
): Promise<DetectedPhotos> {
  const boxes = { clipped: 0, outside: 0, empty: 0 };
  const result: DetectedPhotos = { photos: [], refused: [], boxes, seconds: 0 };
  const start = performance.now();
  const detect = async (photo: Photo) => {
    const { width, height } = photo;
    return { size: { width, height }, found: await detectAugmented(detector, photo, options) };
  };
  for await (const { path, result: seen, error } of eachPhoto(labelled, detect)) {
    const { faces, numEmpty = 0 } = labelled[result.photos.length]!;
    const shown = seen === null || asLabelled ? null : facesInPhoto(faces, seen.size);
    boxes.clipped += shown?.numClipped ?? 0;
    boxes.outside += shown?.numOutside ?? 0;
    boxes.empty += numEmpty;
    if (error) {
      result.refused.push({ path, code: error.code, message: error.message });
      progress.say(`${path}: ${error.code}: ${error.message}`);
    }
    result.photos.push({ path, labelled: shown?.faces ?? faces, found: seen?.found ?? [] });
    progress.update(result.photos.length, labelled.length);
  }
  progress.end();
  result.seconds = (performance.now() - start) / 1000;
  return result;
}
