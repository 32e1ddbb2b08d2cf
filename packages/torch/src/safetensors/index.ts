/**
 * Safetensors files, whole or in shards.
 *
 * @module
 */

import type { Tensor } from '../tensor.ts';
import type { SafetensorsLimits } from './format.ts';
import { indexOf, loadShards } from './shards.ts';
import { loadFile } from './single-file.ts';

export { type ShardOptions, saveShardedSafetensors } from './shards.ts';
export { saveFile as saveSafetensors } from './single-file.ts';

/**
 * Reads a safetensors file, or all shards of one: `path` names the file, the index of its shards
 * (`model.safetensors.index.json`), or the file that the index stands for. Headers are checked in full before memory
 * is spent on a tensor.
 *
 * @throws TorchError FILE_NOT_FOUND, FILE_UNREADABLE, SAFETENSORS_INVALID, SAFETENSORS_LIMIT, SAFETENSORS_DTYPE
 */
export function loadSafetensors(
  path: string,
  limits: SafetensorsLimits = {},
): { tensors: Map<string, Tensor>; metadata: Record<string, string> } {
  const index = indexOf(path);
  return index === undefined ? loadFile(path, limits) : loadShards(index, limits);
}
