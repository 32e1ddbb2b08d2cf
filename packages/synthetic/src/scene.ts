import { Random } from '@semblance/core/random';
import { clipBox } from '@semblance/face/geometry';
import { createIdentity, type Identity } from './identity/identity.ts';
import { insideShare, type SyntheticFace, type SyntheticPhoto } from './portrait.ts';
import { paintBackground } from './render/backgrounds.ts';
import { takeCanvas } from './render/canvas.ts';
import { createLight } from './render/light.ts';
import { drawOccluder } from './render/occluders.ts';
import { type DrawnFace, drawPerson } from './render/person.ts';
import { takePhoto } from './render/photo.ts';
import { createShot } from './render/shot.ts';

/** A face of a scene; `ignore` where too little of it is seen to count it as found or missed. */
export interface SceneFace extends SyntheticFace {
  ignore: boolean;
}

export interface SyntheticScene extends SyntheticPhoto {
  faces: SceneFace[];
}

export interface SceneOptions {
  seed: number;
  width?: number;
  height?: number;
  /** People to choose from, each at most once a scene; without it everybody is a stranger. */
  identities?: readonly Identity[];
  /** Exact number of people; 0 for a place without any. Drawn from 0 to 6, or a crowd of up to 24, if not given. */
  numFaces?: number;
  /** How much photos differ: 0 to 1. Crowds and places full of things come from 0.5 on. */
  nuisance?: number;
  /** Smallest face height, px. */
  minFace?: number;
}

/**
 * Visible share, 0 to 1, below which a face is marked `ignore`: neither found nor missed.
 *
 * @example
 * ```ts
 * import { MIN_VISIBLE, renderScene } from '@semblance/synthetic';
 *
 * const { faces } = renderScene({ seed: 3, width: 320, height: 240, numFaces: 4 });
 * console.log(faces.every(({ visible, ignore }) => visible >= MIN_VISIBLE || ignore)); // true
 * ```
 */
export const MIN_VISIBLE = 0.4;

interface Place {
  x: number;
  y: number;
  /** Height from chin to hairline, px. */
  size: number;
}

/**
 * Renders a photo of several people of very different sizes, near ones before far ones, some of them half
 * hidden or half outside. Faces come from left to right.
 *
 * @example
 * ```ts
 * import { renderScene } from '@semblance/synthetic';
 *
 * const { image, faces } = renderScene({ seed: 3, width: 320, height: 240, numFaces: 4 });
 * console.log(image.width, image.height, faces.length); // 320 240 4
 * ```
 */
export function renderScene(options: SceneOptions): SyntheticScene {
  const { seed, width = 640, height = 480, nuisance = 0.9, minFace = 10 } = options;
  const random = new Random(seed).fork(200);
  const busy = Math.max(0, 2 * nuisance - 1);
  const numDrawn = random.weighted({
    ...{ '0': 0.5, '1': 3, '2': 3, '3': 2.5, '4': 2, '5': 1.5, '6': 1.5 },
    ...{ '10': 2.5 * busy, '16': 2 * busy, '24': 1.5 * busy },
  });
  const light = createLight(random.fork(1), nuisance);
  const canvas = takeCanvas(width, height);
  paintBackground(canvas, random.fork(2), light, random.fork(3).range(0.2, 1), busy);

  const people = choosePeople(random.fork(4), options.numFaces ?? Number(numDrawn), options.identities);
  const numFaces = people.length;
  // Strangers who look away are not counted among the faces.
  const away = random.fork(7);
  const numAway = away.chance(0.22) ? away.int(1, 2) : 0;
  people.push(...choosePeople(away, numAway, undefined));
  const places = arrange(random.fork(5), people.length, width, height, minFace);
  // Far people first: whoever is nearer covers them.
  const drawn: { face: DrawnFace; identity: Identity; number: number }[] = [];
  const order = places.map((_, i) => i).sort((a, b) => places[a]!.size - places[b]!.size || a - b);
  for (const i of order) {
    const place = places[i]!;
    const own = random.fork(1000 + i);
    const shot = createShot(people[i]!, own, {
      strength: nuisance,
      light,
      disguise: 1.5,
      camera: () => ({
        distanceMm: Math.min(8000, Math.max(500, (180 / place.size) * width * own.range(1, 2))),
        scale: place.size / 180,
        x: place.x,
        y: place.y,
        roll: 0,
      }),
    });
    if (i >= numFaces) {
      // The back of a head is no face: hair, ears and neck alone must not be enough.
      shot.pose.yaw = Math.PI + own.normal(0.5);
      shot.torsoYaw = shot.pose.yaw;
      drawPerson(canvas, shot, 0);
      continue;
    }
    const face = drawPerson(canvas, shot, i + 1);
    if (own.chance(0.13 * nuisance)) drawOccluder(canvas, own, face.box, people[i]!.skin.tone, light);
    drawn.push({ face, identity: people[i]!, number: i + 1 });
  }
  const left = new Int32Array(256);
  for (const number of canvas.owner) left[number]!++;
  const image = takePhoto(canvas, random.fork(6), light, nuisance);
  const faces = drawn.map(({ face, identity, number }): SceneFace => {
    const shown = face.pixels === 0 ? 0 : Math.min(1, left[number]! / face.pixels);
    const visible = shown * insideShare(face.box, width, height);
    return {
      name: identity.name,
      box: clipBox(face.box, width, height),
      landmarks: face.landmarks,
      visible,
      ignore: visible < MIN_VISIBLE,
    };
  });
  faces.sort((a, b) => a.box[0] - b.box[0]);
  return { image, faces };
}

