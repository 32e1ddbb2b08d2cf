/** Linear-light RGB, 0 to 1. */
export type Rgb = readonly [number, number, number];

/** sRGB bytes to linear light. */
export function srgb(r: number, g: number, b: number): Rgb {
  return [toLinear(r / 255), toLinear(g / 255), toLinear(b / 255)];
}

function toLinear(v: number): number {
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}

const STEPS = 4096;
const ENCODE = Uint8Array.from({ length: STEPS + 1 }, (_, i) => {
  const v = i / STEPS;
  return Math.round(255 * (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055));
});
// The dark end of the curve is steep: a finer table there keeps low-light photos free of bands.
const ENCODE_DARK = Uint8Array.from({ length: STEPS + 1 }, (_, i) => {
  const v = i / STEPS / 16;
  return Math.round(255 * (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055));
});

/** Linear light to an sRGB byte, clipped. */
export function toByte(v: number): number {
  if (v <= 0) return 0;
  if (v >= 1) return 255;
  return v < 0.0625 ? ENCODE_DARK[(v * 16 * STEPS) | 0]! : ENCODE[(v * STEPS) | 0]!;
}

export function mixRgb(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

export function scaleRgb(a: Rgb, k: number): Rgb {
  return [a[0] * k, a[1] * k, a[2] * k];
}

/** Hue in turns, saturation and value 0 to 1, as an sRGB colour brought to linear light. */
export function hsv(hue: number, saturation: number, value: number): Rgb {
  const channel = (shift: number) => {
    const k = (((shift + hue * 6) % 6) + 6) % 6;
    return 255 * value * (1 - saturation * Math.max(0, Math.min(k, 4 - k, 1)));
  };
  return srgb(channel(5), channel(3), channel(1));
}
