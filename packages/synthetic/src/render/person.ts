import type { Box, Landmarks } from '@semblance/face/geometry';
import { scratch } from '../core/arena.ts';
import { posableCopy } from '../geometry/grid.ts';
import { HEAD_ANGLES, UPPER_LIP_ROW } from '../geometry/head.ts';
import { applyExpression } from '../geometry/morphs.ts';
import type { Canvas } from './canvas.ts';
import { projectGrid, rotateGrid, rotation } from './lens.ts';
import { bodyOf, castShadows, poseParts } from './parts.ts';
import { MATERIAL, rasterize, Surface } from './raster.ts';
import { createShader } from './shade.ts';
import type { Shot } from './shot-types.ts';
import { skinMapOf } from './skin-map.ts';
import { measureFace } from './truth.ts';

/** What is known exactly about a drawn face. */
export interface DrawnFace {
  box: Box;
  landmarks: Landmarks;
  /** Pixels of the picture that show the face now; others may be drawn over it later. */
  pixels: number;
}

const surface = new Surface();
const overlay = new Surface();

/**
 * Draws a person into the picture and returns the face's exact box and landmarks in pixels.
 * @param owner number written to `canvas.owner` where this face shows.
 */
export function drawPerson(canvas: Canvas, shot: Shot, owner: number): DrawnFace {
  const { identity, camera, light } = shot;
  scratch.reset();
  const { parts, head } = poseParts(shot);
  const projected = parts.map(({ grid }) => projectGrid(camera, grid));
  const truth = measureFace(head, camera);

  const faceSize = truth.box[3] - truth.box[1];
  const factor = faceSize < 26 ? 4 : faceSize < 48 ? 3 : 2;
  const bounds = boundsOf(projected, canvas);
  if (bounds === null) return { ...truth, pixels: 0 };
  const [x0, y0, x1, y1] = bounds;
  const width = (x1 - x0) * factor;
  const height = (y1 - y0) * factor;
  for (const p of projected) {
    for (let i = 0; i < p.length; i += 3) {
      p[i] = (p[i]! - x0) * factor;
      p[i + 1] = (p[i + 1]! - y0) * factor;
    }
  }

  surface.reset(width, height);
  castShadows(parts, light);
  parts.forEach((part, k) => {
    if (!part.overlay) rasterize(surface, part.grid, projected[k]!, part.material, part);
  });
  const hasOverlay = shot.glasses !== null;
  if (hasOverlay) {
    overlay.reset(width, height);
    parts.forEach((part, k) => {
      if (part.overlay) rasterize(overlay, part.grid, projected[k]!, part.material, { occluder: surface });
    });
  }

  const sampleMm = 1 / (camera.scale * factor);
  const lip = 3 * (UPPER_LIP_ROW * head.cols + MIDDLE_COL);
  const below = lip + 3 * head.cols;
  const lipGapMm = Math.hypot(
    head.position[lip + 1]! - head.position[below + 1]!,
    head.position[lip + 2]! - head.position[below + 2]!,
  );
  const frontLight = light.ambient[4];
  const shade = createShader(
    {
      identity,
      light,
      skinMap: skinMapOf(identity, faceSize < 40 ? 0 : faceSize < 190 ? 1 : 2),
      eyes: {
        openLeft: shot.eyeOpen[0],
        openRight: shot.eyeOpen[1],
        gazeX: shot.gaze[0],
        gazeY: shot.gaze[1],
        squintMm: 1.4 * (shot.expression.smile ?? 0),
        pupil: 0.36 + 0.22 * light.dimness,
        sampleMm,
      },
      lipGapMm,
      clothes: shot.clothes,
      trousers: shot.trousers,
      hat: shot.hat?.cloth ?? shot.clothes,
      mask: shot.mask?.cloth ?? shot.clothes,
      glasses: shot.glasses && {
        ...shot.glasses,
        sampleMm,
        level: [0, 1, 2].map(
          (c) => frontLight[c]! + 0.5 * light.key.color[c]! * Math.max(0.1, light.key.direction[2]),
        ) as [number, number, number],
      },
    },
    surface,
    hasOverlay ? overlay : null,
  );

  const share = 1 / (factor * factor);
  const stride = factor === 2 ? width + 1 : 1;
  let pixels = 0;
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const corner = (y - y0) * factor * width + (x - x0) * factor;
      let covered = 0;
      let face = 0;
      let uniform = true;
      const first = surface.material[corner]!;
      for (let sy = 0; sy < factor; sy++) {
        const row = corner + sy * width;
        for (let i = row; i < row + factor; i++) {
          const material = surface.material[i]!;
          if (material !== first || (hasOverlay && overlay.material[i] !== 0)) uniform = false;
          if (material !== 0) covered++;
          if (material === MATERIAL.face || material === MATERIAL.mask || material === MATERIAL.beard) face++;
        }
      }
      if (covered === 0) continue;
      let r = 0;
      let g = 0;
      let b = 0;
      let shaded = 0;
      if (uniform && factor === 2) {
        // Inside one material two samples (one where there is no detail) are as good as four.
        for (let i = corner; shaded < 2; i += stride) {
          const sample = shade(i);
          r += sample.r;
          g += sample.g;
          b += sample.b;
          shaded++;
          if (!sample.fine) break;
        }
      } else {
        for (let sy = 0; sy < factor; sy++) {
          const row = corner + sy * width;
          for (let i = row; i < row + factor; i++) {
            if (surface.material[i] === 0) continue;
            const sample = shade(i);
            r += sample.r;
            g += sample.g;
            b += sample.b;
            shaded++;
          }
        }
      }
      const index = y * canvas.width + x;
      const coverage = covered * share;
      const k = coverage / shaded;
      const o = 3 * index;
      canvas.data[o] = canvas.data[o]! * (1 - coverage) + r * k;
      canvas.data[o + 1] = canvas.data[o + 1]! * (1 - coverage) + g * k;
      canvas.data[o + 2] = canvas.data[o + 2]! * (1 - coverage) + b * k;
      if (2 * face >= factor * factor) {
        canvas.owner[index] = owner;
        pixels++;
      } else if (2 * covered >= factor * factor) canvas.owner[index] = 0;
    }
  }
  return { ...truth, pixels };
}

const MIDDLE_COL = HEAD_ANGLES.indexOf(0);

/** Box and landmarks of a shot without drawing it. */
export function measureShot(shot: Shot): { box: Box; landmarks: Landmarks } {
  scratch.reset();
  const head = posableCopy(bodyOf(shot.identity).head, scratch);
  applyExpression(head, shot.expression);
  rotateGrid(head, rotation(shot.pose));
  return measureFace(head, shot.camera);
}

/** The part of the picture that the projected vertices touch, in whole pixels; null when none. */
function boundsOf(projected: readonly Float32Array[], canvas: Canvas): Box | null {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const p of projected) {
    for (let i = 0; i < p.length; i += 3) {
      x0 = Math.min(x0, p[i]!);
      x1 = Math.max(x1, p[i]!);
      y0 = Math.min(y0, p[i + 1]!);
      y1 = Math.max(y1, p[i + 1]!);
    }
  }
  x0 = Math.max(0, Math.floor(x0));
  y0 = Math.max(0, Math.floor(y0));
  x1 = Math.min(canvas.width, Math.ceil(x1));
  y1 = Math.min(canvas.height, Math.ceil(y1));
  return x0 < x1 && y0 < y1 ? [x0, y0, x1, y1] : null;
}
