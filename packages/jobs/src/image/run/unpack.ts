import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, makeFolder } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import type { PlatformImage } from '../oci/image.ts';
import type { ImageLayout } from '../oci/layout.ts';
import type { Descriptor } from '../oci/media.ts';
import { runProgram } from '../run-program.ts';
import { mergeLayer } from './merge.ts';

/** How tar reads a layer, by the end of its media type. */
const packings: readonly [end: string, option: string | null][] = [
  ['tar', null],
  ['gzip', '--gzip'],
  ['zstd', '--zstd'],
];

/**
 * Unpacks an image into a folder, unless it is there already.
 *
 * @param dir a folder for this image alone
 * @throws OCI_CORRUPT
 */
export async function unpackImage(layout: ImageLayout, image: PlatformImage, dir: string): Promise<void> {
  if (await exists(dir)) return;
  const [root, one] = [`${dir}.${process.pid}`, `${dir}.${process.pid}.layer`];
  try {
    await makeFolder(root);
    for (const layer of image.manifest.layers) {
      // by itself first: what is in a layer reaches nothing outside by a link of an earlier one
      await mkdir(one);
      await unpackLayer(layout, layer, one);
      await mergeLayer(one, root);
      await rm(one, { recursive: true });
    }
    await rename(root, dir).catch((error) => {
      // somebody else has unpacked it meanwhile
      if (!['ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
    });
  } finally {
    for (const left of [root, one]) await rm(left, { recursive: true, force: true });
  }
}

async function unpackLayer(layout: ImageLayout, layer: Descriptor, dir: string): Promise<void> {
  const { mediaType, digest } = layer;
  const [, option] = packings.find(([end]) => mediaType.endsWith(end)) ?? [];
  if (option === undefined)
    throw new SemblanceError('OCI_CORRUPT', `layers of the type ${mediaType} cannot be unpacked`);
  await layout.verify(layer);
  const owner = process.getuid?.() === 0 ? '--same-owner' : '--no-same-owner';
  const args = ['-x', '-p', '--numeric-owner', owner, '-f', join(layout.blobPath(digest)), '-C', dir];
  await runProgram(['tar', ...args, ...(option ? [option] : [])]);
}
