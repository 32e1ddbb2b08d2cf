import { openAsBlob } from 'node:fs';
import type { Progress } from '@semblance/core/progress';
import { SemblanceError } from '../../error.ts';
import { type PlatformImage, platformImages } from '../oci/image.ts';
import type { ImageLayout } from '../oci/layout.ts';
import { type Descriptor, isIndexType } from '../oci/media.ts';
import type { Registry } from './client.ts';

/** Sent at a time: what broke off is gone on with from the last of these. */
const PART_BYTES = 32 * 2 ** 20;
const ATTEMPTS = 4;

/**
 * Pushes an image to a repository of a registry: blobs that are not there yet, then the manifests, then the name.
 *
 * @param tag the name it gets there
 * @returns its digest
 * @throws REGISTRY_DENIED, REGISTRY_UNREACHABLE, OCI_CORRUPT
 */
export async function pushImage(
  layout: ImageLayout,
  image: Descriptor,
  registry: Registry,
  tag: string,
  progress?: Pick<Progress, 'update'>,
): Promise<string> {
  const images = await platformImages(layout, image);
  const blobs = distinct(images.flatMap(({ manifest }) => [...manifest.layers, manifest.config]));
  const totalBytes = blobs.reduce((sum, { size }) => sum + size, 0);
  let doneBytes = 0;
  for (const blob of blobs) {
    await pushBlob(layout, blob, registry, (bytes) => progress?.update(doneBytes + bytes, totalBytes));
    doneBytes += blob.size;
    progress?.update(doneBytes, totalBytes);
  }
  for (const each of images) await pushManifest(layout, each.descriptor, registry, nameOf(each, image, tag));
  if (isIndexType(image.mediaType)) await pushManifest(layout, image, registry, tag);
  return image.digest;
}

/** Within an index a manifest has no name but its digest. */
const nameOf = ({ descriptor }: PlatformImage, image: Descriptor, tag: string): string =>
  descriptor.digest === image.digest ? tag : descriptor.digest;

const distinct = (blobs: readonly Descriptor[]): Descriptor[] => [
  ...new Map(blobs.map((blob) => [blob.digest, blob])).values(),
];

async function pushManifest(layout: ImageLayout, image: Descriptor, registry: Registry, name: string) {
  const body = await layout.read(image);
  const what = `pushing the manifest to ${registry.name}`;
  await registry.call(registry.at(`manifests/${name}`), what, () => ({
    method: 'PUT',
    headers: { 'content-type': image.mediaType },
    body: new Uint8Array(body),
  }));
}

async function pushBlob(
  layout: ImageLayout,
  { digest, size }: Descriptor,
  registry: Registry,
  onBytes: (count: number) => void,
): Promise<void> {
  const what = `pushing ${digest.slice(0, 19)} to ${registry.name}`;
  const there = await registry.call(registry.at(`blobs/${digest}`), what, () => ({
    method: 'HEAD',
    expects: [404],
  }));
  if (there.ok) return;
  await layout.verify({ digest });
  const begun = await registry.call(registry.at('blobs/uploads/'), what, () => ({ method: 'POST' }));
  let url = locationOf(begun, registry, what);
  const blob = await openAsBlob(layout.blobPath(digest));
  let [sent, failures] = [0, 0];
  while (sent < size) {
    const end = Math.min(size, sent + PART_BYTES);
    const [from, place] = [sent, url];
    try {
      const answer = await registry.call(place, what, () => ({
        method: 'PATCH',
        headers: { 'content-type': 'application/octet-stream', 'content-range': `${from}-${end - 1}` },
        body: blob.slice(from, end),
      }));
      url = locationOf(answer, registry, what);
      sent = end;
    } catch (error) {
      if (++failures === ATTEMPTS) throw error;
      // where it got to, the registry knows
      const state = await registry.call(place, what, () => ({ expects: [404] }));
      if (state.status === 404) throw error;
      url = locationOf(state, registry, what);
      const last = /^(?:bytes=)?0-(\d+)$/.exec(state.headers.get('range') ?? '')?.[1];
      sent = last === undefined || last === '0' ? 0 : Number(last) + 1;
    }
    onBytes(sent);
  }
  const end = new URL(url);
  end.searchParams.set('digest', digest);
  await registry.call(end.href, what, () => ({ method: 'PUT' }));
}

function locationOf(answer: Response, registry: Registry, what: string): string {
  const location = answer.headers.get('location');
  if (location) return new URL(location, registry.at('')).href;
  throw new SemblanceError('REGISTRY_UNREACHABLE', `${what}: the registry does not say where to send it`);
}
