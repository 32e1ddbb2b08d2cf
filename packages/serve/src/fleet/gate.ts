import { norm } from '@semblance/core/vector';
import { createImage, encodeJpeg } from '@semblance/face/image';
import { SemblanceError } from '../error.ts';
import type { ServingUnit } from './unit.ts';

/**
 * Tries a unit before anybody is served by it: a picture goes through the detector (which also warms it up), and two
 * crops through the recognizer, whose embeddings must be unit vectors of finite numbers that differ.
 *
 * @throws SemblanceError DEPLOYMENT_REFUSED with the reason.
 */
export async function requireHealthy(unit: ServingUnit): Promise<void> {
  try {
    const picture = await encodeJpeg(createImage(320, 240, [128, 128, 128]));
    const { faces } = await unit.detect(new Uint8Array(picture), {});
    if (faces.some(({ box, score }) => ![...box, score].every(Number.isFinite))) {
      throw new Error('the detector gives numbers that are not finite');
    }
    const side = unit.recognizer.cropSize;
    const crops = await Promise.all([40, 200].map((grey) => encodeJpeg(gradient(side, grey))));
    const [first, second] = (await unit.embedJpegs(crops.map((crop) => new Uint8Array(crop)))) as [
      Float32Array,
      Float32Array,
    ];
    for (const embedding of [first, second]) {
      const length = norm(embedding);
      if (!(Math.abs(length - 1) < 1e-3))
        throw new Error(`the recognizer gives a vector of length ${length}`);
    }
    if (first.every((value, i) => value === second[i])) {
      throw new Error('the recognizer gives the same vector for different faces');
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SemblanceError('DEPLOYMENT_REFUSED', `the models failed their test: ${reason}`, {
      cause,
    });
  }
}

/** A picture whose quarters differ in colour, so that no network sees nothing in it. */
function gradient(side: number, grey: number) {
  const image = createImage(side, side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = 3 * (y * side + x);
      image.data[at] = grey;
      image.data[at + 1] = (255 * x) / side;
      image.data[at + 2] = grey > 100 ? (255 * y) / side : 255 - (255 * y) / side;
    }
  }
  return image;
}
