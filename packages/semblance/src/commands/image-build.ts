import { resolve } from 'node:path';
import type { Architecture, ImageDescription, TrainingEngine } from '@semblance/jobs/image';
import { Option } from 'commander';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';
import { version } from '../cli/version.ts';
import { SemblanceError } from '../error.ts';
import { platformsOption } from '../image/options.ts';
import { buildOwnPackages } from '../image/own-packages.ts';

const kinds = ['serve', 'train'];
const contents = ['code', 'data', 'gallery', 'model'] as const;
type With = [kind: (typeof contents)[number], dir: string];

interface Options {
  what: string;
  tag?: string;
  file?: string;
  base?: string;
  with?: With[];
  apt?: string[];
  npm?: string[];
  platform?: Architecture[];
  out?: string;
  packages?: string;
  engine?: 'docker' | 'podman' | 'buildah';
  load?: boolean;
  cache?: string;
  fresh?: boolean;
  refresh?: boolean;
}

export const imageBuildCommand = defineCommand<Options>({
  path: ['image', 'build'],
  summary:
    'builds a container image with the service or the training engine, and your code, data, gallery and models',
  description:
    'Needs no container engine: the image is written as an OCI layout below $SEMBLANCE_HOME/images, from packages of ' +
    'Debian and npm. The same inputs give the same digest. Without a base of your own it stands on a small Debian.',
  examples: [
    ['semblance image build serve --tag semblance:serve', 'the service alone'],
    [
      'semblance image build train --tag registry.example.org/team/faces:1 --with code=src --with data=photos --with model=models/recognizer',
      'an image to train with, data and pretrained model in layers of their own',
    ],
    [
      'semblance image build serve --file image.json --platform amd64,arm64',
      'what a file describes, for two platforms',
    ],
  ],
  configure(command) {
    command
      .argument('[what]', 'serve: recognizes only; train: with the training engine, and serves, too', 'serve')
      .option('--tag <name>', 'name of the image (default: semblance:serve, or semblance:train)')
      .option('--file <path>', 'image.json: what the image is made of')
      .option(
        '--base <image>',
        'the image to stand on: a name, or oci:FOLDER[:NAME] (default: debian-slim, made here)',
      )
      .addOption(withOption())
      .addOption(listOption('--apt <packages>', 'packages of Debian to install, parted by commas'))
      .addOption(listOption('--npm <packages>', 'packages of npm to install, parted by commas'))
      .addOption(platformsOption('amd64, arm64 or both, parted by a comma (default: this machine’s)'))
      .option('--out <dir>', 'OCI layout to write to (default: the images of this machine)')
      .option('--packages <dir>', 'folder with our packages as npm run build writes them')
      .addOption(
        choiceOption('--engine <name>', 'the engine that --load loads into', ['docker', 'podman', 'buildah']),
      )
      .option('--load', 'puts the image into the engine’s own store, too')
      .option('--cache <dir>', 'where downloads are kept (default: $SEMBLANCE_HOME/images/cache)')
      .option('--fresh', 'makes every layer again')
      .option('--refresh', 'fetches the lists of Debian’s packages again (else once a day)');
  },
  async run(options, io) {
    if (!kinds.includes(options.what))
      throw new SemblanceError('USAGE_INVALID_VALUE', `expected serve or train but received ${options.what}`);
    const images = await import('@semblance/jobs/image');
    const home = images.imagesHome(io.env);
    const cache = resolve(options.cache ?? home.cache);
    const out = resolve(options.out ?? home.layout);
    const engine = images.findEngine(options.engine, io.env);
    if (options.load && !engine)
      throw new SemblanceError('OCI_UNSUPPORTED', '--load needs docker, podman or buildah on this machine');
    const isTraining = options.what === 'train';
    const architectures = options.platform ?? [images.ownArchitecture()];
    const description = await described(options, images);
    const { name, digest } = await images.buildImage({
      ...{ name: options.tag ?? `semblance:${options.what}`, description, architectures, version: version() },
      packages: await buildOwnPackages(options.packages, cache, io),
      training: isTraining ? await trainingEngine(architectures, images.ownArchitecture()) : null,
      ...{ layout: out, cache, isFresh: options.fresh ?? false, refresh: options.refresh ?? false },
      fetch: async (base, layout) => {
        io.err(`pulling ${base}`);
        const { registry, reference } = await images.openRegistry(base, { env: io.env });
        return images.pullImage(registry, reference.digest ?? reference.tag, layout, architectures);
      },
      onStep: (what) => io.err(what),
    });
    if (options.load) await images.loadIntoEngine(engine!, images.ImageLayout.existing(out), name);
    io.out(`${name} ${digest}`);
    return 0;
  },
});

async function described(
  { file, base, with: given = [], apt, npm }: Options,
  { imageDescription, readDescription }: typeof import('@semblance/jobs/image'),
): Promise<ImageDescription> {
  const description = file === undefined ? imageDescription({}) : await readDescription(file);
  const folders = { ...description.with, models: [...description.with.models] };
  for (const [kind, dir] of given) {
    if (kind === 'model') folders.models.push(dir);
    else folders[kind] = dir;
  }
  return {
    ...description,
    ...(base !== undefined && { base }),
    with: folders,
    apt: [...description.apt, ...(apt ?? [])],
    npm: [...description.npm, ...(npm ?? [])],
  };
}

/** The addon is compiled here, so the image's libtorch is this machine's. */
async function trainingEngine(
  architectures: readonly Architecture[],
  own: Architecture,
): Promise<TrainingEngine> {
  const other = architectures.find((architecture) => architecture !== own);
  if (other)
    throw new SemblanceError(
      'OCI_UNSUPPORTED',
      `an image that trains is built on a machine of its platform, and this one is ${own}, not ${other}`,
    );
  const { buildAddon, findLibtorch } = await import('@semblance/torch/addon');
  const libtorch = findLibtorch();
  const { path: addon } = await buildAddon({ libtorch });
  if (libtorch.origin !== 'system') return { addon, debian: ['libgomp1', 'procps'], libtorch: libtorch.lib };
  const [major, minor] = libtorch.version.split('.');
  const debian = [`libtorch${major}.${minor}`, 'libopenblas0-openmp', 'libgomp1', 'procps'];
  return { addon, debian, libtorch: null };
}

function withOption(): Option {
  const option = new Option(
    '--with <kind=dir>',
    'code, data, gallery or model: a folder that gets a layer; repeatable',
  );
  return option.argParser((text: string, before: With[] = []) => {
    const [kind, ...dir] = text.split('=');
    const known = contents.find((each) => each === kind);
    if (known && dir.join('=') !== '') return [...before, [known, dir.join('=')] as With];
    const message = `expected --with KIND=DIR, KIND one of ${contents.join(', ')}, but received --with ${text}`;
    throw new SemblanceError('USAGE_INVALID_VALUE', message);
  });
}

function listOption(flags: string, help: string): Option {
  return new Option(flags, help).argParser((text: string, before: string[] = []) => [
    ...before,
    ...text.split(',').filter((word) => word !== ''),
  ]);
}
