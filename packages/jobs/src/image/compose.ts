import type { ImageLayout } from './oci/layout.ts';
import { type Architecture, type Descriptor, type ImageConfig, type Layer, media } from './oci/media.ts';
import { IMAGE_UID, imagePlaces, SERVICE_PORT } from './places.ts';

/** What an image stands on: layers, and how it would be run. */
export interface Base {
  /** As it is labelled. */
  name: string;
  layers: readonly Layer[];
  config: ImageConfig['config'];
  history: NonNullable<ImageConfig['history']>;
}

export interface Composition {
  architecture: Architecture;
  base: Base;
  layers: readonly Layer[];
  env: Readonly<Record<string, string>>;
  labels: Readonly<Record<string, string>>;
  command: readonly string[];
  workingDir: string;
}

/** The beginning of time: an image says nothing of when it was made, so that it is the same every time. */
const EPOCH = '1970-01-01T00:00:00Z';

/** Writes the configuration and the manifest of an image. @returns the manifest's descriptor */
export async function composeImage(layout: ImageLayout, image: Composition): Promise<Descriptor> {
  const { architecture, base, layers } = image;
  const all = [...base.layers, ...layers];
  const config: ImageConfig = {
    architecture,
    os: 'linux',
    created: EPOCH,
    config: {
      ...base.config,
      User: `${IMAGE_UID}:${IMAGE_UID}`,
      ExposedPorts: { [`${SERVICE_PORT}/tcp`]: {} },
      Env: envOf(base.config?.Env ?? [], image.env),
      Entrypoint: [imagePlaces.entrypoint],
      Cmd: [...image.command],
      WorkingDir: image.workingDir,
      StopSignal: 'SIGTERM',
      Labels: sorted({ ...base.config?.Labels, ...image.labels }),
    },
    rootfs: { type: 'layers', diff_ids: all.map(({ diffId }) => diffId) },
    history: [...base.history, ...layers.map(({ descriptor }) => historyOf(descriptor))],
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: media.manifest,
    config: await layout.putJson(config, media.config),
    layers: all.map(({ descriptor }) => descriptor),
    annotations: sorted({ 'org.opencontainers.image.base.name': base.name }),
  };
  const written = await layout.putJson(manifest, media.manifest);
  return { ...written, platform: { architecture, os: 'linux' } };
}

/** One image for several platforms; of one platform, its own manifest. */
export function composeIndex(layout: ImageLayout, manifests: readonly Descriptor[]): Promise<Descriptor> {
  const [only, ...others] = manifests;
  if (others.length === 0) return Promise.resolve(only!);
  return layout.putJson({ schemaVersion: 2, mediaType: media.index, manifests }, media.index);
}

export const historyOf = ({ annotations }: Descriptor) => ({
  created: EPOCH,
  created_by: `semblance image build: ${annotations?.['org.opencontainers.image.title'] ?? 'layer'}`,
});

/** Our programs come first, whatever the base has. */
function envOf(inherited: readonly string[], own: Readonly<Record<string, string>>): string[] {
  const env: Record<string, string> = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    ...Object.fromEntries(
      inherited.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ),
  };
  const all: Record<string, string> = {
    ...env,
    SEMBLANCE_HOME: imagePlaces.home,
    HOME: imagePlaces.home,
    ...own,
  };
  all.PATH = `${imagePlaces.bin}:${all.PATH}`;
  return Object.entries(all).map(([name, value]) => `${name}=${value}`);
}

const sorted = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
