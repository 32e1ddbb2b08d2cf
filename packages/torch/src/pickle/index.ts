/**
 * Files of `torch.save`, read without executing anything.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { TorchError, unreadable } from '../error.ts';
import { fromArray } from '../from-data.ts';
import { StoredTensor } from './stored-tensor.ts';
import { readTorchFile } from './torch-file.ts';

export type { StoredTensor } from './stored-tensor.ts';
export { readTorchFile } from './torch-file.ts';

/** What a torch file can hold: Python's data, with dicts as Map, lists and tuples as arrays. */
export type TorchValue = unknown;

const MAX_DEPTH = 200;

/**
 * The content of a file that `torch.save` wrote, tensors as Tensor: dicts as Map, lists and tuples as arrays.
 * Nothing is executed; see {@link readTorchFile} for what is read and refused.
 *
 * @throws TorchError FILE_NOT_FOUND, FILE_UNREADABLE, TORCH_FILE_INVALID, TORCH_FILE_UNSUPPORTED, PICKLE_FORBIDDEN_GLOBAL,
 *   PICKLE_INVALID, PICKLE_LIMIT
 * @example
 * Not run here: it needs a file that torch wrote.
 *
 * ```ts
 * import type { Tensor } from '@semblance/torch';
 * import { loadTorchFile } from '@semblance/torch/pickle';
 *
 * const state = loadTorchFile('model.pth') as Map<string, Tensor>;
 * for (const [name, tensor] of state) console.log(name, tensor.shape);
 * ```
 */
export function loadTorchFile(path: string): TorchValue {
  return withTensors(readTorchFile(readBytes(path)));
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** The same structure with every StoredTensor as a Tensor; parts that are shared stay shared. */
function withTensors(root: unknown): unknown {
  const done = new Map<unknown, unknown>();
  const visit = (value: unknown, depth: number): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (done.has(value)) return done.get(value);
    if (depth > MAX_DEPTH)
      throw new TorchError('PICKLE_LIMIT', `the content is nested deeper than ${MAX_DEPTH}`);
    if (value instanceof StoredTensor) {
      const tensor = fromArray(value.toBytes(), value.shape, { dtype: value.dtype });
      done.set(value, tensor);
      return tensor;
    }
    if (value instanceof Map) {
      const map = new Map();
      done.set(value, map);
      for (const [key, item] of value) map.set(key, visit(item, depth + 1));
      return map;
    }
    if (Array.isArray(value)) {
      const list: unknown[] = [];
      done.set(value, list);
      for (const item of value) list.push(visit(item, depth + 1));
      return list;
    }
    return value;
  };
  return visit(root, 0);
}
