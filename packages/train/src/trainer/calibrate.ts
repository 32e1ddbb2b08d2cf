import {
  loadForPhotos,
  loadRecognizer,
  type RecognitionManifest,
  writeManifest,
} from '@semblance/face/models';
import { type ImageList, openImages } from '@semblance/lab/datasets';
import { measureImpostorsOf } from '@semblance/lab/evaluate';
import { isSemblanceError } from '../error.ts';

/**
 * Measures how alike a recognizer that was just written finds people it was not trained on, and adds the curve to its
 * manifest: what `model calibrate` does, by the same code.
 *
 * @param strangers crops, one photo of each person
 * @param data what the photos are called in the manifest
 * @returns the manifest as it is then; as it was where too few photos can be used, which is said
 */
export async function calibrate(
  dir: string,
  manifest: RecognitionManifest,
  strangers: ImageList,
  data: string,
  say: (text: string) => void,
): Promise<RecognitionManifest> {
  const images = openImages(strangers);
  try {
    await using recognizer = await loadRecognizer(dir, loadForPhotos(images.length));
    const photos = Array.from({ length: images.length }, (_, i) => ({
      name: images.label(i),
      path: images.label(i),
      read: () => images.read(i),
    }));
    const silent = { update() {}, say() {}, end() {} };
    const using = { detector: null, recognizer, detect: {}, cache: null, progress: silent };
    const { curve, missed } = await measureImpostorsOf(photos, data, using);
    for (const { name, message } of missed)
      say(`${name} does not count for how alike strangers are: ${message}`);
    say(
      `how alike strangers are was measured on ${curve.people} people held out: ${curve.fmr.length} rates down to ${curve.fmr.at(-1)}`,
    );
    return (await writeManifest(dir, { ...manifest, impostors: curve })) as RecognitionManifest;
  } catch (error) {
    if (!isSemblanceError(error, 'DATA_INVALID')) throw error;
    say(`${error.message}; ${calibrateAdvice(dir)}`);
    return manifest;
  } finally {
    await images.close();
  }
}

/** What a model without a curve is without, and how it gets one. */
export const calibrateAdvice = (dir: string): string =>
  `the model has no curve of how alike strangers are, for thresholds to follow from. Measure it: semblance model calibrate ${dir} --data PEOPLE --crops`;
