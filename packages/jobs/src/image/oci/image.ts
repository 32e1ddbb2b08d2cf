import { copyFile } from 'node:fs/promises';
import { SemblanceError } from '../../error.ts';
import type { ImageLayout } from './layout.ts';
import {
  type Architecture,
  configSchema,
  type Descriptor,
  type ImageConfig,
  type ImageManifest,
  indexSchema,
  isIndexType,
  manifestSchema,
} from './media.ts';

/** An image of one platform. */
export interface PlatformImage {
  descriptor: Descriptor;
  architecture: string;
  manifest: ImageManifest;
  config: ImageConfig;
}

/** The images of all platforms that a name stands for. */
export async function platformImages(layout: ImageLayout, named: Descriptor): Promise<PlatformImage[]> {
  const manifests = isIndexType(named.mediaType)
    ? (await layout.readJson(named, indexSchema)).manifests.filter(isImage)
    : [named];
  const images: PlatformImage[] = [];
  for (const descriptor of manifests) {
    const manifest = await layout.readJson(descriptor, manifestSchema);
    const config = await layout.readJson(manifest.config, configSchema);
    images.push({ descriptor, architecture: config.architecture, manifest, config });
  }
  return images;
}

/** Indexes also list attestations, which are for no platform. */
const isImage = ({ platform }: Descriptor): boolean => platform?.os !== 'unknown';

/** @throws OCI_NOT_FOUND with the names there are */
export async function namedImage(layout: ImageLayout, name: string): Promise<Descriptor> {
  const images = await layout.images();
  const found = images.get(name) ?? images.get(withTag(name));
  if (found) return found;
  const names = [...images.keys()];
  const there = names.length === 0 ? 'there are none' : `there are ${names.slice(0, 20).join(', ')}`;
  throw new SemblanceError('OCI_NOT_FOUND', `there is no image '${name}' in ${layout.dir}: ${there}`);
}

/** The name with `:latest` where it has no tag. */
export const withTag = (name: string): string => (/:[^/]+$|@/.test(name) ? name : `${name}:latest`);

/** @throws OCI_NOT_FOUND with the platforms there are */
export async function imageOf(
  layout: ImageLayout,
  named: Descriptor,
  architecture: Architecture,
): Promise<PlatformImage> {
  const images = await platformImages(layout, named);
  const found = images.find((image) => image.architecture === architecture);
  if (found) return found;
  const there = images.map((image) => image.architecture).join(', ');
  throw new SemblanceError('OCI_NOT_FOUND', `the image is not there for ${architecture}, only for ${there}`);
}

/** Copies the blobs of an image from another layout. */
export async function copyImage(from: ImageLayout, to: ImageLayout, image: PlatformImage): Promise<void> {
  const { manifest, descriptor } = image;
  for (const blob of [...manifest.layers, manifest.config, descriptor]) {
    if (await to.has(blob)) continue;
    await to.putWritten(async (path) => {
      await copyFile(from.blobPath(blob.digest), path);
      return { digest: blob.digest, size: blob.size };
    }, blob.mediaType);
  }
}
