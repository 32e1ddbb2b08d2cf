import type { Random } from '@semblance/core/random';
import { hsv, type Rgb } from '../core/color.ts';
import { smoothstep } from '../core/math.ts';
import { CLOUDS, STRANDS, sampleTile, WHITE } from '../core/noise.ts';
import { blendPixel, type Canvas } from './canvas.ts';
import { drawClutter, drawLeaves } from './clutter.ts';
import type { Light } from './light.ts';

type Painter = (canvas: Canvas, random: Random) => void;

const anyColor = (random: Random): Rgb =>
  random.chance(0.45)
    ? hsv(random.range(0.05, 0.65), random.range(0, 0.16), random.range(0.08, 0.95))
    : hsv(random.next(), 0.08 + 0.7 * random.next() ** 1.7, random.range(0.08, 0.9));

/** Fills the picture from a function of the pixel; out[0..2] is the colour. */
function fill(canvas: Canvas, color: (x: number, y: number, out: Float32Array) => void): void {
  const out = new Float32Array(3);
  const { width, height, data } = canvas;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      color(x, y, out);
      data[i] = out[0]!;
      data[i + 1] = out[1]!;
      data[i + 2] = out[2]!;
    }
  }
}

/** One line a kind of place; everything about it is drawn afresh for each photo. */
const PAINTERS = {
  /** A wall: plain, rough or brushed, with a gradient of light. */
  wall: (canvas, random) => {
    const [a, b] = [anyColor(random), anyColor(random)];
    const blend = random.range(0, 0.5);
    const tile = random.pick([CLOUDS, CLOUDS, STRANDS, WHITE]);
    const scale = random.logRange(0.1, 2) * (200 / canvas.width);
    const rough = random.range(0, 0.35);
    const [gx, gy] = [random.normal(0.5), random.normal(0.5)];
    const shift = random.range(0, 256);
    fill(canvas, (x, y, out) => {
      const level =
        1 +
        rough * (sampleTile(tile, x * scale + shift, y * scale) - 0.5) +
        gx * (x / canvas.width - 0.5) +
        gy * (y / canvas.height - 0.5);
      const t = blend * (y / canvas.height);
      for (let c = 0; c < 3; c++) out[c] = Math.max(0, (a[c]! + (b[c]! - a[c]!) * t) * level);
    });
  },
  /** Leaves, fabric, gravel, clouds: noise between three colours. */
  foliage: (canvas, random) => {
    const green = random.chance(0.6);
    const base = green
      ? hsv(random.range(0.18, 0.4), random.range(0.3, 0.8), random.range(0.15, 0.6))
      : anyColor(random);
    const light = green
      ? hsv(random.range(0.15, 0.3), random.range(0.2, 0.6), random.range(0.5, 1))
      : anyColor(random);
    const dark: Rgb = [base[0] * 0.2, base[1] * 0.25, base[2] * 0.2];
    const scale = random.logRange(0.25, 1.8) * (200 / canvas.width);
    const [sx, sy] = [random.range(0, 256), random.range(0, 256)];
    const bite = random.range(0.06, 0.25);
    fill(canvas, (x, y, out) => {
      const n = sampleTile(CLOUDS, x * scale + sx, y * scale + sy);
      const m = sampleTile(CLOUDS, x * scale * 3.1 + sy, y * scale * 3.1 + sx);
      const t = smoothstep(0.5 - bite, 0.5 + bite, 0.6 * n + 0.4 * m);
      const h = smoothstep(0.56, 0.75, m);
      for (let c = 0; c < 3; c++) out[c] = (dark[c]! + (base[c]! - dark[c]!) * t) * (1 - h) + light[c]! * h;
    });
  },
  /** Sky over ground, with a wavering horizon. */
  outdoors: (canvas, random) => {
    const sky = hsv(random.range(0.52, 0.64), random.range(0, 0.5), random.range(0.6, 1));
    const ground = anyColor(random);
    const horizon = canvas.height * random.range(0.2, 0.9);
    const [sx, scale] = [random.range(0, 256), random.logRange(0.1, 0.6) * (200 / canvas.width)];
    const wobble = random.range(0, 0.3) * canvas.height;
    fill(canvas, (x, y, out) => {
      const n = sampleTile(CLOUDS, x * scale + sx, y * scale);
      const edge = horizon + wobble * (sampleTile(CLOUDS, x * scale + sx, 7.3) - 0.5);
      const below = smoothstep(edge - 1.5, edge + 1.5, y);
      for (let c = 0; c < 3; c++) {
        const up = sky[c]! * (0.75 + 0.5 * n * (c === 2 ? 0.6 : 1));
        out[c] = up + (ground[c]! * (0.5 + n) - up) * below;
      }
    });
  },
  /** A façade or a shelf: rows of windows, books, tiles. */
  grid: (canvas, random) => {
    const [wall, hole, rim] = [anyColor(random), anyColor(random), anyColor(random)];
    const w = canvas.width * random.range(0.05, 0.3);
    const h = canvas.width * random.range(0.05, 0.35);
    const gap = random.range(0.04, 0.4);
    const [slantX, slantY] = [random.normal(0.15), random.normal(0.15)];
    const seed = random.range(0, 256);
    const scale = 200 / canvas.width;
    fill(canvas, (x, y, out) => {
      const u = (x + y * slantX) / w + seed;
      const v = (y + x * slantY) / h + seed;
      const fu = u - Math.floor(u);
      const fv = v - Math.floor(v);
      const inside = fu > gap && fv > gap;
      const edge = inside && (fu < gap + 0.05 || fv < gap + 0.05);
      const own = WHITE[((Math.floor(u) * 37 + Math.floor(v) * 101) & 65535) >>> 0]!;
      const n = 0.8 + 0.4 * sampleTile(CLOUDS, x * scale, y * scale + seed);
      const color = edge ? rim : inside ? hole : wall;
      const level = n * (inside ? 0.35 + 1.1 * own : 1);
      for (let c = 0; c < 3; c++) out[c] = color[c]! * level;
    });
  },
  /** Lights out of focus. */
  bokeh: (canvas, random) => {
    const base = hsv(random.next(), random.range(0, 0.6), random.range(0.03, 0.4));
    fill(canvas, (_x, _y, out) => out.set(base));
    const tint = random.next();
    for (let k = random.int(8, 40); k > 0; k--) {
      const color = hsv(tint + random.normal(0.12), random.range(0.1, 0.7), random.range(0.4, 1));
      disc(
        canvas,
        random.range(0, canvas.width),
        random.range(0, canvas.height),
        canvas.width * random.range(0.01, 0.09),
        color,
        random.range(0.15, 0.8),
      );
    }
  },
  /** Large flat shapes over each other: furniture, posters, screens. */
  shapes: (canvas, random) => {
    PAINTERS.wall(canvas, random);
    drawClutter(canvas, random, random.int(5, 14), 0.5);
  },
  /** A place full of things of every size: a market, a street, a thicket. */
  busy: (canvas, random) => {
    PAINTERS[random.pick(['wall', 'outdoors', 'grid', 'foliage'] as const)](canvas, random);
    drawLeaves(canvas, random, random.logRange(0.004, 0.012), random.range(0.1, 0.35));
  },
} satisfies Record<string, Painter>;

