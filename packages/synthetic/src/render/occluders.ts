import type { Random } from '@semblance/core/random';
import type { Box } from '@semblance/face/geometry';
import { hsv, type Rgb } from '../core/color.ts';
import { smoothstep } from '../core/math.ts';
import { CLOUDS, sampleTile } from '../core/noise.ts';
import { blendPixel, type Canvas } from './canvas.ts';
import type { Light } from './light.ts';

/** A bar with round ends, from (ax, ay) to (bx, by), in pixels. */
interface Limb {
  ax: number;
  ay: number;
  bx: number;
  by: number;
  radius: number;
}

/** Draws limbs as one lit body; where they cover a face, that face is no longer seen. */
function drawLimbs(canvas: Canvas, limbs: readonly Limb[], color: Rgb, light: Light, shift: number): void {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { ax, ay, bx, by, radius } of limbs) {
    x0 = Math.min(x0, ax - radius, bx - radius);
    x1 = Math.max(x1, ax + radius, bx + radius);
    y0 = Math.min(y0, ay - radius, by - radius);
    y1 = Math.max(y1, ay + radius, by + radius);
  }
  const [kx, ky, kz] = light.key.direction;
  const right = Math.min(canvas.width - 1, Math.ceil(x1));
  const bottom = Math.min(canvas.height - 1, Math.ceil(y1));
  for (let y = Math.max(0, Math.floor(y0)); y <= bottom; y++) {
    for (let x = Math.max(0, Math.floor(x0)); x <= right; x++) {
      let best = -1;
      let cover = 0;
      let [nx, ny] = [0, 0];
      for (const limb of limbs) {
        const dx = limb.bx - limb.ax;
        const dy = limb.by - limb.ay;
        const t = Math.max(
          0,
          Math.min(1, ((x - limb.ax) * dx + (y - limb.ay) * dy) / (dx * dx + dy * dy + 1e-9)),
        );
        const ox = x - limb.ax - t * dx;
        const oy = y - limb.ay - t * dy;
        const d = Math.hypot(ox, oy);
        const height = limb.radius * limb.radius - d * d;
        cover = Math.max(cover, smoothstep(limb.radius + 0.6, limb.radius - 0.6, d));
        if (height > best) {
          best = height;
          nx = ox / limb.radius;
          ny = -oy / limb.radius;
        }
      }
      if (cover === 0) continue;
      const nz = Math.sqrt(Math.max(0.02, 1 - nx * nx - ny * ny));
      const key = Math.max(0, (nx * kx + ny * ky + nz * kz + 0.25) / 1.25);
      const blotch = 0.9 + 0.2 * sampleTile(CLOUDS, x * 0.8 + shift, y * 0.8);
      const index = y * canvas.width + x;
      const a = light.ambient[4];
      const b = light.ambient[ny > 0 ? 2 : 3];
      const level = (c: 0 | 1 | 2) =>
        color[c] * blotch * (key * light.key.color[c] + a[c] * nz * nz + b[c] * (1 - nz * nz));
      blendPixel(canvas, index, level(0), level(1), level(2), cover);
      if (cover > 0.5) canvas.owner[index] = 0;
    }
  }
}

