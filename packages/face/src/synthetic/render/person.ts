import type { Box, Landmarks } from '../../geometry/types.ts';
import { scratch } from '../core/arena.ts';
import {
  buildBrim,
  buildGlassesFront,
  buildHat,
  buildMask,
  buildTemple,
  type Frames,
  type HatKind,
  pressHair,
} from '../geometry/accessories.ts';
import { buildBeardShell } from '../geometry/beard-shell.ts';
import { buildArm, buildEar, buildNeck, buildTorso } from '../geometry/body.ts';
import { computeNormals, type Grid, posableCopy } from '../geometry/grid.ts';
import { buildHairCap, buildHairCurtain } from '../geometry/hair-shell.ts';
import { HEAD_ANGLES, MEAN_HEAD, UPPER_LIP_ROW } from '../geometry/head.ts';
import { applyExpression, applyShape, type ExpressionName } from '../geometry/morphs.ts';
import type { Identity } from '../identity/identity.ts';
import type { Canvas } from './canvas.ts';
import type { Cloth } from './cloth.ts';
import { type Camera, type Pose, projectGrid, rotateGrid, rotation } from './lens.ts';
import type { Light } from './light.ts';
import { MATERIAL, rasterize, Surface } from './raster.ts';
import { beardHole, createShader, hairHole } from './shade.ts';
import { ShadowMap } from './shadow.ts';
import { skinMapOf } from './skin-map.ts';
import { measureFace } from './truth.ts';

/** Everything about one person in one photo. */
export interface Shot {
  identity: Identity;
  pose: Pose;
  torsoYaw: number;
  expression: Partial<Record<ExpressionName, number>>;
  eyeOpen: readonly [number, number];
  gaze: readonly [number, number];
  light: Light;
  camera: Camera;
  clothes: Cloth;
  trousers: Cloth;
  glasses: { frames: Frames; glare: number; glareShift: number } | null;
  hat: { kind: HatKind; cloth: Cloth; low: number; brimMm: number } | null;
  mask: { cloth: Cloth; top: number } | null;
}

/** What is known exactly about a drawn face. */
export interface DrawnFace {
  box: Box;
  landmarks: Landmarks;
  /** Pixels of the picture that show the face now; others may be drawn over it later. */
  pixels: number;
}

interface Body {
  head: Grid;
  hair: Grid | null;
  curtain: Grid | null;
  ears: [Grid, Grid];
  neck: Grid;
  torso: Grid;
  arms: [Grid, Grid];
}

const bodies = new WeakMap<Identity, Body>();

function bodyOf(identity: Identity): Body {
  let body = bodies.get(identity);
  if (body === undefined) {
    const head = posableCopy(MEAN_HEAD);
    applyShape(head, identity.shape);
    computeNormals(head, true);
    body = {
      head,
      hair: buildHairCap(identity, head),
      curtain: buildHairCurtain(identity),
      ears: [buildEar(identity, head, -1), buildEar(identity, head, 1)],
      neck: buildNeck(identity),
      torso: buildTorso(identity),
      arms: [buildArm(identity, -1, 0.3), buildArm(identity, 1, 0.3)],
    };
    bodies.set(identity, body);
  }
  return body;
}

