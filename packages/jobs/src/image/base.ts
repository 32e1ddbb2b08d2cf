import { SemblanceError } from '../error.ts';
import type { Base } from './compose.ts';
import { copyImage, imageOf, namedImage, type PlatformImage } from './oci/image.ts';
import { ImageLayout } from './oci/layout.ts';
import type { Architecture, Descriptor } from './oci/media.ts';

/** Brings an image that is not here into a layout. */
export type Fetch = (name: string, layout: ImageLayout) => Promise<Descriptor>;

/**
 * The image that another one stands on: `oci:FOLDER[:NAME]`, the name of an image in the layout, or the name of one in a
 * registry.
 *
 * @throws OCI_NOT_FOUND
 */
export async function findBase(
  name: string,
  architecture: Architecture,
  layout: ImageLayout,
  fetch: Fetch,
): Promise<Base> {
  const [, dir, tag] = /^oci:([^:]+)(?::(.+))?$/.exec(name) ?? [];
  if (dir !== undefined) {
    const other = ImageLayout.existing(dir);
    const image = await imageOf(other, await onlyImage(other, tag), architecture);
    await copyImage(other, layout, image);
    return asBase(name, image);
  }
  const known = await namedImage(layout, name).catch(() => null);
  return asBase(name, await imageOf(layout, known ?? (await fetch(name, layout)), architecture));
}

async function onlyImage(layout: ImageLayout, name: string | undefined): Promise<Descriptor> {
  if (name !== undefined) return namedImage(layout, name);
  const images = [...(await layout.images())];
  if (images.length === 1) return images[0]![1];
  const names = images.map(([each]) => each).join(', ') || 'none';
  throw new SemblanceError(
    'OCI_NOT_FOUND',
    `${layout.dir} has not one image but ${names}: name one after a colon`,
  );
}

function asBase(name: string, { manifest, config }: PlatformImage): Base {
  const { diff_ids } = config.rootfs;
  return {
    name,
    layers: manifest.layers.map((descriptor, i) => ({ descriptor, diffId: diff_ids[i]! })),
    config: config.config,
    history: config.history ?? [],
  };
}