/** What may come between a face and the camera; sizes follow the face's. */
const OCCLUDERS = {
  hand: (canvas, random, [x0, y0, x1, y1], skin, light) => {
    const size = (x1 - x0) * random.range(0.75, 1.05);
    const px = random.range(x0, x1);
    const py = random.chance(0.7)
      ? random.range(y0 + 0.55 * (y1 - y0), y1 + 0.2 * (y1 - y0))
      : random.range(y0 - 0.1 * (y1 - y0), y1);
    const towards = random.range(-0.7, 0.7) + (px < (x0 + x1) / 2 ? 0.5 : -0.5);
    const limbs: Limb[] = [];
    const [ux, uy] = [Math.sin(towards), -Math.cos(towards)];
    limbs.push({ ax: px, ay: py, bx: px - ux * size * 0.3, by: py - uy * size * 0.3, radius: size * 0.2 });
    limbs.push({
      ax: px - ux * size * 0.35,
      ay: py - uy * size * 0.35,
      bx: px - ux * size * 1.6,
      by: py - uy * size * 1.6,
      radius: size * 0.15,
    });
    const bent = random.range(0.25, 0.62);
    for (let finger = -1.5; finger <= 1.5; finger++) {
      const angle = towards + finger * random.range(0.05, 0.16);
      const fx = px + Math.cos(towards) * finger * size * 0.1;
      const fy = py + Math.sin(towards) * finger * size * 0.1;
      const length = size * bent * (1 - 0.1 * Math.abs(finger));
      limbs.push({
        ax: fx,
        ay: fy,
        bx: fx + Math.sin(angle) * length,
        by: fy - Math.cos(angle) * length,
        radius: size * 0.052,
      });
    }
    drawLimbs(canvas, limbs, skin, light, random.range(0, 256));
  },
  microphone: (canvas, random, [x0, y0, x1, y1], _skin, light) => {
    const size = (x1 - x0) * random.range(0.14, 0.24);
    const x = random.range(x0 + 0.3 * (x1 - x0), x1 - 0.3 * (x1 - x0));
    const y = y1 - (y1 - y0) * random.range(-0.05, 0.28);
    const tilt = random.normal(0.6);
    const grey = random.range(0.01, 0.2);
    drawLimbs(
      canvas,
      [{ ax: x, ay: y, bx: x + tilt * size, by: y + size, radius: size }],
      [grey, grey, grey],
      light,
      random.range(0, 256),
    );
    drawLimbs(
      canvas,
      [
        {
          ax: x + tilt * size,
          ay: y + 1.6 * size,
          bx: x + tilt * 6 * size,
          by: y + 9 * size,
          radius: size * 0.5,
        },
      ],
      [0.02, 0.02, 0.02],
      light,
      0,
    );
  },
  thing: (canvas, random, [x0, y0, x1, y1], _skin, light) => {
    const side = random.pick([-1, 1]);
    const width = (x1 - x0) * random.range(0.25, 0.6);
    const x = side < 0 ? x0 + random.range(-0.3, 0.1) * width : x1 + random.range(-0.1, 0.3) * width;
    const lean = random.normal(0.25) * (y1 - y0);
    const color = hsv(random.next(), random.range(0, 0.8), random.range(0.1, 0.9));
    drawLimbs(
      canvas,
      [
        {
          ax: x - lean,
          ay: y0 - random.range(-0.5, 1) * (y1 - y0),
          bx: x + lean,
          by: y1 + 2 * (y1 - y0),
          radius: width * 0.6,
        },
      ],
      color,
      light,
      random.range(0, 256),
    );
  },
  strands: (canvas, random, [x0, y0, x1, y1], _skin, light) => {
    const dark: Rgb = hsv(random.range(0.05, 0.11), random.range(0.3, 0.7), random.range(0.05, 0.5));
    for (let k = random.int(2, 7); k > 0; k--) {
      const x = random.range(x0, x1);
      const sway = random.normal(0.25) * (x1 - x0);
      const radius = Math.max(0.35, (x1 - x0) * random.range(0.003, 0.012));
      drawLimbs(
        canvas,
        [
          {
            ax: x,
            ay: y0 - 0.1 * (y1 - y0),
            bx: x + sway,
            by: random.range(y0 + 0.3 * (y1 - y0), y1),
            radius,
          },
        ],
        dark,
        light,
        0,
      );
    }
  },
} satisfies Record<string, (canvas: Canvas, random: Random, box: Box, skin: Rgb, light: Light) => void>;

/** Puts something before a face: a hand, a microphone, somebody's shoulder, loose hair. */
export function drawOccluder(canvas: Canvas, random: Random, box: Box, skin: Rgb, light: Light): void {
  OCCLUDERS[random.weighted({ hand: 4, microphone: 1.3, thing: 1.5, strands: 1.2 })](
    canvas,
    random,
    box,
    skin,
    light,
  );
}
