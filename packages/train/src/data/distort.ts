import type { Random } from '@semblance/core/random';
import type { Image } from '@semblance/face/image';

/** How far colours are moved. */
export interface DistortStrength {
  /** Added to every channel: −brightness … brightness (of 255). */
  brightness: number;
  /** Factor of every channel: 1 − contrast … 1 + contrast. */
  contrast: number;
  /** Factor of the saturation: 1 − saturation … 1 + saturation. */
  saturation: number;
  /** Turn of the hue: −hueDegrees … hueDegrees. */
  hueDegrees: number;
}

/** RetinaFace's: brightness ±32, contrast and saturation 0.5 … 1.5, hue ±18 on OpenCV's half-degree scale. */
export const retinafaceDistortion: DistortStrength = {
  brightness: 32,
  contrast: 0.5,
  saturation: 0.5,
  hueDegrees: 36,
};

/**
 * Moves brightness, contrast, saturation and hue, each with probability ½; contrast comes before or after the
 * colours with equal chance. Gives a new image.
 *
 * Liu et al., "SSD" (2016); used by RetinaFace.
 */
export function distort(image: Image, rng: Random, strength: DistortStrength): Image {
  const contrastFirst = rng.chance();
  const brightness = rng.chance() ? rng.range(-strength.brightness, strength.brightness) : 0;
  const contrast = rng.chance() ? rng.range(1 - strength.contrast, 1 + strength.contrast) : 1;
  const saturation = rng.chance() ? rng.range(1 - strength.saturation, 1 + strength.saturation) : 1;
  const hueDegrees = rng.chance() ? rng.range(-strength.hueDegrees, strength.hueDegrees) : 0;

  const data = new Uint8Array(image.data);
  mapValues(data, (value) => clamp(value + brightness));
  if (contrastFirst) mapValues(data, (value) => clamp(value * contrast));
  if (saturation !== 1 || hueDegrees !== 0) shiftColour(data, saturation, hueDegrees);
  if (!contrastFirst) mapValues(data, (value) => clamp(value * contrast));
  return { data, width: image.width, height: image.height };
}

const clamp = (value: number) => Math.min(Math.max(value, 0), 255);

function mapValues(data: Uint8Array, map: (value: number) => number): void {
  const table = new Uint8ClampedArray(256);
  let isIdentity = true;
  for (let value = 0; value < 256; value++) {
    table[value] = map(value);
    isIdentity &&= table[value] === value;
  }
  if (isIdentity) return;
  for (let i = 0; i < data.length; i++) data[i] = table[data[i]!]!;
}

/** Saturation and hue in HSV: V = max, S = (max − min) / max, H by the hexagon of the colours. */
function shiftColour(data: Uint8Array, saturationFactor: number, hueDegrees: number): void {
  const turn = (hueDegrees / 60 + 6) % 6;
  for (let i = 0; i < data.length; i += 3) {
    const r = data[i]!;
    const g = data[i + 1]!;
    const b = data[i + 2]!;
    const most = Math.max(r, g, b);
    const least = Math.min(r, g, b);
    const span = most - least;
    if (span === 0) continue;
    let sector = most === r ? (g - b) / span : most === g ? 2 + (b - r) / span : 4 + (r - g) / span;
    sector += turn;
    if (sector < 0) sector += 6;
    else if (sector >= 6) sector -= 6;
    const saturation = (span / most) * saturationFactor;
    const chroma = most * Math.min(saturation, 1);
    const base = most - chroma;
    const whole = Math.floor(sector);
    const part = sector - whole;
    // Within a sector one channel rises while its neighbour is at the top, or falls while the next rises.
    const middle = base + chroma * (whole % 2 === 0 ? part : 1 - part);
    const red = whole === 0 || whole === 5 ? most : whole === 1 || whole === 4 ? middle : base;
    const green = whole === 1 || whole === 2 ? most : whole === 0 || whole === 3 ? middle : base;
    const blue = whole === 3 || whole === 4 ? most : whole === 2 || whole === 5 ? middle : base;
    data[i] = red + 0.5;
    data[i + 1] = green + 0.5;
    data[i + 2] = blue + 0.5;
  }
}
