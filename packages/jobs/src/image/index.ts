/**
 * Container images: built without an engine, pushed to and pulled from registries, inspected and run.
 *
 * @module
 */

export { type BuildOptions, type BuiltImage, buildImage } from './build-image.ts';
export {
  DEBIAN_BASE,
  type ImageDescription,
  type ImageDescriptionInput,
  imageDescription,
  readDescription,
} from './description.ts';
export { type Engine, type EngineName, engineNames, findEngine, loadIntoEngine } from './engine.ts';
export { imagesHome } from './home.ts';
export { type ImageFacts, inspectImage, type LayerFacts, type PlatformFacts } from './inspect.ts';
export { imageOf, namedImage, withTag } from './oci/image.ts';
export { ImageLayout } from './oci/layout.ts';
export { type Architecture, architectures, ownArchitecture } from './oci/media.ts';
export type { TrainingEngine } from './parts/engine-layers.ts';
export { imagePlaces } from './places.ts';
export { type Credentials, parseCredentials, storedCredentials } from './registry/credentials.ts';
export { type OpenedRegistry, type OpenRegistryOptions, openRegistry } from './registry/open.ts';
export { pullImage } from './registry/pull.ts';
export { pushImage } from './registry/push.ts';
export {
  type ContainerCommand,
  containerCommand,
  type Mount,
  type RunOptions,
  runImage,
} from './run/run-image.ts';