interface Part {
  grid: Grid;
  material: number;
  cull?: boolean;
  isHole?: (u: number, v: number) => boolean;
  overlay?: boolean;
  casts?: boolean;
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
        // Inside one material two samples (one on plain skin and cloth) are as good as four.
        const count = first === MATERIAL.cloth || first === MATERIAL.skin ? 1 : 2;
        for (let i = corner; shaded < count; i += stride, shaded++) {
          const sample = shade(i);
          r += sample.r;
          g += sample.g;
          b += sample.b;
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

/** Gives every vertex its share of the key light: shadows of brow, nose, chin, hair and hat. */
function castShadows(parts: readonly Part[], light: Light): void {
  const shadow = new ShadowMap(light.key.direction, light.key.hardness);
  for (const part of parts) if (part.casts) shadow.add(part.grid);
  for (const { grid, cull } of parts) {
    const { position: p, normal: n, keyLight, hidden } = grid;
    for (let i = 0, v = 0; v < keyLight.length; v++, i += 3) {
      if (hidden !== null && hidden[v] !== 0) continue;
      // What faces away from the camera is not drawn.
      if (!cull || n[i + 2]! > -0.25) keyLight[v] = shadow.visibility(p[i]!, p[i + 1]!, p[i + 2]!);
    }
  }
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

function poseParts(shot: Shot): { parts: Part[]; head: Grid } {
  const { identity } = shot;
  const body = bodyOf(identity);
  const head = posableCopy(body.head, scratch);
  applyExpression(head, shot.expression);
  computeNormals(head, true);
  const turn = rotation(shot.pose);
  const parts: Part[] = [{ grid: head, material: MATERIAL.face, cull: true, casts: true }];
  const hair = hairHole(identity);
  const wrapped = shot.hat?.kind === 'hood' || shot.hat?.kind === 'headscarf';
  const beard = buildBeardShell(identity, head);
  if (beard) parts.push({ grid: beard, material: MATERIAL.beard, cull: true, isHole: beardHole });
  if (body.hair && !wrapped) {
    const cap = posableCopy(body.hair, scratch);
    if (shot.hat) pressHair(cap, body.head, shot.hat.kind, shot.hat.low);
    parts.push({ grid: cap, material: MATERIAL.hair, isHole: hair, casts: true });
  }
  if (body.curtain && shot.hat?.kind !== 'headscarf')
    parts.push({
      grid: posableCopy(body.curtain, scratch),
      material: MATERIAL.hair,
      isHole: hair,
      casts: true,
    });
  if (!wrapped)
    for (const ear of body.ears) parts.push({ grid: posableCopy(ear, scratch), material: MATERIAL.ear });
  if (shot.hat) {
    const { kind, low, brimMm } = shot.hat;
    parts.push({
      grid: buildHat(kind, body.head, identity.hair.top * 0.3, low),
      material: MATERIAL.hat,
      cull: true,
      casts: true,
      isHole: (_, v) => v < 0,
    });
    if (kind === 'cap' || kind === 'brim')
      parts.push({ grid: buildBrim(kind, body.head, low, brimMm), material: MATERIAL.hat, casts: true });
  }
  if (shot.mask)
    parts.push({
      grid: buildMask(head, shot.mask.top),
      material: MATERIAL.mask,
      cull: true,
      isHole: maskHole(shot.mask.top),
    });
  if (shot.glasses) {
    const front = buildGlassesFront(head, shot.glasses.frames);
    parts.push({ grid: front, material: MATERIAL.glasses, overlay: true });
    if (!wrapped)
      for (const side of [-1, 1] as const)
        parts.push({ grid: buildTemple(front, body.head, side), material: MATERIAL.frame });
  }
  for (const { grid } of parts) rotateGrid(grid, turn);

  const neck = posableCopy(body.neck, scratch);
  const lower = posableCopy(body.neck, scratch);
  const torso = posableCopy(body.torso, scratch);
  const stand = rotation({ yaw: shot.torsoYaw, pitch: 0, roll: 0 });
  const arms = body.arms.map((arm) => posableCopy(arm, scratch));
  for (const arm of arms) {
    rotateGrid(arm, stand);
    parts.push({ grid: arm, material: MATERIAL.cloth, cull: true });
  }
  rotateGrid(neck, turn);
  rotateGrid(lower, stand);
  rotateGrid(torso, stand);
  // The neck follows the head above and the shoulders below.
  for (let i = 0; i < neck.position.length; i++) {
    const t = Math.min(1, Math.floor(i / (3 * neck.cols)) / (neck.rows - 2));
    neck.position[i]! += (lower.position[i]! - neck.position[i]!) * t;
    neck.normal[i]! += (lower.normal[i]! - neck.normal[i]!) * t;
  }
  parts.push({ grid: neck, material: MATERIAL.skin, cull: true });
  parts.push({ grid: torso, material: MATERIAL.cloth, cull: true });
  return { parts, head };
}

function maskHole(top: number): (x: number, y: number) => boolean {
  return (x, y) => y > top - 0.006 * x * x;
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
