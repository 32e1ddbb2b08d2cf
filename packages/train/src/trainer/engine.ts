import { totalmem } from 'node:os';
import { autocast, configure, cuda, engineInfo } from '@semblance/torch';
import * as distributed from '@semblance/torch/distributed';
import { SemblanceError } from '../error.ts';
import type { TrainingRecipe } from '../recipes/training.ts';
import { ownCores } from './ranks.ts';

/**
 * Sets the engine up for training in this process: threads, and an allocator that keeps its memory.
 *
 * @throws RECIPE_INVALID_VALUE where the recipe wants float16 and there is no GPU
 */
export function setUpEngine(recipe: TrainingRecipe): void {
  const { threads, precision } = recipe;
  if (precision === 'float16' && trainingDevice(recipe) === 'cpu') {
    const message =
      'precision float16 needs a GPU, and this recipe trains on the CPU: choose bfloat16 or float32.';
    throw new SemblanceError('RECIPE_INVALID_VALUE', message);
  }
  const wanted = threads === 'auto' ? ownCores() : threads;
  configure({ threads: wanted, allocator: 'training', matmulPrecision: 'high', cudnnBenchmark: true });
}

/** Where a recipe trains: `auto` is the GPU of this rank where the engine has one, else the CPU. */
export function trainingDevice({ device }: TrainingRecipe): 'cpu' | `cuda:${number}` {
  const wanted = device === 'auto' && cuda.isAvailable() ? 'cuda' : device;
  if (wanted !== 'cuda') return 'cpu';
  return `cuda:${(distributed.readEnvironment()?.localRank ?? 0) % Math.max(1, cuda.deviceCount())}`;
}

/** Runs a forward pass in the recipe's precision. */
export function inPrecision<T>({ precision }: TrainingRecipe, device: string, forward: () => T): T {
  if (precision === 'float32') return forward();
  return autocast({ device: device === 'cpu' ? 'cpu' : 'cuda', dtype: precision }, forward);
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
