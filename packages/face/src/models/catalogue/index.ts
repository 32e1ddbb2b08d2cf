/**
 * Published models by name: the catalogue, and downloads that are checked.
 *
 * @module
 */

export { catalogueEntry, readCatalogue } from './catalogue.ts';
export {
  type CatalogueEntry,
  type CatalogueModel,
  fileNameOf,
  type ModelLicense,
  type ModelTask,
  parseCatalogue,
} from './entry.ts';
export type { ObtainOptions } from './obtain.ts';
export { publishedModels } from './published.ts';
export { type PullOptions, type PullResult, pullModel } from './pull.ts';
