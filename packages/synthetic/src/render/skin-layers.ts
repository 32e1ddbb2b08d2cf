import { bell, clamp, smoothstep } from '../core/math.ts';
import { CLOUDS, STRANDS, sampleTile, WHITE } from '../core/noise.ts';
import { beardDensity } from '../geometry/beard-shell.ts';
import { hairDepth } from '../geometry/hairline.ts';
import { MOUTH_HALF_WIDTH, MOUTH_Y } from '../geometry/head.ts';
import type { Identity } from '../identity/identity.ts';

/** A point of the skin being painted: where it is (rad, mm) and its colour so far. */
export interface Texel {
  phi: number;
  /** |phi|. */
  angle: number;
  x: number;
  /** |x|. */
  a: number;
  y: number;
  /** The skin's own slow variation, −½ to ½. */
  blotch: number;
  r: number;
  g: number;
  b: number;
  gloss: number;
}

interface SkinLayer {
  /** Heights it touches, mm. */
  from: number;
  to: number;
  /** Only on the front of the head. */
  front: boolean;
  paint(texel: Texel, identity: Identity): void;
}

/** Painted over each other in this order; a new mark of the skin is one line and one function. */
export const SKIN_LAYERS: readonly SkinLayer[] = [
  { from: -999, to: 999, front: false, paint: paintTone },
  { from: -115, to: 45, front: true, paint: paintFlush },
  { from: -36, to: 38, front: true, paint: paintSockets },
  { from: -100, to: 62, front: true, paint: paintWrinkles },
  { from: -115, to: 60, front: true, paint: paintSpots },
  { from: -64, to: -30, front: true, paint: paintNostrils },
  { from: -92, to: -58, front: true, paint: paintLips },
  { from: 4, to: 38, front: true, paint: paintBrows },
  { from: -999, to: 999, front: false, paint: paintHairAndBeard },
];

/** Darkens to the share k, reds least. */
function shade(texel: Texel, k: number, redder: number): void {
  texel.r *= k + (1 - k) * 0.3 * redder;
  texel.g *= k;
  texel.b *= k - (1 - k) * 0.1 * redder;
}

function blend(texel: Texel, color: readonly [number, number, number], amount: number, level = 1): void {
  texel.r += (color[0] * level - texel.r) * amount;
  texel.g += (color[1] * level - texel.g) * amount;
  texel.b += (color[2] * level - texel.b) * amount;
}

function paintTone(t: Texel, { skin }: Identity): void {
  t.blotch = sampleTile(CLOUDS, t.phi * 40 + skin.patternX, t.y * 0.55 + skin.patternY) - 0.5;
  const pores = sampleTile(WHITE, t.phi * 90 + skin.patternX, t.y * 1.2) - 0.5;
  const level = 1 + 0.16 * t.blotch + 0.05 * pores;
  t.r = skin.tone[0] * level;
  t.g = skin.tone[1] * level;
  t.b = skin.tone[2] * level;
  const shiny =
    bell(t.a, 0, 26) * smoothstep(10, 40, t.y) +
    bell(t.a, 0, 8) * bell(t.y, -25, 22) +
    0.7 * bell(t.a, 40, 12) * bell(t.y, -20, 10);
  t.gloss = 0.5 + 0.5 * skin.shine * shiny;
}

function paintFlush(t: Texel, { skin }: Identity): void {
  const red =
    skin.redness *
    (1 + t.blotch) *
    (bell(t.a, 42, 15) * bell(t.y, -32, 15) +
      0.9 * bell(t.a, 0, 11) * bell(t.y, -40, 9) +
      0.5 * bell(t.a, 0, 14) * bell(t.y, -103, 8));
  t.g *= 1 - 0.17 * red;
  t.b *= 1 - 0.15 * red;
}

function paintSockets(t: Texel, { skin }: Identity): void {
  shade(t, 1 - 0.35 * skin.eyeShadows * bell(t.a, 27, 12) * bell(t.y, -12, 4.5), 0.3);
  shade(t, 1 - 0.2 * bell(t.a, 31, 13) * bell(t.y, 5, 5), 0.8);
  shade(t, 1 - 0.14 * bell(t.a, 15, 5) * bell(t.y, 2, 8), 0.4);
}

function paintWrinkles(t: Texel, { skin }: Identity): void {
  const { a, y } = t;
  const w = skin.wrinkles;
  // From the wing of the nose to beside the mouth: everybody has some of it.
  if (y < -38 && y > -92) {
    const line = bell(a, 19 + 0.32 * (-44 - y), 1.6 + 0.8 * w);
    shade(t, 1 - (0.1 + 0.3 * w) * line * smoothstep(-92, -70, y) * smoothstep(-38, -46, y), 0.4);
  }
  if (w < 0.08) return;
  if (y > 22 && a < 46) {
    const phase = ((y + 5 * t.blotch + 0.004 * a * a) / 9.5) % 1;
    shade(t, 1 - 0.26 * w * bell(phase, 0.5, 0.1) * smoothstep(46, 30, a), 0.4);
  }
  if (a > 44 && a < 66 && y > -18 && y < 14) {
    const fan = (Math.atan2(y + 1, a - 36) * 3.2 + 10) % 1;
    shade(t, 1 - 0.26 * w * bell(fan, 0.5, 0.13) * smoothstep(44, 49, a) * smoothstep(66, 56, a), 0.4);
  }
  shade(t, 1 - 0.3 * w * bell(a, 4.5, 1) * bell(y, 17, 6), 0.4);
  const marionette = bell(a, 28 + 0.1 * (-75 - y), 1.5) * smoothstep(-74, -80, y);
  shade(t, 1 - 0.3 * w * marionette * smoothstep(-100, -88, y), 0.4);
  const bag = bell(y, -17 + 0.024 * (a - 30) ** 2, 1.2) * smoothstep(12, 18, a) * smoothstep(44, 36, a);
  shade(t, 1 - 0.25 * w * bag, 0.4);
}

