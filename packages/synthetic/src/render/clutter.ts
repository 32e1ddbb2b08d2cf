import type { Random } from '@semblance/core/random';
import { hsv, type Rgb } from '../core/color.ts';
import { smoothstep } from '../core/math.ts';
import { CLOUDS, STRANDS, sampleTile } from '../core/noise.ts';
import { skinTone } from '../identity/palette.ts';
import { blendPixel, type Canvas } from './canvas.ts';

/** Signed distance of a shape in its own axes, px; negative inside. */
type Shape = (x: number, y: number, w: number, h: number) => number;

const SHAPES = {
  box: (x, y, w, h) => Math.max(Math.abs(x) - w, Math.abs(y) - h),
  ellipse: (x, y, w, h) => (Math.hypot(x / w, y / h) - 1) * Math.min(w, h),
  ring: (x, y, w, h) => Math.abs((Math.hypot(x / w, y / h) - 1) * Math.min(w, h)) - 0.22 * Math.min(w, h),
  /** A bar with round ends: limbs, fingers, poles. */
  capsule: (x, y, w, h) => Math.hypot(x, Math.max(0, Math.abs(y) - h)) - 0.35 * w,
  triangle: (x, y, w, h) => Math.max(Math.abs(x) / w + (y / h) * 0.5 - 0.5, -y / h - 1) * Math.min(w, h),
} satisfies Record<string, Shape>;

const step = (t: number) =>
  smoothstep(0.46, 0.54, t - Math.floor(t)) * smoothstep(1, 0.92, t - Math.floor(t));

/** What may be on a thing, 0 its colour to 1 the other, by its own axes in periods. */
const PATTERNS: readonly ((u: number, v: number) => number)[] = [
  (u) => step(u),
  (_, v) => step(v),
  (u, v) => Math.abs(step(u) - step(v)),
  (u, v) => Math.max(smoothstep(0.15, 0.05, u - Math.floor(u)), smoothstep(0.15, 0.05, v - Math.floor(v))),
  (u, v) => smoothstep(0.34, 0.26, Math.hypot(u - Math.floor(u) - 0.5, v - Math.floor(v) - 0.5)),
  (u, v) => smoothstep(0.5, 0.58, sampleTile(CLOUDS, u * 9, v * 9)),
];

const anyColor = (random: Random): Rgb =>
  hsv(random.next(), 0.85 * random.next() ** 1.6, random.range(0.03, 0.95));

/**
 * Draws things that are no faces: boxes, balls, limbs, writing, skin-coloured blobs with dark spots, shaded
 * as if lit, so that neither skin colour nor roundness nor two dark spots alone make a face.
 * @param skinShare share of things in the colours of skin.
 */
export function drawClutter(canvas: Canvas, random: Random, count: number, skinShare: number): void {
  for (let k = 0; k < count; k++) {
    if (random.chance(0.12)) drawWriting(canvas, random);
    else drawThing(canvas, random, random.chance(skinShare), random.logRange(0.02, 0.3));
  }
}

/**
 * Covers the picture with things of every size, many more small ones than large ones: density of sizes ∝ 1/size³, which
 * gives pictures the scale-free statistics of photographed places.
 *
 * Lee, Mumford and Huang, "Occlusion Models for Natural Images" (2001): the dead-leaves model.
 *
 * @param smallest, largest half widths as parts of the picture's width
 */
export function drawLeaves(canvas: Canvas, random: Random, smallest: number, largest: number): void {
  const cover = random.range(0.5, 2.5);
  const [many, few] = [smallest ** -2, largest ** -2];
  const skinShare = random.range(0, 0.3);
  for (let area = 0; area < cover; ) {
    const size = (many + random.next() * (few - many)) ** -0.5;
    area += 4 * size * size;
    if (random.chance(0.01)) drawWriting(canvas, random);
    else drawThing(canvas, random, random.chance(skinShare), size);
  }
}

