import { join } from 'node:path';
import { folderEntries, writeLayer } from '../oci/layer.ts';
import type { ImageLayout } from '../oci/layout.ts';
import type { Layer } from '../oci/media.ts';
import { imagePlaces } from '../places.ts';

/** What an image needs to train. */
export interface TrainingEngine {
  /** The built addon, for the image's libtorch. */
  addon: string;
  /** Packages of Debian that bring libtorch; none where `libtorch` does. */
  debian: readonly string[];
  /** Folder with the libraries of a libtorch, such as one with CUDA; null where the packages bring it. */
  libtorch: string | null;
}

const ADDON = join(imagePlaces.addons, 'torch.node');
const LIBTORCH = join(imagePlaces.root, 'libtorch', 'lib');

/** Layers for the addon and for a libtorch that no package brings, and the variables that say where they are. */
export async function trainingLayers(
  layout: ImageLayout,
  { addon, libtorch }: TrainingEngine,
): Promise<{ layers: Layer[]; env: Record<string, string> }> {
  const layers: Layer[] = [];
  if (libtorch !== null) {
    const entries = await folderEntries(libtorch, LIBTORCH, { keeps: (path) => !path.endsWith('.a') });
    layers.push(await writeLayer(layout, entries, 'libtorch'));
  }
  layers.push(await writeLayer(layout, [{ path: ADDON, from: addon, mode: 0o755 }], 'addon'));
  return {
    layers,
    env: { SEMBLANCE_TORCH_ADDON: ADDON, ...(libtorch !== null && { LD_LIBRARY_PATH: LIBTORCH }) },
  };
}
