import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListedImage } from '@semblance/core/files';
import { exists, makeFolder, writeFile, writeJsonFile } from '@semblance/core/files';
import { clusterFaces } from '@semblance/face/cluster';
import type { Box } from '@semblance/face/geometry';
import { cropImage, encodeJpeg, type Image } from '@semblance/face/image';
import { eachPhoto, type FacePipeline, type RecognizeOptions } from '@semblance/face/pipeline';
import { SemblanceError } from '../error.ts';

export interface GroupPhotosOptions {
  photos: readonly ListedImage[];
  pipeline: FacePipeline;
  /** How faces are found, and which count as known. */
  settings: RecognizeOptions;
  /** A new or empty folder. */
  out: string;
  /** Mean similarity from which two groups are one person's. */
  threshold: number;
  /** Faces of smaller groups go to a folder of their own, `alone`. */
  minSize: number;
  onProgress(done: number, total: number): void;
}

/** A face of a group: where it was cut from, and the picture of it. */
export interface GroupedFace {
  photo: string;
  box: Box;
  quality: number;
  /** Below the folder that was written. */
  file: string;
}

export interface GroupedPhotos {
  /** By falling size. */
  groups: { name: string; faces: GroupedFace[] }[];
  /** Faces of groups that are too small. */
  alone: GroupedFace[];
  /** Faces of people whom the gallery knows, which are left out. */
  numKnown: number;
  refused: { photo: string; code: string; message: string }[];
}

const [PEOPLE, ALONE] = ['people', 'alone'];
/** While faces are still coming in, their pictures are here. */
const UNSORTED = '.unsorted';

/**
 * Cuts the faces out of photos that a gallery does not know, groups them by person and writes a folder for each below
 * `people`, as `gallery build` takes them once the folders have people's names. `groups.json` says where each face comes from.
 *
 * @throws SemblanceError PATH_EXISTS where the folder holds something; NO_FACE where there is no unknown face
 */
export async function groupPhotos(options: GroupPhotosOptions): Promise<GroupedPhotos> {
  const { photos, pipeline, settings, out, threshold, minSize } = options;
  if (await exists(join(out, 'groups.json')))
    throw new SemblanceError('PATH_EXISTS', `${out} holds groups already: name another folder`);
  const unsorted = join(out, UNSORTED);
  await rm(unsorted, { recursive: true, force: true }); // of a run that was interrupted
  await makeFolder(unsorted, { mode: 0o700 });
  const faces: (Omit<GroupedFace, 'file'> & { embedding: Float32Array })[] = [];
  const refused: GroupedPhotos['refused'] = [];
  let [numKnown, numDone] = [0, 0];

  const found = eachPhoto(photos, async (picture) => ({
    seen: await pipeline.recognizePicture(picture, settings),
    pixels: await picture.pixels(),
  }));
  for await (const { path: photo, result, error } of found) {
    if (error) refused.push({ photo, code: error.code, message: error.message });
    else {
      for (const { match, box, quality, embedding } of result.seen.faces) {
        if (match) {
          numKnown++;
          continue;
        }
        await writeFile(
          join(unsorted, `${faces.length}.jpg`),
          await encodeJpeg(withMargin(result.pixels, box)),
        );
        faces.push({ photo, box, quality: quality.quality, embedding });
      }
    }
    options.onProgress(++numDone, photos.length);
  }
  if (faces.length === 0) {
    await rm(unsorted, { recursive: true });
    throw new SemblanceError('NO_FACE', 'no face was found that is not known already');
  }
  const clusters = clusterFaces(
    faces.map(({ embedding }) => embedding),
    { threshold },
  );
  const digits = String(clusters.length).length;
  const sorted: GroupedPhotos = { groups: [], alone: [], numKnown, refused };
  for (const [i, members] of clusters.entries()) {
    const isGroup = members.length >= minSize;
    const name = `person-${String(i + 1).padStart(digits, '0')}`;
    const folder = isGroup ? join(PEOPLE, name) : ALONE;
    await makeFolder(join(out, folder), { mode: 0o700 });
    const ofGroup: GroupedFace[] = [];
    for (const member of members) {
      const { embedding: _, ...face } = faces[member]!;
      const file = join(folder, `${member + 1}.jpg`);
      await rename(join(unsorted, `${member}.jpg`), join(out, file));
      ofGroup.push({ ...face, file });
    }
    if (isGroup) sorted.groups.push({ name, faces: ofGroup });
    else sorted.alone.push(...ofGroup);
  }
  await rm(unsorted, { recursive: true });
  const { groups, alone } = sorted;
  await writeJsonFile(
    join(out, 'groups.json'),
    { format: 'semblance-groups/1', threshold, groups, alone },
    0o600,
  );
  return sorted;
}

/** A face with so much around it that it is found again: twice its box. */
function withMargin(image: Image, [x1, y1, x2, y2]: Box): Image {
  const [width, height] = [x2 - x1, y2 - y1];
  const left = Math.max(0, Math.floor(x1 - width / 2));
  const top = Math.max(0, Math.floor(y1 - height / 2));
  const right = Math.min(image.width, Math.ceil(x2 + width / 2));
  const bottom = Math.min(image.height, Math.ceil(y2 + height / 2));
  return cropImage(image, { left, top, width: right - left, height: bottom - top });
}
