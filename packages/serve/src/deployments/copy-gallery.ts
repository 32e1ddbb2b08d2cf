import type { NewFace } from '@semblance/face/gallery';
import { isSemblanceError, SemblanceError } from '../error.ts';
import type { GalleryHost } from '../fleet/gallery-hosts.ts';
import type { PrepareProgress } from './revision.ts';

export interface CopyGalleryOptions {
  from: GalleryHost;
  to: GalleryHost;
  /** Embeds crops as the recognizer of `to` does. */
  embed(jpegs: Uint8Array[]): Promise<Float32Array[]>;
  onProgress?(progress: PrepareProgress): void;
}

/** Faces embedded at a time. */
const BATCH = 16;

/**
 * Makes one gallery hold the very faces of another under the same ids, embedded anew from their stored crops, and what
 * is set for it and said of its subjects: what it has already stays, what the other no longer has goes.
 *
 * @returns the number of faces that were embedded.
 * @throws SemblanceError GALLERY_NO_CROPS where faces were enrolled without their pictures; DATA_INVALID where the recognizer
 *   takes crops of another size than those that are stored
 */
export async function copyGallery({ from, to, embed, onProgress }: CopyGalleryOptions): Promise<number> {
  const [source, target] = [
    await from.thread.call('catalogue', null),
    await to.thread.call('catalogue', null),
  ];
  const there = new Map(target.map((face) => [face.id, face.subject]));
  const wanted = new Map(source.map((face) => [face.id, face]));
  const surplus = target.filter(({ id, subject }) => wanted.get(id)?.subject !== subject).map(({ id }) => id);
  if (surplus.length > 0) await to.thread.call('removeFaces', surplus);
  const missing = source.filter(({ id, subject }) => there.get(id) !== subject);
  // whom the other has no room for any more are here all the same
  await to.thread.call('configure', { capacity: null });

  for (let start = 0; start < missing.length; start += BATCH) {
    onProgress?.({ done: start, total: missing.length });
    const faces = missing.slice(start, start + BATCH);
    const crops: Uint8Array[] = [];
    for (const { id } of faces) {
      const crop = await from.thread.call('crop', id);
      if (crop === null) {
        throw new SemblanceError(
          'GALLERY_NO_CROPS',
          `${from.path} was built with another recognizer, and face ${id} has no stored crop to embed again: ` +
            'build the gallery again with the new one',
        );
      }
      crops.push(crop);
    }
    const embeddings = await embed(crops).catch((cause: unknown) => {
      throw isSemblanceError(cause, 'DATA_INVALID') ? otherCrops(from.path, cause) : cause;
    });
    const ids = faces.map(({ id }) => id);
    const details = new Map((await from.thread.call('faceDetails', ids)).map((each) => [each.id, each]));
    const added = faces.map(
      ({ source: photo, ...face }, i): NewFace => ({
        ...face,
        ...details.get(face.id),
        source: photo,
        crop: crops[i]!,
        embedding: embeddings[i]!,
      }),
    );
    await to.thread.call('enrol', { faces: added, modelId: to.modelId });
  }
  await copyRejections({ from, to, embed });
  await to.thread.call('copySaid', await from.thread.call('said', null));
  onProgress?.({ done: missing.length, total: missing.length });
  return missing.length;
}

/** The same of what was said of faces that are not somebody's; one without a crop cannot be embedded again, and is left out. */
async function copyRejections({ from, to, embed }: CopyGalleryOptions): Promise<void> {
  const [source, target] = [
    await from.thread.call('rejections', null),
    await to.thread.call('rejections', null),
  ];
  const wanted = new Set(source.map(({ id }) => id));
  for (const { id } of target) if (!wanted.has(id)) await to.thread.call('takeBack', id);
  const there = new Set(target.map(({ id }) => id));
  for (const { createdAt: _, ...rejection } of source) {
    if (there.has(rejection.id) || rejection.crop === null) continue;
    const [embedding] = await embed([rejection.crop]);
    await to.thread.call('reject', {
      negative: { ...rejection, embedding: embedding! },
      modelId: to.modelId,
    });
  }
}

/** A recognizer of another input size cannot embed what is stored. */
const otherCrops = (path: string, cause: SemblanceError): SemblanceError =>
  new SemblanceError(
    'DATA_INVALID',
    `the crops that ${path} keeps do not fit the new recognizer (${cause.message}): build a gallery from the photos ` +
      'with that recognizer (semblance gallery build), and deploy both together (--gallery)',
    { cause },
  );
