import type { Random } from '@semblance/core/random';
import type { Image } from '@semblance/face/image';
import { type DistortStrength, distort } from './distort.ts';
import { jpegLoss } from './jpeg-loss.ts';
import { warp } from './recognition-augment.ts';
import { interpolations, resample } from './resample.ts';

/** How often a crop is changed in each way, from 0 to 1. */
export interface DomainChances {
  affineChance: number;
  colorChance: number;
  resolutionChance: number;
  jpegChance: number;
  eraseChance: number;
}

/** Brightness ±51 of 255, contrast ±0.4, saturation ±0.5, hue ±18°. */
const colors: DistortStrength = { brightness: 51, contrast: 0.4, saturation: 0.5, hueDegrees: 18 };
/** Largest turn, shear and change of scale, and largest shift as a part of the side. */
const [turnDegrees, shearDegrees, zoom, shift] = [10, 8, 0.1, 0.06];
/** A crop loses up to so much of its side; half of a small one is left little of. */
const mostShrunk = 4;
const [leastQuality, mostQuality] = [20, 90];
/** Zhong et al., "Random Erasing" (2017), with less of the face at most. */
const [leastErased, mostErased] = [0.02, 0.25];

/**
 * Varies a crop as photos differ from renderings: affine errors of alignment, colours, resolution, JPEG, and a part erased
 * by noise. Each way has a stream of its own, so that another chance of one changes nothing of the others.
 *
 * The kinds are those that Bae et al., "DigiFace-1M" (WACV 2023), close the gap between rendered and real faces with; the
 * strengths are ours.
 *
 * @param pixels S·S·3 bytes of the crop, which are written over
 */
export function augmentDomain(pixels: Uint8Array, size: number, rng: Random, chances: DomainChances): void {
  const ways: readonly [number, (crop: Image, rng: Random) => Image][] = [
    [chances.affineChance, moveAffinely],
    [chances.colorChance, (crop, own) => distort(crop, own, colors)],
    [chances.resolutionChance, loseResolution],
    [chances.jpegChance, (crop, own) => jpegLoss(crop, own.int(leastQuality, mostQuality))],
    [chances.eraseChance, erase],
  ];
  let crop: Image = { data: pixels, width: size, height: size };
  for (const [way, [chance, vary]] of ways.entries()) {
    const own = rng.fork(way);
    if (chance > 0 && own.chance(chance)) crop = vary(crop, own);
  }
  if (crop.data !== pixels) pixels.set(crop.data);
}

function moveAffinely(crop: Image, rng: Random): Image {
  const radians = (degrees: number): number => (rng.range(-degrees, degrees) * Math.PI) / 180;
  const turn = radians(turnDegrees);
  const shear = Math.tan(radians(shearDegrees));
  const [scaleX, scaleY] = [1 + rng.range(-zoom, zoom), 1 + rng.range(-zoom, zoom)];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const move = (): number => rng.range(-shift, shift) * crop.width;
  const map = {
    xx: scaleX * cos,
    xy: scaleY * (shear * cos - sin),
    yx: scaleX * sin,
    yy: scaleY * (shear * sin + cos),
    shiftX: move(),
    shiftY: move(),
  };
  const out = new Uint8Array(crop.data.length);
  warp(crop, out, map, sameTone);
  return { ...crop, data: out };
}

const sameTone = Uint8ClampedArray.from({ length: 256 }, (_, value) => value);

/** Smaller, by any interpolation, and back to its size. */
function loseResolution(crop: Image, rng: Random): Image {
  const side = Math.max(8, Math.round(crop.width / rng.logRange(1, mostShrunk)));
  const small = resample(crop, side, side, rng.pick(interpolations));
  return resample(small, crop.width, crop.height, rng.pick(['nearest', 'linear', 'cubic'] as const));
}

function erase(crop: Image, rng: Random): Image {
  const { width: size } = crop;
  const area = rng.range(leastErased, mostErased) * size * size;
  const aspect = rng.logRange(0.3, 3.3);
  const clamped = (side: number): number => Math.min(size, Math.max(1, Math.round(side)));
  const [width, height] = [clamped(Math.sqrt(area * aspect)), clamped(Math.sqrt(area / aspect))];
  const [left, top] = [rng.below(size - width + 1), rng.below(size - height + 1)];
  const data = new Uint8Array(crop.data);
  for (let y = top; y < top + height; y++)
    for (let i = (y * size + left) * 3; i < (y * size + left + width) * 3; i++) data[i] = rng.below(256);
  return { ...crop, data };
}
