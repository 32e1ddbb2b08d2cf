import type { Random } from '@semblance/core/random';
import type { Image } from '@semblance/face/image';
import { toByte } from '../core/color.ts';
import { WHITE } from '../core/noise.ts';
import { blurCanvas } from './backgrounds.ts';
import type { Canvas } from './canvas.ts';
import type { Light } from './light.ts';

/**
 * Takes the photo: focus and motion blur, exposure, white balance, contrast, vignette, sensor noise, and
 * the step to 8-bit sRGB. JPEG is left to whoever stores the photo.
 * @param strength 0 a studio camera to 1 anything.
 */
export function takePhoto(canvas: Canvas, random: Random, light: Light, strength: number): Image {
  const { width, height } = canvas;
  if (random.chance(0.15 * strength)) lowerResolution(canvas, random.range(1.3, 3.2));
  if (random.chance(0.16 * strength))
    motionBlur(canvas, random.range(0, Math.PI), random.logRange(1, 1 + 0.035 * width * strength));
  if (random.chance(0.3 * strength)) softFocus(canvas, random.range(0.25, 1));
  if (random.chance(0.12 * strength)) blurCanvas(canvas, random.range(0.6, 0.008 * width + 1));
  return develop(canvas, random, light, strength);

  function develop(source: Canvas, draw: Random, scene: Light, k: number): Image {
    const out = new Uint8Array(3 * width * height);
    const exposure = meter(source) ** 0.55 * 2 ** draw.normal(0.35 * k);
    const cast = [1 + draw.normal(0.08) * k, 1 + draw.normal(0.03) * k, 1 + draw.normal(0.11) * k];
    const contrast = 1 + draw.normal(0.16) * k;
    const saturation = draw.chance(0.06 * k) ? 0 : 1 + draw.normal(0.16) * k;
    const haze = draw.chance(0.2) ? draw.range(0, 0.05) * k : 0;
    const vignette = draw.chance(0.4) ? draw.range(0, 0.4) * k : 0;
    const grain = draw.range(0.002, 0.008) + k * scene.dimness * draw.range(0.004, 0.045);
    const chroma = draw.range(0.2, 1);
    const start = draw.int(0, 65535);
    const step = 2 * draw.int(1, 30000) + 1;
    const pivot = 0.18;
    let noise = start;
    for (let y = 0, i = 0; y < height; y++) {
      const dy = (2 * y) / height - 1;
      for (let x = 0; x < width; x++, i += 3) {
        const dx = (2 * x) / width - 1;
        const gain = exposure * (1 - vignette * 0.5 * (dx * dx + dy * dy));
        let r = source.data[i]! * gain * cast[0]! + haze;
        let g = source.data[i + 1]! * gain * cast[1]! + haze;
        let b = source.data[i + 2]! * gain * cast[2]! + haze;
        const grey = 0.3 * r + 0.59 * g + 0.11 * b;
        r = grey + (r - grey) * saturation;
        g = grey + (g - grey) * saturation;
        b = grey + (b - grey) * saturation;
        // A film-like shoulder keeps highlights from clipping flat.
        r = shoulder(pivot + (r - pivot) * contrast);
        g = shoulder(pivot + (g - pivot) * contrast);
        b = shoulder(pivot + (b - pivot) * contrast);
        noise = (noise + step) & 65535;
        // Shot noise grows with the root of the light; two draws stand for luminance and colour.
        const sigma = grain * (0.35 + 1.6 * Math.sqrt(Math.max(0, grey)));
        const n0 = (WHITE[noise]! - 0.5 + WHITE[(noise * 7 + 31) & 65535]! - 0.5) * sigma * 2;
        out[i] = toByte(r + n0 + chroma * sigma * 2 * (WHITE[(noise * 3 + 17) & 65535]! - 0.5));
        out[i + 1] = toByte(g + n0);
        out[i + 2] = toByte(b + n0 + chroma * sigma * 2 * (WHITE[(noise * 5 + 71) & 65535]! - 0.5));
      }
    }
    return { data: out, width, height };
  }
}

function shoulder(v: number): number {
  return v < 0.65 ? v : 0.65 + 0.35 * (1 - Math.exp(-(v - 0.65) / 0.35));
}

