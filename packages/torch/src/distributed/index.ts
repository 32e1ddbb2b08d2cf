/**
 * Training on several processes: ranks, collectives, data parallelism, sharded class layers.
 *
 * @module
 */

export * from './collectives.ts';
export { type DataParallelOptions, DistributedDataParallel } from './data-parallel.ts';
export { type RankEnvironment, readEnvironment } from './environment.ts';
export {
  defaultGroup,
  destroy,
  type InitOptions,
  init,
  isAvailable,
  isInitialized,
  localRank,
  ProcessGroup,
  rank,
  worldSize,
} from './group.ts';
export { launch } from './launcher/launch.ts';
export type { LaunchOptions } from './launcher/options.ts';
export { PartialFC, type PartialFCOptions, shardedCrossEntropy, targetMargin } from './partial-fc.ts';
export { shardRange } from './shard-range.ts';
export { gatherShards, takeShard } from './shards.ts';
export { Store } from './store.ts';
export { SyncBatchNorm, syncBatchNorm } from './sync-batch-norm.ts';
