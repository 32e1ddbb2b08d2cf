/**
 * Samples in batches: what a training loop goes through.
 *
 * @module
 */

export { type Collated, collate } from './collate.ts';
export { DataLoader, type DataLoaderOptions, type WorkerOptions } from './data-loader.ts';
export {
  type AnyDataset,
  type BatchOf,
  type Dataset,
  randomSplit,
  Subset,
  TensorDataset,
} from './dataset.ts';
export type { DatasetIn, DatasetModule } from './workers.ts';
