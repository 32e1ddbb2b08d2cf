import { join, relative } from 'node:path';
import { root, workspacePackages } from '../../../scripts/packaging/packages.ts';

/** What can be imported, and the page that documents it. */
export interface EntryPoint {
  /** As it is imported: `@semblance/face/image`. */
  specifier: string;
  /** Its page below docs/api, without `.md`: `face/image`. */
  page: string;
  /** Its source, below packages/. */
  source: string;
  /** Its package's folder: `face`. */
  folder: string;
  /** What package.json says of its package. */
  description: string;
}

export const packagesDir = join(root, 'packages');

/** Packages from the ground up: what several entry points hand on is documented where it is met first. */
const order = [
  'core',
  'face',
  'lab',
  'synthetic',
  'torch',
  'train',
  'jobs',
  'serve',
  'web',
  'client',
  'semblance',
];
const rank = (folder: string): number => (order.includes(folder) ? order.indexOf(folder) : order.length);

/** Every entry point of every package that is published, each package's root before its subpaths. */
export function entryPoints(): EntryPoint[] {
  const packages = workspacePackages().sort((a, b) => rank(a.folder) - rank(b.folder));
  return packages.flatMap(({ folder, dir, json }) =>
    Object.entries(json.exports ?? {})
      .filter((entry): entry is [string, string] => String(entry[1]).endsWith('.ts'))
      .map(([key, target]) => {
        const subpath = key.slice(1);
        return {
          specifier: `${json.name}${subpath}`,
          page: `${folder}${subpath}`,
          source: relative(packagesDir, join(dir, target)),
          folder,
          description: json.description ?? '',
        };
      }),
  );
}
