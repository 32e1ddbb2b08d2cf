import { mixSeed, Random } from '@semblance/core/random';
import type { Box, Landmarks } from '@semblance/face/geometry';
import { clipBox } from '@semblance/face/geometry';
import type { Image } from '@semblance/face/image';
import type { Identity } from './identity/identity.ts';
import { paintBackground } from './render/backgrounds.ts';
import { takeCanvas } from './render/canvas.ts';
import { createLight } from './render/light.ts';
import { drawOccluder } from './render/occluders.ts';
import { drawPerson } from './render/person.ts';
import { takePhoto } from './render/photo.ts';
import { createShot } from './render/shot.ts';

/** A face in a rendered picture, known exactly. */
export interface SyntheticFace {
  name: string;
  /** Upper forehead to chin, ear to ear without the ears; pixels, cut to the picture. */
  box: Box;
  landmarks: Landmarks;
  /** Share of the face that is seen: not outside the picture, nor behind others or things. */
  visible: number;
}

export interface SyntheticPhoto {
  image: Image;
  faces: SyntheticFace[];
}

export interface PortraitOptions {
  /** Which photo of this person: pose, light, place and all else follow from the person and this number. */
  seed: number;
  /** Side of the square picture, px. */
  size?: number;
  /** How much photos differ: 0 a passport photo to 1 anything. */
  nuisance?: number;
}

/**
 * Renders a photo of one person: face, hair and shoulders before a place of its own.
 * The same identity and seed give the same bytes; nothing but the person links two photos of one identity.
 *
 * @example
 * ```ts
 * import { createIdentity, renderPortrait } from '@semblance/synthetic';
 *
 * const { image, faces } = renderPortrait(createIdentity(7), { seed: 1 });
 * console.log(image.width, faces[0]!.landmarks.length); // 160 5
 * ```
 */
export function renderPortrait(identity: Identity, options: PortraitOptions): SyntheticPhoto {
  const { seed, size = 160, nuisance = 0.7 } = options;
  const random = new Random(mixSeed(identity.seed, seed)).fork(100);
  const light = createLight(random.fork(1), nuisance);
  const canvas = takeCanvas(size, size);
  paintBackground(canvas, random.fork(2), light, random.fork(3).range(0, 0.7) * nuisance);
  const frame = random.fork(4);
  const shot = createShot(identity, random.fork(5), {
    strength: nuisance,
    light,
    camera: () => ({
      distanceMm: frame.logRange(600, 600 + 2600 * (0.3 + nuisance)),
      scale: (size / 165) * frame.range(0.52 - 0.2 * nuisance, 0.6 + 0.1 * nuisance),
      x: size * (0.5 + frame.normal(0.05) * nuisance),
      y: size * (0.47 + frame.normal(0.04) * nuisance),
      roll: frame.normal(0.04) * nuisance,
    }),
  });
  const drawn = drawPerson(canvas, shot, 1);
  const things = random.fork(6);
  if (things.chance(0.1 * nuisance)) drawOccluder(canvas, things, drawn.box, identity.skin.tone, light);
  const image = takePhoto(canvas, random.fork(7), light, nuisance);
  const face: SyntheticFace = {
    name: identity.name,
    box: clipBox(drawn.box, size, size),
    landmarks: drawn.landmarks,
    visible: visibleShare(canvas.owner, 1, drawn.pixels) * insideShare(drawn.box, size, size),
  };
  return { image, faces: [face] };
}

/** Share of a box that lies in the picture. */
export function insideShare(box: Box, width: number, height: number): number {
  const [x1, y1, x2, y2] = clipBox(box, width, height);
  return (
    (Math.max(0, x2 - x1) * Math.max(0, y2 - y1)) / Math.max(1e-6, (box[2] - box[0]) * (box[3] - box[1]))
  );
}

/** Share of the pixels a face was drawn on that still show it. */
export function visibleShare(owner: Uint8Array, number: number, drawn: number): number {
  let left = 0;
  for (let i = 0; i < owner.length; i++) if (owner[i] === number) left++;
  return drawn === 0 ? 0 : Math.min(1, left / drawn);
}
