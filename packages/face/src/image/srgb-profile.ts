/** Primaries of sRGB as ICC profiles have them, adapted to D50 (IEC 61966-2-1, ICC.1:2022 annex E): X, Y, Z. */
const srgbPrimaries = {
  rXYZ: [0.4361, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7141],
} as const;

/** Encoders round the primaries differently, in the third decimal at most. */
const primaryTolerance = 0.002;
/** Of the curve's values from 0 to 1: less than half a step of 8 bits. */
const curveTolerance = 0.0019;

/**
 * Whether an ICC profile means sRGB, so that its pixels need no conversion: three matrix primaries and three curves
 * within half a step of 8 bits of the standard's.
 *
 * Cameras and web services write many profiles of that meaning under other names; converting by one takes as long
 * as decoding the picture. Look-up-table profiles and damaged ones are not taken for sRGB.
 *
 * ICC.1:2022 (profile version 4.4).
 */
export function isSrgbProfile(icc: Uint8Array): boolean {
  const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
  try {
    if (ascii(view, 16) !== 'RGB ' || ascii(view, 36) !== 'acsp') return false;
    const tags = readTags(view);
    // A table in the profile goes before its matrix.
    if (tags.has('A2B0') || tags.has('A2B1')) return false;
    const hasPrimaries = Object.entries(srgbPrimaries).every(([tag, xyz]) => {
      const at = tags.get(tag);
      if (at === undefined || ascii(view, at) !== 'XYZ ') return false;
      return xyz.every((value, k) => Math.abs(fixed(view, at + 8 + 4 * k) - value) <= primaryTolerance);
    });
    return hasPrimaries && ['rTRC', 'gTRC', 'bTRC'].every((tag) => isSrgbCurve(view, tags.get(tag)));
  } catch (error) {
    // An offset beyond the profile's end: libvips has to say what it makes of it.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function readTags(view: DataView): Map<string, number> {
  const count = Math.min(view.getUint32(128), 200);
  const tags = new Map<string, number>();
  for (let i = 0; i < count; i++) tags.set(ascii(view, 132 + 12 * i), view.getUint32(136 + 12 * i));
  return tags;
}

function isSrgbCurve(view: DataView, at: number | undefined): boolean {
  if (at === undefined) return false;
  const curve = readCurve(view, at);
  if (!curve) return false;
  for (let i = 0; i <= 255; i++) {
    // What matters is the code a viewer sees: both curves are compared where they give the same light.
    const x = i / 255;
    if (Math.abs(encodeSrgb(curve(x)) - x) > curveTolerance) return false;
  }
  return true;
}

/** The curve from code to light, both 0 to 1; null for kinds that no sRGB profile uses. */
function readCurve(view: DataView, at: number): ((x: number) => number) | null {
  const type = ascii(view, at);
  if (type === 'curv') {
    const count = view.getUint32(at + 8);
    if (count < 2) return null;
    const value = (i: number) => view.getUint16(at + 12 + 2 * i) / 65535;
    return (x) => {
      const place = x * (count - 1);
      const i = Math.min(count - 2, Math.floor(place));
      return value(i) + (place - i) * (value(i + 1) - value(i));
    };
  }
  if (type !== 'para' || view.getUint16(at + 8) !== 3) return null;
  const [g, a, b, c, d] = [0, 1, 2, 3, 4].map((k) => fixed(view, at + 12 + 4 * k)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return (x) => (x >= d ? (a * x + b) ** g : c * x);
}

function encodeSrgb(light: number): number {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}

const ascii = (view: DataView, at: number) =>
  String.fromCharCode(...[0, 1, 2, 3].map((k) => view.getUint8(at + k)));
/** s15Fixed16Number */
const fixed = (view: DataView, at: number) => view.getInt32(at) / 65536;
