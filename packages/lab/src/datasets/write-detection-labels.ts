import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mapAhead } from '@semblance/core/async';
import { makeFolder, safeRelativePath, writeFile } from '@semblance/core/files';
import { imageSize, isPhotoError } from '@semblance/face/image';
import { SemblanceError } from '../error.ts';
import { type DetectionFormatName, detectionFormats } from './detection-labels.ts';
import type { LabelledImage, SizedImage } from './label-types.ts';
import { assertAbsent } from './person-sources/write-names.ts';

export interface WriteDetectionOptions {
  onProgress?: (done: number, total: number) => void;
  /** Told of photos that are left out. */
  onRefused?: (name: string, reason: string) => void;
}

const AHEAD = 8;

/**
 * Writes labelled photos in another format: copies of the photos in `out/images`, the labels beside.
 *
 * A photo whose name is more than a line is refused where labels are lines of text: it would shift those of the others.
 * WIDER has no landmarks, RetinaFace and SCRFD no mark for invalid faces, dlib whole pixels only: what a format cannot say is lost.
 *
 * @returns how many photos were written
 * @throws SemblanceError PATH_EXISTS; PATH_OUTSIDE_ROOT for a name that leaves the folder
 */
export async function writeDetectionLabels(
  images: readonly LabelledImage[],
  format: DetectionFormatName,
  out: string,
  { onProgress = () => {}, onRefused = () => {} }: WriteDetectionOptions = {},
): Promise<number> {
  await assertAbsent(out);
  await makeFolder(join(out, 'images'));
  const { file, write } = detectionFormats[format];
  const isOfLines = file.endsWith('.txt');
  const sized: SizedImage[] = [];
  const copy = async (image: LabelledImage): Promise<SizedImage | SemblanceError> => {
    const target = join(out, 'images', safeRelativePath(image.name));
    if (isOfLines && (/[\r\n]/.test(image.name) || image.name !== image.name.trim())) {
      const why = `its name cannot stand in a line of ${file}: it holds a line break, or a blank at an end`;
      return new SemblanceError('DATA_INVALID', why);
    }
    try {
      const size = await imageSize(image.path);
      await makeFolder(dirname(target));
      await copyFile(image.path, target, constants.COPYFILE_FICLONE);
      return { ...image, ...size };
    } catch (error) {
      if (isPhotoError(error) && error.code !== 'PATH_OUTSIDE_ROOT') return error;
      throw error;
    }
  };
  let numDone = 0;
  for await (const result of mapAhead(images, copy, AHEAD)) {
    if (result instanceof SemblanceError) onRefused(images[numDone]!.name, result.message);
    else sized.push(result);
    onProgress(++numDone, images.length);
  }
  await writeFile(join(out, file), write(sized));
  return sized.length;
}
