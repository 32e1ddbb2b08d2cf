import { dirname, join } from 'node:path';
import { makeFolder, writeFile } from '@semblance/core/files';
import { mixSeed, Random } from '@semblance/core/random';
import { type Image, toSharp } from '@semblance/face/image';
import { type AlignedCropOptions, renderAlignedCrop } from '../aligned.ts';
import { createIdentity, type Identity } from '../identity/identity.ts';
import { createPerson } from '../identity/person.ts';
import { renderPortrait, type SyntheticFace } from '../portrait.ts';
import { renderScene, type SceneFace } from '../scene.ts';

/** All photos of one person: the unit of work, because painting a person's skin costs as much as photos do. */
export interface PersonJob {
  kind: 'person';
  out: string;
  identitySeed: number;
  firstPhoto: number;
  numPhotos: number;
  size: number;
  nuisance: number;
  aligned: boolean;
  jitter?: number;
  /** People of the varied kind, in looks that change, taken by varied cameras. */
  varied?: boolean;
}

export interface SceneJob {
  kind: 'scene';
  out: string;
  /** Path of the picture under `out`. */
  path: string;
  seed: number;
  width: number;
  height: number;
  nuisance: number;
  minFace: number;
  numFaces?: number;
  /** Seeds of the people to choose from; strangers if not given. */
  identitySeeds?: { first: number; count: number };
}

export type Job = PersonJob | SceneJob;

/** What is known of a picture that was written. */
export interface WrittenPhoto {
  /** Path under `out`, with forward slashes. */
  path: string;
  width: number;
  height: number;
  faces: (SyntheticFace | SceneFace)[];
}

/** Does one job, on its own: what it writes depends on nothing but the job. */
export function runJob(job: Job): Promise<WrittenPhoto[]> {
  return job.kind === 'person' ? writePerson(job) : writeScene(job);
}

async function writePerson(job: PersonJob): Promise<WrittenPhoto[]> {
  const person = job.varied ? createPerson(job.identitySeed) : null;
  const same = createIdentity(job.identitySeed);
  const lowest = job.varied ? 30 : 58;
  await makeFolder(join(job.out, same.name));
  const photos: WrittenPhoto[] = [];
  for (let k = job.firstPhoto; k < job.firstPhoto + job.numPhotos; k++) {
    const identity = person?.lookOf(k) ?? same;
    const options = { seed: k, size: job.size, nuisance: job.nuisance };
    const jitter = job.jitter === undefined ? {} : { jitter: job.jitter };
    const path = `${identity.name}/${String(k + 1).padStart(4, '0')}.jpg`;
    const { image, faces } = job.aligned
      ? crop(identity, { ...options, ...jitter, capture: person ? 'varied' : 'plain' })
      : renderPortrait(identity, options);
    await writeJpeg(join(job.out, path), image, mixSeed(job.identitySeed, k), lowest);
    photos.push({ path, width: image.width, height: image.height, faces });
  }
  return photos;
}

function crop(identity: Identity, options: AlignedCropOptions) {
  const { image, landmarks, name } = renderAlignedCrop(identity, options);
  const box: SyntheticFace['box'] = [0, 0, image.width, image.height];
  return { image, faces: [{ name, box, landmarks, visible: 1 }] };
}

/** People of a pool keep their painted skins from scene to scene of a worker. */
const pool = new Map<number, Identity>();

async function writeScene(job: SceneJob): Promise<WrittenPhoto[]> {
  const { seed, width, height, nuisance, minFace, numFaces, identitySeeds } = job;
  let identities: Identity[] | undefined;
  if (identitySeeds) {
    identities = Array.from({ length: identitySeeds.count }, (_, i) => {
      const known = pool.get(identitySeeds.first + i) ?? createIdentity(identitySeeds.first + i);
      pool.set(identitySeeds.first + i, known);
      return known;
    });
  }
  const { image, faces } = renderScene({
    seed,
    width,
    height,
    nuisance,
    minFace,
    ...(numFaces === undefined ? {} : { numFaces }),
    ...(identities === undefined ? {} : { identities }),
  });
  const file = join(job.out, job.path);
  await makeFolder(dirname(file));
  await writeJpeg(file, image, seed);
  return [{ path: job.path, width, height, faces }];
}

/** JPEG of a quality that differs from photo to photo, as in albums from many cameras. */
async function writeJpeg(file: string, image: Image, seed: number, lowest = 58): Promise<void> {
  const random = new Random(seed).fork(900);
  const quality = Math.round(random.range(lowest, 96));
  const chromaSubsampling = random.chance(0.7) ? '4:2:0' : '4:4:4';
  await writeFile(file, await toSharp(image).jpeg({ quality, chromaSubsampling }).toBuffer());
}
