import type { Rgb } from '../core/color.ts';
import { clamp, smoothstep } from '../core/math.ts';
import { CLOUDS, STRANDS, sampleTile, WHITE } from '../core/noise.ts';
import { WAIST } from '../geometry/body.ts';
import type { Identity } from '../identity/identity.ts';
import { type Cloth, shadeCloth } from './cloth.ts';
import { createEyePainter, type EyeState } from './eyes.ts';
import { createGlassPainter, type GlassState } from './glass.ts';
import type { Light } from './light.ts';
import { createMouthPainter } from './mouth.ts';
import { ATTRIBUTES, MATERIAL, type Surface } from './raster.ts';
import type { Sample } from './sample.ts';
import { MAP_ANGLE, MAP_BOTTOM, MAP_TOP, type SkinMap } from './skin-map.ts';

/** What shading needs to know of a person in a photo. */
export interface Look {
  identity: Identity;
  light: Light;
  skinMap: SkinMap;
  eyes: EyeState;
  /** How far the lips are apart in the middle, mm. */
  lipGapMm: number;
  clothes: Cloth;
  trousers: Cloth;
  hat: Cloth;
  mask: Cloth;
  glasses: GlassState | null;
}

/**
 * Makes the function that computes the colour of one sample of the surface, into `sample`:
 * albedo from the material, then ambient light from six sides × openness, key and fill light (skin lets
 * some of it round the edge, red most), and a highlight.
 */