/** The camera's own metering: what to multiply by to bring the middle of the picture to a mid grey. */
function meter(canvas: Canvas): number {
  const { width, height, data } = canvas;
  let sum = 0;
  let count = 0;
  for (let y = height >> 2; y < height - (height >> 2); y += 3) {
    for (let x = width >> 2; x < width - (width >> 2); x += 3) {
      const i = 3 * (y * width + x);
      sum += Math.sqrt(0.3 * data[i]! + 0.59 * data[i + 1]! + 0.11 * data[i + 2]!);
      count++;
    }
  }
  const mean = (sum / Math.max(1, count)) ** 2;
  return Math.min(6, 0.2 / Math.max(0.02, mean));
}

/** What enlarging a photo `factor` times smaller leaves of it: block means, interpolated between. */
export function lowerResolution(canvas: Canvas, factor: number): void {
  const { width, height, data } = canvas;
  const w = Math.max(2, Math.round(width / factor));
  const h = Math.max(2, Math.round(height / factor));
  const small = new Float32Array(3 * w * h);
  const counts = new Float32Array(w * h);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * h) / height) * w;
    for (let x = 0; x < width; x++) {
      const to = row + Math.floor((x * w) / width);
      const from = 3 * (y * width + x);
      counts[to]!++;
      small[3 * to]! += data[from]!;
      small[3 * to + 1]! += data[from + 1]!;
      small[3 * to + 2]! += data[from + 2]!;
    }
  }
  for (let i = 0; i < small.length; i++) small[i]! /= counts[(i / 3) | 0]!;
  for (let y = 0; y < height; y++) {
    const v = Math.max(0, Math.min(h - 1.001, ((y + 0.5) * h) / height - 0.5));
    const y0 = Math.floor(v);
    const fy = v - y0;
    for (let x = 0; x < width; x++) {
      const u = Math.max(0, Math.min(w - 1.001, ((x + 0.5) * w) / width - 0.5));
      const x0 = Math.floor(u);
      const fx = u - x0;
      const a = 3 * (y0 * w + x0);
      const b = a + 3 * w;
      const to = 3 * (y * width + x);
      for (let c = 0; c < 3; c++) {
        const top = small[a + c]! + (small[a + 3 + c]! - small[a + c]!) * fx;
        const bottom = small[b + c]! + (small[b + 3 + c]! - small[b + c]!) * fx;
        data[to + c] = top + (bottom - top) * fy;
      }
    }
  }
}

/** 3×3 blur with weight `amount` on the neighbours: less than a pixel of defocus. */
function softFocus(canvas: Canvas, amount: number): void {
  const { width, height, data } = canvas;
  const side = amount * 0.25;
  const row = new Float32Array(3 * width);
  for (let y = 0; y < height; y++) {
    const at = 3 * y * width;
    row.set(data.subarray(at, at + 3 * width));
    for (let i = 3; i < 3 * width - 3; i++)
      data[at + i] = row[i]! * (1 - 2 * side) + side * (row[i - 3]! + row[i + 3]!);
  }
  const previous = new Float32Array(3 * width);
  for (let y = 1; y + 1 < height; y++) {
    const at = 3 * y * width;
    row.set(data.subarray(at, at + 3 * width));
    for (let i = 0; i < 3 * width; i++) {
      const above = y === 1 ? data[at - 3 * width + i]! : previous[i]!;
      data[at + i] = row[i]! * (1 - 2 * side) + side * (above + data[at + 3 * width + i]!);
    }
    previous.set(row);
  }
}

/** Averages along a line of the given length, px. */
function motionBlur(canvas: Canvas, angle: number, length: number): void {
  const taps = Math.min(15, Math.max(2, Math.round(length)));
  const { width, height, data } = canvas;
  const source = data.slice();
  const offsets: [number, number][] = [];
  for (let k = 0; k < taps; k++) {
    const t = (k / (taps - 1) - 0.5) * length;
    offsets.push([Math.round(t * Math.cos(angle)), Math.round(t * Math.sin(angle))]);
  }
  const scale = 1 / taps;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (const [ox, oy] of offsets) {
        const xx = x + ox < 0 ? 0 : x + ox >= width ? width - 1 : x + ox;
        const yy = y + oy < 0 ? 0 : y + oy >= height ? height - 1 : y + oy;
        const i = 3 * (yy * width + xx);
        r += source[i]!;
        g += source[i + 1]!;
        b += source[i + 2]!;
      }
      const i = 3 * (y * width + x);
      data[i] = r * scale;
      data[i + 1] = g * scale;
      data[i + 2] = b * scale;
    }
  }
}
