import { realpath, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { GALLERY_FILE, isGalleryAddress } from '@semblance/face/gallery';
import { SemblanceError } from '../error.ts';
import type { RevisionEntry } from './revision.ts';

/** What a model serves by; weights for training are not needed. */
export const SERVED = ['model.onnx', 'manifest.json'];

/**
 * Refuses an entry that names what is no regular file, as a pipe, which would keep whoever opens it waiting for ever, or what
 * lies outside the folders that may be deployed from. What is not there is for those who read it to say.
 *
 * @param roots the folders; null for any
 * @param addresses the databases that may be served from; null for any
 * @throws SemblanceError DEPLOYMENT_REFUSED, PATH_OUTSIDE_ROOT
 */
export async function requireServable(
  { detector, recognizer, gallery }: Pick<RevisionEntry, 'detector' | 'recognizer' | 'gallery'>,
  roots: readonly string[] | null,
  addresses: readonly string[] | null = [],
): Promise<void> {
  // whoever may deploy may not have the service connect to any machine
  const isAddress = gallery !== null && isGalleryAddress(gallery);
  if (isAddress && addresses && !addresses.includes(gallery))
    throw new SemblanceError(
      'DEPLOYMENT_REFUSED',
      `${gallery} is not the gallery that serves: start the service with --gallery to serve from another database`,
    );
  const places = [
    ...[detector, recognizer].map((path) => ({ path, files: SERVED })),
    ...(gallery === null || isAddress ? [] : [{ path: gallery, files: [GALLERY_FILE] }]),
  ];
  const allowed = roots && (await Promise.all(roots.map((root) => real(resolve(root)))));
  for (const { path, files } of places) {
    const stats = await stat(path).catch(() => null);
    for (const file of stats?.isDirectory() ? files.map((name) => join(path, name)) : [path]) {
      const found = await stat(file).catch(() => null);
      if (found === null) continue;
      if (!found.isFile()) throw new SemblanceError('DEPLOYMENT_REFUSED', `${file} is not a regular file`);
      const place = await real(file);
      if (allowed && !allowed.some((root) => isBelow(root, place))) {
        throw new SemblanceError(
          'PATH_OUTSIDE_ROOT',
          `${file} lies outside the folders that may be deployed from: start the service with --models-root, or copy it to one of ${roots.join(', ')}`,
        );
      }
    }
  }
}

/** Paths of what serves already, which may be deployed again from where it is. */
export const placesOf = (serving: readonly RevisionEntry[]): string[] =>
  serving.flatMap(({ detector, recognizer, gallery }) => [
    detector,
    recognizer,
    ...(gallery ? [gallery] : []),
  ]);

/** Where links lead; a path as it is where that is nowhere. */
const real = (path: string): Promise<string> => realpath(path).catch(() => path);

function isBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !/^[A-Za-z]:/.test(way);
}
