import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fingerprintFiles, makeFolder, writeFile, writeJsonFile } from '@semblance/core/files';
import { folderEntries, type LayerEntry, writeLayer } from '../oci/layer.ts';
import type { Architecture, Layer } from '../oci/media.ts';
import { imagePlaces } from '../places.ts';
import type { MadeLayers } from './made-layers.ts';
import { NODE_VERSION, type Npm, nodePackage, npmCpu } from './npm.ts';

/** Changes with what is made of the same packages. */
const RECIPE = 'app/4';

export interface AppOptions {
  architecture: Architecture;
  /** Folders of our packages as they are published; without any, those of `version` come from the registry. */
  packages: readonly string[];
  version: string;
  /** Packages of npm besides ours, such as `sharp@0.35`. */
  npm: readonly string[];
}

/**
 * Two layers: Node.js, and our packages with all they need, for a platform that need not be this machine's. No install
 * script runs.
 *
 * @param work an empty folder
 */
export async function appLayers(
  made: MadeLayers,
  npm: Npm,
  options: AppOptions,
  work: string,
): Promise<Layer[]> {
  const { architecture, packages, version } = options;
  const ours = packages.length === 0 ? version : await fingerprintPackages(packages);
  const what = [RECIPE, architecture, NODE_VERSION, ours, options.npm];
  let installed: Promise<string> | null = null;
  const install = () => (installed ??= installApp(npm, options, work));
  const node = await made.once([...what, 'node'], async () => {
    const program = join(await install(), nodePackage(architecture), 'bin', 'node');
    return writeLayer(made.layout, [{ path: imagePlaces.node, from: program, mode: 0o755 }], 'node');
  });
  const app = await made.once([...what, 'app'], async () => {
    const modules = await install();
    const keeps = keepsFor(architecture);
    const entries = await folderEntries(modules, imagePlaces.app, { keeps });
    return writeLayer(made.layout, [...entries, ...programs()], 'semblance');
  });
  if (installed) await rm(await installed, { recursive: true });
  return [node, app];
}

async function fingerprintPackages(dirs: readonly string[]): Promise<string> {
  const files = await Promise.all(
    dirs.map(async (dir) => {
      const names = await readdir(dir, { recursive: true, withFileTypes: true });
      return names
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
        .map((path) => ({ name: join(basename(dir), path.slice(dir.length)), path }));
    }),
  );
  return fingerprintFiles(files.flat());
}

/** @returns the folder node_modules */
async function installApp(npm: Npm, { architecture, packages, version, npm: own }: AppOptions, work: string) {
  const dependencies: Record<string, string> = { [nodePackage(architecture)]: NODE_VERSION };
  await makeFolder(join(work, 'packages'));
  for (const dir of packages) {
    const [packed] = JSON.parse(
      await npm.run(dir, 'pack', '--json', '--pack-destination', join(work, 'packages')),
    );
    dependencies[packed.name] = `file:packages/${packed.filename}`;
  }
  if (packages.length === 0) dependencies.semblance = version;
  for (const spec of own) {
    const at = spec.indexOf('@', 1);
    dependencies[at < 0 ? spec : spec.slice(0, at)] = at < 0 ? '*' : spec.slice(at + 1);
  }
  await writeJsonFile(join(work, 'package.json'), { private: true, dependencies });
  await writeFile(join(work, '.npmrc'), 'package-lock=false\n');
  const platform = ['--os=linux', `--cpu=${npmCpu(architecture)}`, '--libc=glibc'];
  // --force: a Node of another platform is what is wanted
  await npm.run(work, 'install', '--omit=dev', '--force', '--prefer-offline', ...platform);
  return join(work, 'node_modules');
}

/** What of the installed packages is for the image's platform, and for running: no types, no sources of native code, no tests. */
function keepsFor(architecture: Architecture): (path: string) => boolean {
  const cpu = npmCpu(architecture);
  const left = [
    /^\.(bin|package-lock\.json)$/,
    /^node-linux-/,
    /\.test\.[mc]?js$/,
    /(^|\/)favicon[^/]*\.(png|ico)$/,
    /(^|\/node_modules\/)@types(\/|$)/,
    /\.(map|[mc]?ts|h|hpp|cc?|cpp|cxx|rs|gypi?|tgz)$/,
    /(^|\/node_modules\/)(@[^/]+\/)?[^/]+\/(tests?|__tests__|spec|fixtures|examples?|bench(marks?)?|coverage|\.github)(\/|$)/,
    /^onnxruntime-node\/bin\/napi-v\d+\/(darwin|win32)(\/|$)/,
    /^usearch\/(?!(javascript|prebuilds|node_modules)(\/|$)|package\.json$|LICENSE$)/,
    new RegExp(`^onnxruntime-node/bin/napi-v\\d+/linux/(?!${cpu}(/|$))[^/]+`),
    new RegExp(`/prebuilds/(?!linux-${cpu}(/|$))[^/]+`),
  ];
  return (path) => !left.some((pattern) => pattern.test(path));
}

/** Programs start without a shell: the kernel finds Node by their first line. */
function programs(): LayerEntry[] {
  const program = (path: string, module: string): LayerEntry => ({
    path,
    from: {
      content: `#!${imagePlaces.node} --disable-warning=ExperimentalWarning\nimport('${join(imagePlaces.app, module)}');\n`,
    },
    mode: 0o755,
  });
  return [
    program(imagePlaces.entrypoint, '@semblance/jobs/dist/image/boot/main.js'),
    program(imagePlaces.program, 'semblance/dist/main.js'),
  ];
}
