import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { TorchError, unreadable } from '../error.ts';
import type { Tensor } from '../tensor.ts';
import { writeFileAtomically } from './atomic-file.ts';
import type { SafetensorsLimits } from './format.ts';
import { loadFile, saveFile } from './single-file.ts';

/** The file beside shards that says which holds which tensor, as Hugging Face's tools write and read it. */
interface ShardIndex {
  metadata: Record<string, unknown>;
  weight_map: Record<string, string>;
}

// Shards and index of one save carry the same id, so that files of two saves are never taken for one.
const SAVE_ID = 'save_id';

export const indexPath = (path: string): string => `${path}.index.json`;

export interface ShardOptions {
  /** Bytes of tensors that one file may hold; a larger tensor gets a file of its own. */
  maxShardBytes?: number;
}

/**
 * As {@link saveSafetensors} where all fits one file; otherwise `model.safetensors` becomes
 * `model-00001-of-00003.safetensors`, … and `model.safetensors.index.json`, which `loadSafetensors(path)` reads as one.
 *
 * Each file appears whole or not at all, the index last. A save over an earlier one that is interrupted leaves files
 * that do not belong together; reading them is refused.
 *
 * @returns the files written, the index last
 * @throws TorchError as saveSafetensors; TORCH_BAD_ARGUMENT for a size that is no positive number
 */
export function saveShardedSafetensors(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
  { maxShardBytes = 2e9 }: ShardOptions = {},
): string[] {
  if (!(maxShardBytes > 0))
    throw new TorchError(
      'TORCH_BAD_ARGUMENT',
      `Expected a number above 0 for maxShardBytes but received ${maxShardBytes}`,
    );
  const shards = split(tensors, maxShardBytes);
  if (shards.length <= 1) {
    saveFile(path, tensors, metadata);
    rmSync(indexPath(path), { force: true });
    return [path];
  }
  const id = randomBytes(8).toString('hex');
  const files = shards.map((_, i) => join(dirname(path), shardName(basename(path), i, shards.length)));
  const index: ShardIndex = { metadata: { ...metadata, [SAVE_ID]: id, total_size: 0 }, weight_map: {} };
  for (const [i, shard] of shards.entries()) {
    saveFile(files[i]!, shard.tensors, { ...metadata, [SAVE_ID]: id });
    for (const name of shard.tensors.keys()) index.weight_map[name] = basename(files[i]!);
    index.metadata.total_size = (index.metadata.total_size as number) + shard.bytes;
  }
  const text = `${JSON.stringify(index, null, 2)}\n`;
  writeFileAtomically(indexPath(path), (append) => append(Buffer.from(text)));
  // A single file of that name would hide the index.
  rmSync(path, { force: true });
  return [...files, indexPath(path)];
}

/** The path of the index where that is what `path` stands for. */
export function indexOf(path: string): string | undefined {
  if (path.endsWith('.index.json')) return path;
  return !existsSync(path) && existsSync(indexPath(path)) ? indexPath(path) : undefined;
}

/** Reads all shards of an index. @throws TorchError SAFETENSORS_INVALID and what reading a file throws */
export function loadShards(
  path: string,
  limits: SafetensorsLimits,
): { tensors: Map<string, Tensor>; metadata: Record<string, string> } {
  const index = readIndex(path);
  const files = [...new Set(Object.values(index.weight_map))].sort();
  const found = new Map<string, Tensor>();
  for (const file of files) {
    const shard = loadFile(join(dirname(path), file), limits);
    if (index.metadata[SAVE_ID] !== undefined && shard.metadata[SAVE_ID] !== index.metadata[SAVE_ID])
      throw invalid(path, `${file} is of another save`);
    for (const [name, tensor] of shard.tensors) {
      if (index.weight_map[name] === file) found.set(name, tensor);
      else throw invalid(path, `${file} holds ${name}, which the index does not say`);
    }
  }
  for (const [name, file] of Object.entries(index.weight_map))
    if (!found.has(name)) throw invalid(path, `${file} does not hold ${name}`);
  const metadata = Object.fromEntries(
    Object.entries(index.metadata).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== SAVE_ID,
    ),
  );
  return { tensors: found, metadata };
}

function readIndex(path: string): ShardIndex {
  let text: string;
  try {
    text = new TextDecoder().decode(readFileSync(path)); // without a byte-order mark
  } catch (cause) {
    throw unreadable(path, cause);
  }
  let index: Partial<ShardIndex>;
  try {
    index = JSON.parse(text) as Partial<ShardIndex>;
  } catch (cause) {
    throw new TorchError('SAFETENSORS_INVALID', `${path}: not JSON`, { cause });
  }
  const map = index?.weight_map;
  if (typeof map !== 'object' || map === null) throw invalid(path, 'it has no weight_map');
  // A path could lead anywhere.
  for (const file of Object.values(map))
    if (typeof file !== 'string' || file !== basename(file) || !file.endsWith('.safetensors'))
      throw invalid(path, `${JSON.stringify(file)} is not the name of a file beside it`);
  return { metadata: { ...index.metadata }, weight_map: map };
}

interface Shard {
  tensors: Map<string, Tensor>;
  bytes: number;
}

/** Tensors in their order, a new shard wherever the next one does not fit. */
function split(tensors: ReadonlyMap<string, Tensor>, maxShardBytes: number): Shard[] {
  const shards: Shard[] = [];
  for (const [name, tensor] of tensors) {
    const bytes = tensor.numel * bytesOf(tensor);
    let shard = shards.at(-1);
    if (!shard || (shard.bytes > 0 && shard.bytes + bytes > maxShardBytes))
      shards.push((shard = { tensors: new Map(), bytes: 0 }));
    shard.tensors.set(name, tensor);
    shard.bytes += bytes;
  }
  return shards;
}

function bytesOf({ dtype }: Tensor): number {
  if (dtype === 'bool') return 1;
  return dtype === 'bfloat16' ? 2 : Number(/\d+$/.exec(dtype)?.[0] ?? 8) / 8;
}

const shardName = (name: string, i: number, count: number): string => {
  const five = (n: number) => String(n).padStart(5, '0');
  return `${name.replace(/\.safetensors$/, '')}-${five(i + 1)}-of-${five(count)}.safetensors`;
};

const invalid = (path: string, reason: string) => new TorchError('SAFETENSORS_INVALID', `${path}: ${reason}`);