function paintSpots(t: Texel, { skin }: Identity): void {
  if (skin.freckles > 0.02) {
    const zone = bell(t.a, 24, 24) * bell(t.y, -24, 18) + 0.35 * smoothstep(0, 30, t.y);
    const spot = sampleTile(WHITE, t.x * 0.75 + skin.patternX, t.y * 0.75);
    shade(t, 1 - 0.5 * skin.freckles * zone * smoothstep(0.66, 0.85, spot), 0.5);
  }
  for (const mole of skin.moles) {
    const dx = (t.x - mole.x) / mole.radius;
    const dy = (t.y - mole.y) / mole.radius;
    const d = dx * dx + dy * dy;
    if (d < 2) shade(t, 1 - 0.8 * mole.strength * smoothstep(2, 0.5, d), 0.3);
  }
}

function paintNostrils(t: Texel): void {
  const dx = (t.a - 7.2) / 4.2;
  const dy = (t.y + 50.2 - 0.12 * (t.a - 7)) / 2;
  const d = dx * dx + dy * dy;
  if (d < 2.25) shade(t, 1 - 0.88 * smoothstep(1.5, 0.7, Math.sqrt(d)), 0.4);
  shade(t, 1 - 0.22 * bell(t.a, 19, 2.5) * bell(t.y, -44, 6), 0.5);
}

function paintLips(t: Texel, { lips, skin }: Identity): void {
  const { a, y } = t;
  if (a > MOUTH_HALF_WIDTH + 3) return;
  const along = Math.min(1, a / (MOUTH_HALF_WIDTH + 0.5));
  const bow = 1 - lips.bow * 0.22 * bell(a, 0, 2.6) + 0.06 * bell(a, 6, 3);
  const top = MOUTH_Y + lips.upper * bow * (1 - along ** 1.7);
  const bottom = MOUTH_Y - lips.lower * Math.sqrt(Math.max(0, 1 - along ** 2.2));
  const inside = smoothstep(-0.9, 0.9, Math.min(top - y, y - bottom)) * smoothstep(1.02, 0.9, along);
  if (inside > 0) {
    const streak = 1 + 0.14 * (sampleTile(STRANDS, t.x * 2.4 + skin.patternX, y * 0.8) - 0.5);
    blend(t, lips.color, inside * lips.contrast, y > MOUTH_Y ? 0.82 * streak : streak);
    t.gloss += (1.1 - t.gloss) * inside * 0.8;
  }
  shade(t, 1 - 0.72 * bell(y, MOUTH_Y, 0.9) * smoothstep(1.06, 0.85, along), 0.5);
  shade(t, 1 - 0.3 * bell(a, MOUTH_HALF_WIDTH, 1.8) * bell(y, MOUTH_Y, 1.8), 0.4);
  shade(t, 1 - 0.15 * bell(y, bottom - 2.5, 2) * smoothstep(1, 0.6, along), 0);
}

function paintBrows(t: Texel, { brows, skin }: Identity): void {
  const { a, y } = t;
  if (a > 62) return;
  const along = (a - brows.innerX) / (brows.outerX - brows.innerX);
  let amount: number;
  if (along < -0.15) {
    amount = brows.joined * 0.7 * bell(y, 17.5, 3);
  } else if (along > 1.08) {
    return;
  } else {
    const centre = 17.5 + brows.arch * (1 - ((along - 0.62) / 0.62) ** 2);
    const half =
      0.5 *
      brows.thickness *
      (0.75 + 0.25 * smoothstep(-0.1, 0.2, along)) *
      (1 - 0.75 * brows.taper * smoothstep(0.45, 1.05, along));
    const inside = smoothstep(1.25, 0.55, Math.abs(y - centre) / Math.max(0.6, half));
    const ends = smoothstep(-0.12, 0.12, along) * smoothstep(1.08, 0.85, along);
    const slant = t.x + 0.9 * y * Math.sign(t.x);
    const hairs = 0.55 + 0.9 * sampleTile(STRANDS, slant * 2.6 + skin.patternX, y * 0.9);
    amount = brows.density * inside * ends * Math.min(1.1, hairs);
  }
  const k = clamp(amount, 0, 0.97);
  blend(t, brows.color, k);
  t.gloss *= 1 - 0.7 * k;
}

function paintHairAndBeard(t: Texel, { hair, beard, skin }: Identity): void {
  // Scalp hair below the shell; a shaved head still shows its shadow.
  const strands = sampleTile(STRANDS, t.phi * 110 + hair.patternX, t.y * 0.4) - 0.5;
  let k = 0.93 * smoothstep(-5, 7, hairDepth(hair, t.phi, t.y) + 9 * strands);
  if (hair.style === 'bald' && t.y > 5) k = 0.1 * smoothstep(30, 75, t.y);
  let color = hair.color;
  const density = beardDensity(beard, t.x, t.y, t.angle);
  if (density > 0) {
    const patches = sampleTile(CLOUDS, t.x * 0.7 + skin.patternY, t.y * 0.7);
    const short = beard.lengthMm < 1;
    const hairs = short ? 0.55 + 0.35 * sampleTile(WHITE, t.x * 2.2, t.y * 2.2) : 0.85;
    const cover =
      density *
      (1 - beard.patchiness * smoothstep(0.45, 0.75, patches)) *
      hairs *
      (short ? 0.35 + 0.45 * beard.lengthMm : 1);
    if (cover > k) {
      k = cover;
      color = beard.color;
    }
  }
  blend(t, color, k, 1 + 0.5 * strands);
  t.gloss *= 1 - 0.8 * k;
}
