import { mixSeed, Random } from '@semblance/core/random';
import { alignmentTemplate } from '@semblance/face/align';
import type { Landmarks } from '@semblance/face/geometry';
import { similarityTransform } from '@semblance/face/geometry';
import type { Image } from '@semblance/face/image';
import type { Identity } from './identity/identity.ts';
import { paintBackground } from './render/backgrounds.ts';
import { takeCanvas } from './render/canvas.ts';
import { findLandmarks } from './render/found.ts';
import { createLight } from './render/light.ts';
import { drawOccluder } from './render/occluders.ts';
import { drawPerson, measureShot } from './render/person.ts';
import { lowerResolution, takePhoto } from './render/photo.ts';
import { createShot } from './render/shot.ts';

export interface AlignedCropOptions {
  seed: number;
  /** Side of the square crop, px. */
  size?: number;
  nuisance?: number;
  /** Standard deviation of a detector's landmark errors, as a share of the distance between the eyes. */
  jitter?: number;
  /** `varied` adds a detector's correlated errors, more things before the face and low resolution (`plain`). */
  capture?: 'plain' | 'varied';
}

export interface AlignedCrop {
  image: Image;
  landmarks: Landmarks;
  name: string;
}

/**
 * Renders a face where alignment would have put it, without going through a photo: the camera itself takes
 * the least-squares similarity that brings the five landmarks (with a detector's errors) to the template.
 * @throws SemblanceError DATA_INVALID for a size that is no whole number above 0.
 * @example
 * ```ts
 * import { createIdentity, renderAlignedCrop } from '@semblance/synthetic';
 *
 * const { image, name } = renderAlignedCrop(createIdentity(7), { seed: 1, size: 112 });
 * console.log(image.width, name === createIdentity(7).name); // 112 true
 * ```
 */
export function renderAlignedCrop(identity: Identity, options: AlignedCropOptions): AlignedCrop {
  const { seed, size = 112, nuisance = 0.7, jitter = 0.03, capture = 'plain' } = options;
  const random = new Random(mixSeed(identity.seed, seed)).fork(300);
  const light = createLight(random.fork(1), nuisance);
  const canvas = takeCanvas(size, size);
  paintBackground(canvas, random.fork(2), light, random.fork(3).range(0, 0.6) * nuisance);
  const frame = random.fork(4);
  const distanceMm = frame.logRange(600, 600 + 2600 * (0.3 + nuisance));
  const shot = createShot(identity, random.fork(5), {
    strength: nuisance,
    light,
    camera: () => ({ distanceMm, scale: 1, x: 0, y: 0, roll: 0 }),
  });
  const found = findLandmarks(
    measureShot(shot).landmarks,
    frame,
    jitter,
    capture === 'varied' ? 'detector' : 'independent',
  );
  const onto = similarityTransform(found, alignmentTemplate(size));
  shot.camera = {
    distanceMm,
    scale: Math.hypot(onto.a, onto.b),
    x: onto.tx,
    y: onto.ty,
    roll: Math.atan2(onto.b, onto.a),
  };
  const drawn = drawPerson(canvas, shot, 1);
  const things = random.fork(6);
  if (things.chance((capture === 'varied' ? 0.14 : 0.08) * nuisance))
    drawOccluder(canvas, things, drawn.box, identity.skin.tone, light);
  const photo = random.fork(7);
  // Most faces in the world's photos are smaller than a crop.
  if (capture === 'varied' && photo.chance(0.3 * nuisance)) lowerResolution(canvas, photo.range(1.3, 4.5));
  return {
    image: takePhoto(canvas, photo, light, nuisance),
    landmarks: drawn.landmarks,
    name: identity.name,
  };
}
