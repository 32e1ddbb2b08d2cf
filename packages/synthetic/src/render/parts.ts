import { scratch } from '../core/arena.ts';
import {
  buildBrim,
  buildGlassesFront,
  buildHat,
  buildMask,
  buildTemple,
  pressHair,
} from '../geometry/accessories.ts';
import { buildBeardShell } from '../geometry/beard-shell.ts';
import { buildArm, buildEar, buildNeck, buildTorso } from '../geometry/body.ts';
import { computeNormals, type Grid, posableCopy } from '../geometry/grid.ts';
import { buildHairCap, buildHairCurtain } from '../geometry/hair-shell.ts';
import { MEAN_HEAD } from '../geometry/head.ts';
import { applyExpression, applyFineShape, applyShape } from '../geometry/morphs.ts';
import type { Identity } from '../identity/identity.ts';
import { rotateGrid, rotation } from './lens.ts';
import type { Light } from './light.ts';
import { MATERIAL } from './raster.ts';
import { beardHole, hairHole } from './shade.ts';
import { ShadowMap } from './shadow.ts';
import type { Shot } from './shot-types.ts';

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

/** A person's surfaces at rest, built on first use. */
export function bodyOf(identity: Identity): Body {
  let body = bodies.get(identity);
  if (body === undefined) {
    const head = posableCopy(MEAN_HEAD);
    applyShape(head, identity.shape);
    if (identity.fine) applyFineShape(head, identity.fine);
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

/** A surface to draw and how. */
export interface Part {
  grid: Grid;
  material: number;
  cull?: boolean;
  isHole?: (u: number, v: number) => boolean;
  overlay?: boolean;
  casts?: boolean;
}

/** All surfaces of a person in their places for a shot, lit by shadows not yet; and the head among them. */
export function poseParts(shot: Shot): { parts: Part[]; head: Grid } {
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

/** Gives every vertex its share of the key light: shadows of brow, nose, chin, hair and hat. */
export function castShadows(parts: readonly Part[], light: Light): void {
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
