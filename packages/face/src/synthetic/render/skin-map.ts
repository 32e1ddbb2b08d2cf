import { bell, clamp, smoothstep } from '../core/math.ts';
import { CLOUDS, STRANDS, sampleTile, WHITE } from '../core/noise.ts';
import { beardDensity } from '../geometry/beard-shell.ts';
import { hairDepth } from '../geometry/hairline.ts';
import { faceHalfWidth, MOUTH_HALF_WIDTH, MOUTH_Y } from '../geometry/head.ts';
import type { Identity } from '../identity/identity.ts';

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
  const texel = new Float32Array(4);
  for (let row = 0; row < height; row++) {
    const y = MAP_TOP + ((row + 0.5) / height) * (MAP_BOTTOM - MAP_TOP);
    const halfWidth = faceHalfWidth(y);
    for (let col = 0; col < width; col++) {
      const phi = MAP_ANGLE * (-1 + (2 * (col + 0.5)) / width);
      paintTexel(identity, phi, y, halfWidth * Math.sin(phi), texel);
      texels.set(texel, 4 * (row * width + col));
    }
  }
  return { width, height, texels };
}

function paintTexel(identity: Identity, phi: number, y: number, x: number, out: Float32Array): void {
  const { skin } = identity;
  const a = Math.abs(x);
  const angle = Math.abs(phi);
  const blotch = sampleTile(CLOUDS, phi * 40 + skin.patternX, y * 0.55 + skin.patternY) - 0.5;
  const pores = sampleTile(WHITE, phi * 90 + skin.patternX, y * 1.2) - 0.5;
  const level = 1 + 0.16 * blotch + 0.05 * pores;
  let r = skin.tone[0] * level;
  let g = skin.tone[1] * level;
  let b = skin.tone[2] * level;
  let gloss =
    0.5 +
    0.5 *
      skin.shine *
      (bell(a, 0, 26) * smoothstep(10, 40, y) +
        bell(a, 0, 8) * bell(y, -25, 22) +
        0.7 * bell(a, 40, 12) * bell(y, -20, 10));
  const shade = (k: number, redder = 0) => {
    r *= k + (1 - k) * 0.3 * redder;
    g *= k;
    b *= k - (1 - k) * 0.1 * redder;
  };

  const front = angle < 1.45;
  if (front) {
    const red =
      skin.redness *
      (bell(a, 42, 15) * bell(y, -32, 15) +
        0.9 * bell(a, 0, 11) * bell(y, -40, 9) +
        0.5 * bell(a, 0, 14) * bell(y, -103, 8));
    g *= 1 - 0.24 * red * (1 + blotch);
    b *= 1 - 0.2 * red * (1 + blotch);
    paintEyes();
    paintWrinkles();
    if (skin.freckles > 0.02) {
      const zone = skin.freckles * (bell(a, 24, 24) * bell(y, -24, 18) + 0.35 * smoothstep(0, 30, y));
      const spot = sampleTile(CLOUDS, x * 3.1 + skin.patternX, y * 3.1);
      shade(1 - 0.5 * zone * smoothstep(0.58, 0.74, spot), 0.5);
    }
    for (const mole of skin.moles) {
      const d = Math.hypot(x - mole.x, y - mole.y) / mole.radius;
      if (d < 1.4) shade(1 - 0.8 * mole.strength * smoothstep(1.4, 0.7, d), 0.3);
    }
    const nostril = Math.hypot((a - 7.5) / 4.6, (y + 49.6) / 2.1);
    if (nostril < 1.5) shade(1 - 0.88 * smoothstep(1.5, 0.7, nostril), 0.4);
    shade(1 - 0.22 * bell(a, 19, 2.5) * bell(y, -44, 6), 0.5);
    paintLips();
    paintBrows();
  }
  paintHairAndBeard();
  out[0] = r;
  out[1] = g;
  out[2] = b;
  out[3] = gloss;

  function paintEyes(): void {
    shade(1 - 0.35 * skin.eyeShadows * bell(a, 27, 12) * bell(y, -12, 4.5), 0.3);
    shade(1 - 0.2 * bell(a, 31, 13) * bell(y, 5, 5), 0.8);
    shade(1 - 0.25 * bell(a, 15, 5) * bell(y, 2, 8), 0.4);
  }

  function paintWrinkles(): void {
    const w = skin.wrinkles;
    const wobble = 5 * blotch;
    // From the wing of the nose to beside the mouth: everybody has some of it.
    if (y < -38 && y > -92) {
      const line = 19 + 0.32 * (-44 - y);
      shade(
        1 -
          (0.1 + 0.3 * w) * bell(a, line, 1.6 + 0.8 * w) * smoothstep(-92, -70, y) * smoothstep(-38, -46, y),
        0.4,
      );
    }
    if (w < 0.08) return;
    if (y > 22 && y < 62 && a < 46) {
      const phase = ((y + wobble + 0.004 * a * a) / 9.5) % 1;
      shade(1 - 0.26 * w * bell(phase, 0.5, 0.1) * smoothstep(46, 30, a), 0.4);
    }
    if (a > 44 && a < 66 && y > -18 && y < 14) {
      const fan = Math.atan2(y + 1, a - 36);
      shade(
        1 - 0.26 * w * bell((fan * 3.2 + 10) % 1, 0.5, 0.13) * smoothstep(44, 49, a) * smoothstep(66, 56, a),
        0.4,
      );
    }
    shade(1 - 0.3 * w * bell(a, 4.5, 1) * bell(y, 17, 6), 0.4);
    shade(
      1 - 0.3 * w * bell(a, 28 + 0.1 * (-75 - y), 1.5) * smoothstep(-74, -80, y) * smoothstep(-100, -88, y),
      0.4,
    );
    shade(
      1 -
        0.25 *
          w *
          bell(y, -17 + 0.06 * (a - 30) ** 2 * 0.4, 1.2) *
          smoothstep(12, 18, a) *
          smoothstep(44, 36, a),
      0.4,
    );
  }

  function paintLips(): void {
    if (a > MOUTH_HALF_WIDTH + 2 || y > -60 || y < -90) return;
    const { lips } = identity;
    const t = Math.min(1, a / (MOUTH_HALF_WIDTH + 0.5));
    const bow = 1 - lips.bow * 0.22 * bell(a, 0, 2.6) + 0.06 * bell(a, 6, 3);
    const top = MOUTH_Y + lips.upper * bow * (1 - t ** 1.7);
    const bottom = MOUTH_Y - lips.lower * Math.sqrt(Math.max(0, 1 - t ** 2.2));
    const inside = smoothstep(-0.9, 0.9, Math.min(top - y, y - bottom)) * smoothstep(1.02, 0.9, t);
    if (inside > 0) {
      const streak = 1 + 0.14 * (sampleTile(STRANDS, x * 2.4 + skin.patternX, y * 0.8) - 0.5);
      const k = inside * lips.contrast;
      const darker = y > MOUTH_Y ? 0.82 : 1;
      r += (lips.color[0] * streak * darker - r) * k;
      g += (lips.color[1] * streak * darker - g) * k;
      b += (lips.color[2] * streak * darker - b) * k;
      gloss += (1.1 - gloss) * inside * 0.8;
    }
    shade(1 - 0.72 * bell(y, MOUTH_Y, 0.9) * smoothstep(1.06, 0.85, t), 0.5);
    shade(1 - 0.3 * bell(a, MOUTH_HALF_WIDTH, 1.8) * bell(y, MOUTH_Y, 1.8), 0.4);
    shade(1 - 0.15 * bell(y, bottom - 2.5, 2) * smoothstep(1, 0.6, t));
  }

  function paintBrows(): void {
    const { brows } = identity;
    if (y < 6 || y > 36 || a > 62) return;
    const t = (a - brows.innerX) / (brows.outerX - brows.innerX);
    if (t < -0.15 || t > 1.08) {
      if (brows.joined > 0 && a < brows.innerX) blend(brows.joined * 0.7 * bell(y, 17.5, 3));
      return;
    }
    const centre = 17.5 + brows.arch * (1 - ((t - 0.62) / 0.62) ** 2);
    const half =
      0.5 *
      brows.thickness *
      (0.75 + 0.25 * smoothstep(-0.1, 0.2, t)) *
      (1 - 0.75 * brows.taper * smoothstep(0.45, 1.05, t));
    const inside = smoothstep(1.25, 0.55, Math.abs(y - centre) / Math.max(0.6, half));
    const ends = smoothstep(-0.12, 0.12, t) * smoothstep(1.08, 0.85, t);
    const hairs =
      0.55 + 0.9 * sampleTile(STRANDS, (x + 0.9 * y * Math.sign(x)) * 2.6 + skin.patternX, y * 0.9);
    blend(brows.density * inside * ends * Math.min(1.1, hairs));

    function blend(amount: number): void {
      const k = clamp(amount, 0, 0.97);
      r += (brows.color[0] - r) * k;
      g += (brows.color[1] - g) * k;
      b += (brows.color[2] - b) * k;
      gloss *= 1 - 0.7 * k;
    }
  }

  function paintHairAndBeard(): void {
    const { hair, beard } = identity;
    const depth = hairDepth(hair, phi, y);
    // Scalp hair below the shell; a shaved head still shows its shadow.
    const strands = sampleTile(STRANDS, phi * 110 + hair.patternX, y * 0.4) - 0.5;
    let cover = 0.93 * smoothstep(-5, 7, depth + 9 * strands);
    if (hair.style === 'bald' && y > 5) cover = 0.1 * smoothstep(30, 75, y);
    let k = cover;
    let from = hair.color;
    const density = beardDensity(beard, x, y, angle);
    if (density > 0) {
      const patches =
        1 - beard.patchiness * smoothstep(0.45, 0.75, sampleTile(CLOUDS, x * 0.7 + skin.patternY, y * 0.7));
      const short = beard.lengthMm < 1;
      const hairs = short ? 0.55 + 0.35 * sampleTile(WHITE, x * 2.2, y * 2.2) : 0.85;
      const d = density * patches * hairs * (short ? 0.35 + 0.45 * beard.lengthMm : 1);
      if (d > k) {
        k = d;
        from = beard.color;
      }
    }
    const lit = 1 + 0.5 * strands;
    r += (from[0] * lit - r) * k;
    g += (from[1] * lit - g) * k;
    b += (from[2] * lit - b) * k;
    gloss *= 1 - 0.8 * k;
  }
}