function disc(canvas: Canvas, cx: number, cy: number, radius: number, color: Rgb, alpha: number): void {
  const y1 = Math.min(canvas.height - 1, Math.ceil(cy + radius));
  for (let y = Math.max(0, Math.floor(cy - radius)); y <= y1; y++) {
    const x1 = Math.min(canvas.width - 1, Math.ceil(cx + radius));
    for (let x = Math.max(0, Math.floor(cx - radius)); x <= x1; x++) {
      const d = Math.hypot(x - cx, y - cy);
      const cover = alpha * smoothstep(radius, radius - 1.5, d) * (0.75 + 0.25 * (d / radius));
      if (cover > 0) blendPixel(canvas, y * canvas.width + x, color[0], color[1], color[2], cover);
    }
  }
}

/**
 * Paints the place behind the faces.
 * @param clutter 0 plain to 1 crowded with things, some of them skin-coloured, round or written on.
 * @param busy how often the whole place is full of things of every size: 0 never to 1 half of the time.
 */
export function paintBackground(
  canvas: Canvas,
  random: Random,
  light: Light,
  clutter: number,
  busy = 0,
): void {
  const kind = random.weighted({
    wall: 3,
    foliage: 1.5,
    outdoors: 1.5,
    grid: 1.5,
    bokeh: 0.6,
    shapes: 1.5,
    busy: 9.6 * busy,
  });
  PAINTERS[kind](canvas, random);
  if (random.chance(0.25 + 0.75 * clutter))
    drawClutter(canvas, random, random.int(1, 4 + Math.round(16 * clutter)), 0.25);
  const { data } = canvas;
  const [r, g, b] = light.backdrop;
  for (let i = 0; i < data.length; i += 3) {
    data[i]! *= r;
    data[i + 1]! *= g;
    data[i + 2]! *= b;
  }
  // Behind a near face the place is out of focus.
  if (random.chance(0.6)) blurCanvas(canvas, canvas.width * random.logRange(0.004, 0.06));
}

/** Blurs in place with two passes of a box of the given radius (px, rounded), about a Gaussian's shape. */
export function blurCanvas(canvas: Canvas, radius: number): void {
  const r = Math.round(radius);
  if (r < 1) return;
  const { width, height, data } = canvas;
  const line = new Float32Array(Math.max(width, height));
  for (let pass = 0; pass < 2; pass++) {
    for (let c = 0; c < 3; c++) {
      for (let y = 0; y < height; y++) boxLine(data, 3 * y * width + c, 3, width, r, line);
      for (let x = 0; x < width; x++) boxLine(data, 3 * x + c, 3 * width, height, r, line);
    }
  }
}

function boxLine(
  data: Float32Array,
  start: number,
  step: number,
  count: number,
  r: number,
  line: Float32Array,
): void {
  for (let i = 0; i < count; i++) line[i] = data[start + i * step]!;
  let sum = line[0]! * (r + 1);
  for (let i = 1; i <= r; i++) sum += line[Math.min(i, count - 1)]!;
  const scale = 1 / (2 * r + 1);
  for (let i = 0; i < count; i++) {
    data[start + i * step] = sum * scale;
    sum += line[i + r + 1 < count ? i + r + 1 : count - 1]! - line[i - r > 0 ? i - r : 0]!;
  }
}
