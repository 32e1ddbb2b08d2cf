import { TorchError } from '../error.ts';
import type { TorchFileContext } from './torch-file.ts';
import { unpickle } from './unpickle.ts';

const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL_VERSION = 1001;
const NUMEL_BYTES = 8;

const invalid = (message: string): TorchError => new TorchError('TORCH_FILE_INVALID', message);

/** Whether the bytes begin like the legacy form: a pickle of its magic number. */
export function isLegacyTorchFile(bytes: Uint8Array): boolean {
  try {
    return unpickle(bytes.subarray(0, 64), { maxOperations: 4 }).value === MAGIC;
  } catch {
    return false; // Not even a pickle.
  }
}

/**
 * The legacy form: pickles of magic number, protocol version, system and content, then of the list of storage keys,
 * then per key an int64 count and its elements.
 *
 * @throws TorchError as readTorchFile
 */
export function readLegacy(bytes: Uint8Array, { unpickleOptions, storages }: TorchFileContext): unknown {
  const magic = unpickle(bytes);
  const version = unpickle(bytes, { offset: magic.end });
  if (version.value !== PROTOCOL_VERSION)
    throw invalid(`protocol version ${String(version.value)} is not known`);
  const system = unpickle(bytes, { offset: version.end });
  if (!(system.value instanceof Map) || system.value.get('little_endian') !== true) {
    throw new TorchError('TORCH_FILE_UNSUPPORTED', 'the file comes from a big-endian machine');
  }
  const content = unpickle(bytes, { ...unpickleOptions, offset: system.end });
  const keys = unpickle(bytes, { offset: content.end });
  if (!Array.isArray(keys.value)) throw invalid('the list of storages is missing');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = keys.end;
  for (const key of keys.value) {
    const storage = storages.get(key);
    // A key that nothing refers to has no dtype, so what follows it cannot be found.
    if (!storage) throw invalid(`the storage ${String(key).slice(0, 100)} belongs to no tensor`);
    if (at + NUMEL_BYTES > bytes.byteLength) throw invalid(`the file ends before the storage ${storage.key}`);
    const numel = view.getBigInt64(at, true);
    at += NUMEL_BYTES;
    if (numel !== BigInt(storage.numel)) {
      throw invalid(`the storage ${storage.key} has ${numel} elements where ${storage.numel} were announced`);
    }
    if (at + storage.sizeBytes > bytes.byteLength)
      throw invalid(`the file ends within the storage ${storage.key}`);
    storage.attach(bytes.subarray(at, at + storage.sizeBytes));
    at += storage.sizeBytes;
  }
  for (const storage of storages.values()) void storage.bytes; // each one must have its data
  return content.value;
}