function choosePeople(random: Random, count: number, pool: readonly Identity[] | undefined): Identity[] {
  if (pool === undefined)
    return Array.from({ length: count }, () => createIdentity(random.int(1 << 24, 2 ** 31)));
  const left = [...pool];
  return Array.from(
    { length: Math.min(count, pool.length) },
    () => left.splice(Math.floor(random.next() * left.length), 1)[0]!,
  );
}

/** Lays faces out: a row of people for a group photo, or anywhere; crowding is allowed, stacking is not. */
function arrange(random: Random, count: number, width: number, height: number, minFace: number): Place[] {
  const places: Place[] = [];
  const largest = Math.min(width, height) * (count <= 1 ? 0.8 : 1.1 / Math.sqrt(count + 1));
  const similar = random.chance(0.45);
  const typical = random.logRange(Math.min(largest, Math.max(minFace, largest * 0.05)), largest);
  const baseline = random.range(0.3, 0.65) * height;
  for (let i = 0; i < count; i++) {
    let best: Place | undefined;
    let bestRoom = -Infinity;
    for (let attempt = 0; attempt < 24; attempt++) {
      const size = Math.max(
        minFace,
        Math.min(
          largest,
          similar ? typical * random.range(0.75, 1.3) : random.logRange(minFace * 1.2, largest),
        ),
      );
      const place = {
        size,
        x: random.range(0.02, 0.98) * width,
        y: similar ? baseline + random.normal(0.35) * size : random.range(0.1, 0.9) * height,
      };
      // Room in face heights to the nearest neighbour: 0.75 is shoulder to shoulder.
      let room = Math.min(
        0.9 + random.normal(0.12),
        ...places.map((p) => Math.hypot(p.x - place.x, 0.8 * (p.y - place.y)) / (0.5 * (p.size + size))),
        2 * (0.45 + Math.min(place.x, width - place.x, place.y, height - place.y) / size),
      );
      // Whoever is nearer hides what is behind their head and body.
      const hidden = places.some((p) => {
        const [near, far] = p.size > place.size ? [p, place] : [place, p];
        const across = Math.abs(near.x - far.x) - 0.3 * far.size;
        const below = far.y - near.y;
        return below > 0.45 * near.size
          ? across < 0.95 * near.size
          : below > -0.5 * near.size && across < 0.4 * near.size;
      });
      if (hidden && !random.chance(0.12)) room -= 1;
      if (room > bestRoom) {
        bestRoom = room;
        best = place;
      }
    }
    places.push(best!);
  }
  return places;
}
