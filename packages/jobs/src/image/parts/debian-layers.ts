import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { folderEntries, writeLayer } from '../oci/layer.ts';
import type { Architecture, Layer } from '../oci/media.ts';
import { IMAGE_UID, imagePlaces } from '../places.ts';
import type { Apt } from './apt.ts';
import { mergedFolders, unpackDebs } from './debian.ts';
import { finishDebian, writePackageList } from './debian-finish.ts';
import type { MadeLayers } from './made-layers.ts';

/** Changes with what is made of the same packages. */
const RECIPE = 'debian/3';

/** Packages that share a layer. */
export interface PackageGroup {
  title: string;
  packages: readonly string[];
}

/**
 * A layer for each group of packages, with what the groups before it do not have. The first is a whole system; the others
 * stand on it.
 *
 * @param work a folder for what is unpacked meanwhile
 */
export async function debianLayers(
  made: MadeLayers,
  apt: Apt,
  architecture: Architecture,
  groups: readonly PackageGroup[],
  work: string,
): Promise<Layer[]> {
  const layers: Layer[] = [];
  const names: string[] = [];
  let before: readonly string[] = [];
  for (const { title, packages } of groups) {
    if (packages.length === 0) continue;
    names.push(...packages);
    const files = await apt.resolve(names);
    const own = files.filter((file) => !before.includes(file));
    before = files;
    if (own.length === 0) continue;
    const isFirst = layers.length === 0;
    layers.push(
      await made.once([RECIPE, architecture, title, own, files], async () => {
        const archives = await apt.download(names, files);
        const root = join(work, 'root');
        await unpackDebs(archives, own, root, architecture);
        await finishDebian(root);
        await writePackageList(root, archives, files);
        // the links are in the first layer
        const links = isFirst ? [] : mergedFolders(architecture);
        const entries = await folderEntries(root, '/', { keeps: (path) => !links.includes(path) });
        for (const entry of entries) if (entry.path === imagePlaces.home) entry.uid = IMAGE_UID;
        const layer = await writeLayer(made.layout, entries, title);
        await rm(root, { recursive: true });
        return layer;
      }),
    );
  }
  return layers;
}