export function createShader(look: Look, surface: Surface, overlay: Surface | null): (i: number) => Sample {
  const { identity, light, skinMap } = look;
  const sample: Sample = { r: 0, g: 0, b: 0, gloss: 0, glint: 0, fine: false };
  const { material } = surface;
  const attributes = new Float32Array(ATTRIBUTES);
  const paintEye = createEyePainter(identity, look.eyes, light);
  const paintMouth = createMouthPainter(identity, look.lipGapMm);
  const paintGlass = look.glasses ? createGlassPainter(look.glasses) : null;
  const tone = identity.skin.tone;
  const hair = identity.hair;
  const [ax, bx, ay, by, az, bz] = light.ambient;
  const [kx, ky, kz] = light.key.direction;
  const [fx, fy, fz] = light.fill.direction;
  const keyColor = light.key.color;
  const fillColor = light.fill.color;
  const halfLength = Math.hypot(kx, ky, kz + 1) || 1;
  const [hx, hy, hz] = [kx / halfLength, ky / halfLength, (kz + 1) / halfLength];
  const soft = 1 - light.key.hardness;

  const mapX = skinMap.width / (2 * MAP_ANGLE);
  const mapY = skinMap.height / (MAP_BOTTOM - MAP_TOP);

  return (i) => {
    surface.resolve(i, attributes);
    const u = attributes[0]!;
    const v = attributes[1]!;
    let nx = attributes[2]!;
    let ny = attributes[3]!;
    let nz = attributes[4]!;
    const open = attributes[5]!;
    const key = attributes[6]!;
    const scale = 1 / Math.sqrt(nx * nx + ny * ny + nz * nz + 1e-12);
    nx *= scale;
    ny *= scale;
    nz *= scale;
    const kind = material[i]!;
    // Sheets such as hair and ears are seen from both sides.
    if (nz < 0 && kind !== MATERIAL.face) {
      nx = -nx;
      ny = -ny;
      nz = -nz;
    }
    sample.glint = 0;
    sample.fine = kind === MATERIAL.face && v < 36 && v > -92 && u < 0.9 && u > -0.9;
    let wrapR = 0.1;
    let wrapG = 0.1;
    let wrapB = 0.1;
    let sharp = 0;
    switch (kind) {
      case MATERIAL.face:
        sampleSkin(u, v);
        if (v < 16 && v > -16) paintEye(sample, u, v);
        else if (v < -60) paintMouth(sample, u, v);
        wrapR = 0.32;
        wrapG = 0.16;
        wrapB = 0.12;
        break;
      case MATERIAL.skin: {
        const blotch = 1 + 0.14 * (sampleTile(CLOUDS, u * 30, v * 0.4) - 0.5);
        setTone(tone, 0.96 * blotch, 0.4);
        wrapR = 0.32;
        wrapG = 0.16;
        wrapB = 0.12;
        break;
      }
      case MATERIAL.ear: {
        const inner = smoothstep(0.12, 0.4, u) * smoothstep(0.85, 0.6, u) * smoothstep(-0.75, -0.35, v);
        setTone(tone, (1 - 0.55 * inner) * (0.86 + 0.14 * smoothstep(0.7, 0.95, u)), 0.35);
        sample.g *= 0.9;
        sample.b *= 0.88;
        wrapR = 0.5;
        wrapG = 0.22;
        wrapB = 0.18;
        break;
      }
      case MATERIAL.hair:
      case MATERIAL.beard: {
        const color = kind === MATERIAL.hair ? hair.color : identity.beard.color;
        const coarse = sampleTile(STRANDS, u * 62 + hair.patternX, v * 0.5);
        const fine = sampleTile(STRANDS, u * 190 + hair.patternX, v * 1.1);
        const curls = sampleTile(CLOUDS, u * 62 + hair.patternX, v * 0.95);
        const curl = kind === MATERIAL.hair ? hair.curl : 0.6;
        const strand = (coarse * 0.6 + fine * 0.4) * (1 - curl) + curls * curl;
        setTone(color, 0.45 + 1.1 * strand, 0);
        sharp = (0.25 + 0.9 * strand) * (1 - 0.6 * curl);
        wrapR = wrapG = wrapB = 0.3;
        // Strands catch light across their own direction, not the shell's.
        nx += 0.5 * (coarse - 0.5);
        ny += 0.35 * (fine - 0.5);
        break;
      }
      case MATERIAL.cloth:
        shadeCloth(sample, v > WAIST ? look.trousers : look.clothes, u, v);
        break;
      case MATERIAL.hat:
        shadeCloth(sample, look.hat, u, v);
        break;
      case MATERIAL.mask:
        shadeCloth(sample, look.mask, u * 0.02, v);
        sample.r *= 1 - 0.12 * smoothstep(0.35, 0.1, Math.abs((((v + 200) / 9) % 1) - 0.5));
        wrapR = wrapG = wrapB = 0.3;
        break;
      default:
        setTone(look.glasses?.frames.color ?? [0.02, 0.02, 0.02], 1, 0.5);
    }
    lit(nx, ny, nz, open, key, wrapR, wrapG, wrapB, sharp);
    if (overlay !== null && paintGlass !== null && overlay.material[i] !== 0) paintGlass(sample, overlay, i);
    return sample;
  };

  function setTone(color: Rgb, k: number, gloss: number): void {
    sample.r = color[0] * k;
    sample.g = color[1] * k;
    sample.b = color[2] * k;
    sample.gloss = gloss;
  }

  function sampleSkin(phi: number, y: number): void {
    const { texels, width, height } = skinMap;
    const x = clamp((phi + MAP_ANGLE) * mapX - 0.5, 0, width - 1.001);
    const row = clamp((y - MAP_TOP) * mapY - 0.5, 0, height - 1.001);
    const xi = x | 0;
    const yi = row | 0;
    const tx = x - xi;
    const ty = row - yi;
    const a = 4 * (yi * width + xi);
    const c = a + 4 * width;
    const w00 = (1 - tx) * (1 - ty);
    const w10 = tx * (1 - ty);
    const w01 = (1 - tx) * ty;
    const w11 = tx * ty;
    sample.r = texels[a]! * w00 + texels[a + 4]! * w10 + texels[c]! * w01 + texels[c + 4]! * w11;
    sample.g = texels[a + 1]! * w00 + texels[a + 5]! * w10 + texels[c + 1]! * w01 + texels[c + 5]! * w11;
    sample.b = texels[a + 2]! * w00 + texels[a + 6]! * w10 + texels[c + 2]! * w01 + texels[c + 6]! * w11;
    sample.gloss = texels[a + 3]! * w00 + texels[a + 7]! * w10 + texels[c + 3]! * w01 + texels[c + 7]! * w11;
  }

  function lit(
    nx: number,
    ny: number,
    nz: number,
    open: number,
    key: number,
    wrapR: number,
    wrapG: number,
    wrapB: number,
    sharp: number,
  ): void {
    const sideX = nx > 0 ? ax : bx;
    const sideY = ny > 0 ? ay : by;
    const sideZ = nz > 0 ? az : bz;
    const xx = nx * nx;
    const yy = ny * ny;
    const zz = nz * nz;
    let r = (xx * sideX[0] + yy * sideY[0] + zz * sideZ[0]) * open;
    let g = (xx * sideX[1] + yy * sideY[1] + zz * sideZ[1]) * open;
    let b = (xx * sideX[2] + yy * sideY[2] + zz * sideZ[2]) * open;
    const ndl = nx * kx + ny * ky + nz * kz;
    const visible = ndl > -0.35 ? key * (0.35 + 0.65 * open) : 0;
    const lift = 0.25 * soft;
    const kr = Math.max(0, (ndl + wrapR + lift) / (1 + wrapR + lift)) * visible;
    const kg = Math.max(0, (ndl + wrapG + lift) / (1 + wrapG + lift)) * visible;
    const kb = Math.max(0, (ndl + wrapB + lift) / (1 + wrapB + lift)) * visible;
    const fill = Math.max(0, nx * fx + ny * fy + nz * fz) * open;
    r += kr * keyColor[0] + fill * fillColor[0];
    g += kg * keyColor[1] + fill * fillColor[1];
    b += kb * keyColor[2] + fill * fillColor[2];
    let shine = 0;
    if (sample.gloss > 0.02 || sharp > 0) {
      const ndh = Math.max(0, nx * hx + ny * hy + nz * hz);
      const p2 = ndh * ndh;
      const p8 = p2 * p2 * p2 * p2;
      const p16 = p8 * p8;
      const edge = 1 - Math.abs(nz);
      shine =
        sample.gloss *
        (0.05 * p8 + (0.05 + 0.07 * light.key.hardness) * p16 * p8 + 0.06 * edge * edge * edge);
      if (sharp > 0) {
        // Along a strand: brightest where the strand lies across the half vector.
        const along = hy * Math.sqrt(Math.max(0, 1 - ny * ny)) - ny * 0.4;
        const across = Math.max(0, 1 - along * along * 3);
        shine += sharp * 0.045 * across * across * p8 * 3;
      }
      shine *= visible;
    }
    sample.r = sample.r * r + (shine + sample.glint) * keyColor[0];
    sample.g = sample.g * g + (shine + sample.glint) * keyColor[1];
    sample.b = sample.b * b + (shine + sample.glint) * keyColor[2];
  }
}

/** Is there a hole in a hair shell at (angle, depth in mm)? Strands thin out towards the edge. */
export function hairHole(identity: Identity): (u: number, v: number) => boolean {
  const { hair } = identity;
  const reach = 7 + 6 * hair.curl;
  return (u, v) => {
    if (v > reach) return false;
    const strand =
      sampleTile(STRANDS, u * 120 + hair.patternX, v * 0.25) * (1 - hair.curl) +
      hair.curl * sampleTile(CLOUDS, u * 70 + hair.patternX, v * 1.2);
    return v < reach * (1.35 * strand - 0.35);
  };
}

/** Is there a hole in a beard at (u, 20 × density)? */
export function beardHole(u: number, v: number): boolean {
  return v < 20 * (0.25 + 0.6 * sampleTile(WHITE, u * 160, v * 2));
}
