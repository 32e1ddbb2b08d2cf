import type { Progress } from '@semblance/core/progress';
import type { Photo } from '@semblance/face/image';
import type { Detector } from '@semblance/face/models';
import { eachPhoto } from '@semblance/face/pipeline';
import type { LabelledImage } from '../datasets/label-types.ts';
import { detectAugmented, type TestTimeOptions } from '../metrics/test-time.ts';
import type { DetectedPhoto } from './detection.ts';

export interface DetectedPhotos {
  photos: DetectedPhoto[];
  /** Photos that could not be read: nothing is found in them. */
  refused: { path: string; code: string; message: string }[];
  /** Wall time of reading, decoding and detecting. */
  seconds: number;
}

/**
 * Detects in every labelled photo, for `measureDetection`; a photo that cannot be read counts as one where nothing is found.
 *
 * @param options several scales and mirrored passes, see `detectAugmented`; `{}` is one pass
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
): Promise<DetectedPhotos> {
  const result: DetectedPhotos = { photos: [], refused: [], seconds: 0 };
  const start = performance.now();
  const detect = (photo: Photo) => detectAugmented(detector, photo, options);
  for await (const { path, result: found, error } of eachPhoto(labelled, detect)) {
    const { faces } = labelled[result.photos.length]!;
    if (error) {
      result.refused.push({ path, code: error.code, message: error.message });
      progress.say(`${path}: ${error.code}: ${error.message}`);
    }
    result.photos.push({ path, labelled: faces, found: found ?? [] });
    progress.update(result.photos.length, labelled.length);
  }
  progress.end();
  result.seconds = (performance.now() - start) / 1000;
  return result;
}
