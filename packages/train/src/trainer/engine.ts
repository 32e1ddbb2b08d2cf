import { totalmem } from 'node:os';
import { configure, engineInfo } from '@semblance/torch';
import type { TrainingRecipe } from '../recipes/training.ts';
import { ownCores } from './ranks.ts';

/** Sets the engine up for training in this process: threads, and an allocator that keeps its memory. */
export function setUpEngine({ threads }: TrainingRecipe): void {
  const wanted = threads === 'auto' ? ownCores() : threads;
  configure({ threads: wanted, allocator: 'training' });
}

/** Versions of what trains, for the manifest. */
export function engineVersions(): Record<string, string> {
  const { libtorch, threads } = engineInfo();
  return { libtorch, node: process.versions.node, threads: String(threads) };
}

/** Bytes for decoded images: what the recipe says, or a quarter of the memory, but not more than the set takes. */
export function cacheCapacity({ cacheBytes }: TrainingRecipe, setBytes: number): number {
  const limit = cacheBytes === 'auto' ? totalmem() / 4 : cacheBytes;
  return Math.min(limit, setBytes);
}
