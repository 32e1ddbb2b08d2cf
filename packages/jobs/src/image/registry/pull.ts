import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { hashBytes, hashFile } from '@semblance/core/files';
import type { Progress } from '@semblance/core/progress';
import { isSemblanceError, SemblanceError } from '../../error.ts';
import { type ImageLayout, parsed } from '../oci/layout.ts';
import {
  type Architecture,
  type Descriptor,
  indexSchema,
  isIndexType,
  manifestSchema,
  media,
} from '../oci/media.ts';
import type { Registry } from './client.ts';

const accepted = [media.index, media.dockerIndex, media.manifest, media.dockerManifest].join(', ');
const ATTEMPTS = 4;

/**
 * Pulls an image from a repository of a registry into a layout; each blob is held against its digest.
 *
 * @param name a tag, or a digest
 * @param architectures those that are wanted of an image for several
 * @throws OCI_NOT_FOUND, OCI_CORRUPT, REGISTRY_DENIED, REGISTRY_UNREACHABLE
 */
export async function pullImage(
  registry: Registry,
  name: string,
  layout: ImageLayout,
  architectures: readonly Architecture[] | 'all',
  progress?: Pick<Progress, 'update'>,
): Promise<Descriptor> {
  const image = await pullManifest(registry, name, layout);
  if (!isIndexType(image.mediaType)) {
    await pullLayers(registry, image, layout, progress);
    return image;
  }
  const { manifests } = await layout.readJson(image, indexSchema);
  const wanted = manifests.filter(
    ({ platform }) =>
      platform?.os === 'linux' &&
      (architectures === 'all' || architectures.includes(platform.architecture as Architecture)),
  );
  if (wanted.length === 0)
    throw new SemblanceError('OCI_NOT_FOUND', `${registry.name}:${name} is not there for ${architectures}`);
  for (const { digest } of wanted)
    await pullLayers(registry, await pullManifest(registry, digest, layout), layout, progress);
  if (wanted.length === manifests.length) return image;
  // an index of what is here: a layout does not name what it lacks
  return wanted.length === 1
    ? wanted[0]!
    : layout.putJson({ schemaVersion: 2, mediaType: media.index, manifests: wanted }, media.index);
}

async function pullManifest(registry: Registry, name: string, layout: ImageLayout): Promise<Descriptor> {
  const what = `pulling ${registry.name}:${name}`;
  const call = () => ({ headers: { accept: accepted }, expects: [404] });
  const answer = await registry.call(registry.at(`manifests/${name}`), what, call);
  if (answer.status === 404)
    throw new SemblanceError('OCI_NOT_FOUND', `there is no image ${registry.name}:${name} in the registry`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (name.startsWith('sha256:') && `sha256:${hashBytes(bytes)}` !== name)
    throw new SemblanceError('OCI_CORRUPT', `${what}: the manifest is not the one of its digest`);
  const type = answer.headers.get('content-type')?.split(';')[0] ?? media.manifest;
  return layout.put(bytes, type);
}

async function pullLayers(
  registry: Registry,
  image: Descriptor,
  layout: ImageLayout,
  progress?: Pick<Progress, 'update'>,
): Promise<void> {
  const bytes = await layout.read(image);
  const { layers, config } = parsed(bytes.toString('utf8'), manifestSchema, image.digest);
  const totalBytes = layers.reduce((sum, { size }) => sum + size, config.size);
  let doneBytes = 0;
  for (const blob of [config, ...layers]) {
    if (!(await layout.has(blob))) await pullBlob(registry, blob, layout);
    doneBytes += blob.size;
    progress?.update(doneBytes, totalBytes);
  }
}

/** Resumes where it broke off. */
async function pullBlob(
  registry: Registry,
  { digest, size, mediaType }: Descriptor,
  layout: ImageLayout,
): Promise<void> {
  const what = `pulling ${digest.slice(0, 19)} of ${registry.name}`;
  await layout.putWritten(async (path) => {
    for (let attempt = 1; ; attempt++) {
      const there = await stat(path).then(
        (facts) => facts.size,
        () => 0,
      );
      try {
        const headers = there > 0 ? { range: `bytes=${there}-` } : {};
        const answer = await registry.call(registry.at(`blobs/${digest}`), what, () => ({
          headers: headers as Record<string, string>,
        }));
        const flags = answer.status === 206 ? 'a' : 'w';
        await pipeline(Readable.fromWeb(answer.body as never), createWriteStream(path, { flags }));
        break;
      } catch (error) {
        const isFinal = isSemblanceError(error, 'REGISTRY_DENIED') || attempt === ATTEMPTS;
        if (!isFinal) continue;
        if (isSemblanceError(error)) throw error;
        throw new SemblanceError('REGISTRY_UNREACHABLE', `${what} broke off: ${(error as Error).message}`, {
          cause: error,
        });
      }
    }
    if (`sha256:${await hashFile(path)}` === digest) return { digest, size };
    await rm(path);
    throw new SemblanceError('OCI_CORRUPT', `${what}: what came is not what its digest says`);
  }, mediaType);
}
