import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@semblance/core/files';
import { type Fetch, findBase } from './base.ts';
import { type Base, composeImage, composeIndex, historyOf } from './compose.ts';
import { DEBIAN_BASE, type ImageDescription } from './description.ts';
import { withTag } from './oci/image.ts';
import { ImageLayout } from './oci/layout.ts';
import type { Architecture, Descriptor, Layer } from './oci/media.ts';
import { appLayers } from './parts/app.ts';
import { Apt } from './parts/apt.ts';
import { installOnBase } from './parts/apt-on-base.ts';
import { type ContentLayers, contentLayers } from './parts/content.ts';
import { slimPackages } from './parts/debian.ts';
import { debianLayers } from './parts/debian-layers.ts';
import { type TrainingEngine, trainingLayers } from './parts/engine-layers.ts';
import { MadeLayers } from './parts/made-layers.ts';
import { NODE_VERSION, Npm } from './parts/npm.ts';
import { imagePlaces } from './places.ts';

export interface BuildOptions {
  /** Name of the image, `registry/organisation/name:tag`. */
  name: string;
  description: ImageDescription;
  architectures: readonly Architecture[];
  /** Our packages: their folders as they are published, or none for those of the registry. */
  packages: readonly string[];
  /** Version of our packages. */
  version: string;
  /** null for an image that only recognizes. */
  training: TrainingEngine | null;
  /** Folder of the layout that the image is written to. */
  layout: string;
  /** Folder for downloads and what is remembered of earlier builds. */
  cache: string;
  /** Brings a base that is not here. */
  fetch: Fetch;
  /** Makes every layer again. */
  isFresh?: boolean;
  /** Fetches the lists of packages again. */
  refresh?: boolean;
  /** Told what is being done. */
  onStep?: (what: string) => void;
}

export interface BuiltImage {
  name: string;
  /** Of its manifest, or of its index where there are several platforms. */
  digest: string;
}

/**
 * Builds an image into an OCI layout. The same inputs give the same digest: layers hold no dates and no owners of this
 * machine, and the configuration says nothing of when or where it was made.
 *
 * @throws OCI_BUILD_FAILED, OCI_UNSUPPORTED, OCI_DESCRIPTION_INVALID, PATH_NOT_FOUND
 */
export async function buildImage(options: BuildOptions): Promise<BuiltImage> {
  const layout = await ImageLayout.open(options.layout);
  const made = new MadeLayers(layout, join(options.cache, 'made'), options.isFresh ?? false);
  await makeFolder(options.cache);
  const work = await mkdtemp(join(options.cache, 'work-'));
  try {
    // first, since this is where most mistakes are
    options.onStep?.('content');
    const content = await contentLayers(made, options.description, work);
    const manifests: Descriptor[] = [];
    for (const architecture of options.architectures)
      manifests.push(await new ImageBuild(options, made, architecture, content, work).make());
    const image = await composeIndex(layout, manifests);
    const name = withTag(options.name);
    await layout.tag(name, image);
    return { name, digest: image.digest };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The build for one platform. */
class ImageBuild {
  readonly #options: BuildOptions;
  readonly #made: MadeLayers;
  readonly #architecture: Architecture;
  readonly #content: ContentLayers;
  readonly #work: string;

  constructor(
    options: BuildOptions,
    made: MadeLayers,
    architecture: Architecture,
    content: ContentLayers,
    work: string,
  ) {
    this.#options = options;
    this.#made = made;
    this.#architecture = architecture;
    this.#content = content;
    this.#work = work;
  }

  async make(): Promise<Descriptor> {
    const { description, version, packages, training } = this.#options;
    this.#say('base');
    const base = await this.#base();
    this.#say('packages');
    const npm = await Npm.find(this.#options.cache);
    const app = await appLayers(
      this.#made,
      npm,
      { architecture: this.#architecture, packages, version, npm: description.npm },
      await this.#folder('app'),
    );
    const engine = training ? await trainingLayers(this.#made.layout, training) : { layers: [], env: {} };
    const content = this.#content;
    const hasCode = description.with.code !== undefined;
    return composeImage(this.#made.layout, {
      ...{ architecture: this.#architecture, base },
      layers: [...app, ...engine.layers, ...content.layers],
      env: { ...engine.env, ...description.env },
      labels: {
        'org.opencontainers.image.title': training ? 'semblance: training and service' : 'semblance: service',
        'org.opencontainers.image.version': version,
        'org.opencontainers.image.licenses': 'Apache-2.0',
        'semblance.node': NODE_VERSION,
        ...content.labels,
        ...description.labels,
      },
      command: description.command ?? ['serve'],
      workingDir: hasCode ? imagePlaces.code : imagePlaces.home,
    });
  }

  async #base(): Promise<Base> {
    const { description, cache, refresh = false, training } = this.#options;
    if (description.base !== DEBIAN_BASE) return this.#foreignBase();
    const { aptSources } = description;
    const apt = await Apt.open({
      ...{ architecture: this.#architecture, cache: join(cache, 'apt'), refresh },
      ...(aptSources !== undefined && { sources: aptSources }),
    });
    const groups = [
      { title: DEBIAN_BASE, packages: slimPackages },
      { title: 'engine', packages: training?.debian ?? [] },
      { title: 'apt', packages: description.apt },
    ];
    const layers = await debianLayers(this.#made, apt, this.#architecture, groups, this.#work);
    return { name: DEBIAN_BASE, layers, config: {}, history: layers.map(history) };
  }

  async #foreignBase(): Promise<Base> {
    const { description, cache, fetch, training } = this.#options;
    const { layout } = this.#made;
    const base = await findBase(description.base, this.#architecture, layout, fetch);
    const packages = [...(training?.debian ?? []), ...description.apt];
    if (packages.length === 0) return base;
    return installOnBase(this.#made, base, this.#architecture, packages, join(cache, 'unpacked'));
  }

  async #folder(name: string): Promise<string> {
    const dir = join(this.#work, `${name}-${this.#architecture}`);
    await makeFolder(dir);
    return dir;
  }

  #say(what: string): void {
    this.#options.onStep?.(`${this.#architecture}: ${what}`);
  }
}

const history = ({ descriptor }: Layer) => historyOf(descriptor);