/** @param size half width as a part of the picture's width */
function drawThing(canvas: Canvas, random: Random, skin: boolean, size: number): void {
  const shape = skin
    ? SHAPES[random.weighted({ ellipse: 3, capsule: 4, box: 1, ring: 0.3, triangle: 0.5 })]
    : SHAPES[random.weighted({ box: 5, ellipse: 2, capsule: 2, ring: 0.7, triangle: 1 })];
  const color: Rgb = skin ? skinTone(random.next(), random.normal(0.7)) : anyColor(random);
  const w = Math.max(2, canvas.width * size);
  const h = Math.max(2, w * random.logRange(0.4, 3));
  const cx = random.range(-0.1, 1.1) * canvas.width;
  const cy = random.range(-0.1, 1.1) * canvas.height;
  const angle = random.chance(0.5) ? random.normal(0.15) : random.range(0, Math.PI);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const round = random.range(0, 1);
  const [lx, ly] = [random.range(-1, 1), random.range(-1, 0.2)];
  const texture = random.range(0, 0.6);
  const scale = random.logRange(0.3, 3);
  const tile = random.chance(0.7) ? CLOUDS : STRANDS;
  const shift = random.range(0, 256);
  const spots = random.chance(0.3)
    ? Array.from(
        { length: random.int(1, 4) },
        () =>
          [
            random.range(-0.7, 0.7) * w,
            random.range(-0.7, 0.7) * h,
            random.range(0.06, 0.25) * w,
            random.range(0.1, 1.6),
          ] as const,
      )
    : [];
  const pattern = random.chance(skin ? 0.15 : 0.45) ? random.pick(PATTERNS) : null;
  const period = Math.max(2.5, w * random.logRange(0.06, 0.6));
  const other = random.chance(0.5)
    ? anyColor(random)
    : ([color[0] * 0.3, color[1] * 0.3, color[2] * 0.3] as const);
  const reach = Math.hypot(w, h) * 1.1 + 2;
  const y1 = Math.min(canvas.height - 1, Math.ceil(cy + reach));
  const x0 = Math.max(0, Math.floor(cx - reach));
  const x1 = Math.min(canvas.width - 1, Math.ceil(cx + reach));
  for (let y = Math.max(0, Math.floor(cy - reach)); y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const u = (x - cx) * cos + (y - cy) * sin;
      const v = (y - cy) * cos - (x - cx) * sin;
      const cover = smoothstep(0.7, -0.7, shape(u, v, w, h));
      if (cover === 0) continue;
      const lit =
        1 +
        round * 0.55 * ((lx * u) / w + (ly * v) / h) +
        texture * (sampleTile(tile, u * scale + shift, v * scale) - 0.5);
      let level = Math.max(0.04, lit);
      const second = pattern === null ? 0 : pattern(u / period, v / period);
      for (const [sx, sy, radius, dark] of spots) {
        if (Math.hypot(u - sx, (v - sy) * 1.5) < radius) level *= dark;
      }
      const r = color[0] + (other[0] - color[0]) * second;
      const g = color[1] + (other[1] - color[1]) * second;
      const b = color[2] + (other[2] - color[2]) * second;
      blendPixel(canvas, y * canvas.width + x, r * level, g * level, b * level, cover);
    }
  }
}

/** Lines of strokes that look like writing, on a sign or on nothing. */
function drawWriting(canvas: Canvas, random: Random): void {
  const size = Math.max(3, canvas.width * random.logRange(0.015, 0.12));
  const x0 = random.range(-0.1, 0.8) * canvas.width;
  const y0 = random.range(0, 0.95) * canvas.height;
  const color = hsv(
    random.next(),
    random.range(0, 0.8),
    random.chance(0.5) ? random.range(0, 0.25) : random.range(0.75, 1),
  );
  const thickness = Math.max(0.6, size * random.range(0.06, 0.16));
  const letters = random.int(3, 12);
  for (let k = 0; k < letters; k++) {
    const left = x0 + k * size * 0.75;
    for (let stroke = random.int(2, 4); stroke > 0; stroke--) {
      const point = () =>
        [left + random.range(0, 0.55) * size, y0 + random.pick([0, 0.5, 1]) * size] as const;
      drawLine(canvas, ...point(), ...point(), thickness, color);
    }
  }
}

/** A straight stroke with round ends. */
export function drawLine(
  canvas: Canvas,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  halfWidth: number,
  color: Rgb,
  alpha = 1,
): void {
  const reach = halfWidth + 1;
  const y1 = Math.min(canvas.height - 1, Math.ceil(Math.max(ay, by) + reach));
  const x0 = Math.max(0, Math.floor(Math.min(ax, bx) - reach));
  const x1 = Math.min(canvas.width - 1, Math.ceil(Math.max(ax, bx) + reach));
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy + 1e-9;
  for (let y = Math.max(0, Math.floor(Math.min(ay, by) - reach)); y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length2));
      const d = Math.hypot(x - ax - t * dx, y - ay - t * dy);
      const cover = alpha * smoothstep(halfWidth + 0.7, halfWidth - 0.7, d);
      if (cover > 0) blendPixel(canvas, y * canvas.width + x, color[0], color[1], color[2], cover);
    }
  }
}
