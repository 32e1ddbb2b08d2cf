import { faceHalfWidth } from '../geometry/head.ts';
import type { Identity } from '../identity/identity.ts';
import { SKIN_LAYERS, type Texel } from './skin-layers.ts';

/** Extent of the map: |angle| in rad, heights in mm. */
export const MAP_ANGLE = 1.9;
export const MAP_TOP = 112;
export const MAP_BOTTOM = -116;

/** A head's skin as a texture over (angle, height): linear red, green, blue and gloss per texel. */
export interface SkinMap {
  readonly width: number;
  readonly height: number;
  readonly texels: Float32Array;
}

const SIZES = [
  [88, 104],
  [176, 208],
  [320, 384],
] as const;
export type SkinDetail = 0 | 1 | 2;

const cache = new WeakMap<Identity, (SkinMap | undefined)[]>();

/** The identity's skin at a level of detail (0: 3 mm a texel, 1: 1.5 mm, 2: 0.8 mm), painted on first use. */
export function skinMapOf(identity: Identity, detail: SkinDetail): SkinMap {
  let maps = cache.get(identity);
  if (maps === undefined) cache.set(identity, (maps = []));
  return (maps[detail] ??= paint(identity, SIZES[detail][0], SIZES[detail][1]));
}

function paint(identity: Identity, width: number, height: number): SkinMap {
  const texels = new Float32Array(4 * width * height);
  const texel: Texel = { phi: 0, angle: 0, x: 0, a: 0, y: 0, blotch: 0, r: 0, g: 0, b: 0, gloss: 0 };
  let at = 0;
  for (let row = 0; row < height; row++) {
    texel.y = MAP_TOP + ((row + 0.5) / height) * (MAP_BOTTOM - MAP_TOP);
    const halfWidth = faceHalfWidth(texel.y);
    for (let col = 0; col < width; col++) {
      texel.phi = MAP_ANGLE * (-1 + (2 * (col + 0.5)) / width);
      texel.angle = Math.abs(texel.phi);
      texel.x = halfWidth * Math.sin(texel.phi);
      texel.a = Math.abs(texel.x);
      for (const layer of SKIN_LAYERS) {
        // Features of the face do not go on behind the ears, where x takes the same values again.
        if ((layer.front && texel.angle > 1.45) || texel.y < layer.from || texel.y > layer.to) continue;
        layer.paint(texel, identity);
      }
      texels[at++] = texel.r;
      texels[at++] = texel.g;
      texels[at++] = texel.b;
      texels[at++] = texel.gloss;
    }
  }
  return { width, height, texels };
}
