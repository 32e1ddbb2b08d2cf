import { namedImage, platformImages } from './oci/image.ts';
import type { ImageLayout } from './oci/layout.ts';

/** What is told of an image. */
export interface ImageFacts {
  name: string;
  digest: string;
  platforms: readonly PlatformFacts[];
}

export interface PlatformFacts {
  architecture: string;
  digest: string;
  /** Bytes of all layers as they are stored and sent. */
  sizeBytes: number;
  user: string;
  entrypoint: readonly string[];
  command: readonly string[];
  labels: Readonly<Record<string, string>>;
  layers: readonly LayerFacts[];
}

export interface LayerFacts {
  /** What it holds; empty where the image does not say. */
  title: string;
  digest: string;
  /** SHA-256 of what it unpacks to. */
  diffId: string;
  sizeBytes: number;
  /** Of data, a gallery or a model: the fingerprint that versions record of the same folder. */
  fingerprint: string | null;
}

/** @throws OCI_NOT_FOUND, OCI_CORRUPT */
export async function inspectImage(layout: ImageLayout, name: string): Promise<ImageFacts> {
  const image = await namedImage(layout, name);
  const platforms = await platformImages(layout, image);
  return {
    name,
    digest: image.digest,
    platforms: platforms.map(({ architecture, descriptor, manifest, config }) => ({
      ...{ architecture, digest: descriptor.digest },
      sizeBytes: manifest.layers.reduce((sum, { size }) => sum + size, 0),
      user: config.config?.User ?? '',
      entrypoint: config.config?.Entrypoint ?? [],
      command: config.config?.Cmd ?? [],
      labels: config.config?.Labels ?? {},
      layers: manifest.layers.map(({ digest, size, annotations }, i) => ({
        title: annotations?.['org.opencontainers.image.title'] ?? '',
        ...{ digest, diffId: config.rootfs.diff_ids[i] ?? '', sizeBytes: size },
        fingerprint: annotations?.['semblance.fingerprint'] ?? null,
      })),
    })),
  };
}
