import type { UnpickleOptions } from '@semblance/core/pickle';
import { TorchError } from '../error.ts';
import type { StoredTensor, TorchStorage } from './stored-tensor.ts';
import { storageOfId, torchGlobals } from './torch-globals.ts';
import { isLegacyTorchFile, readLegacy } from './torch-legacy.ts';
import { isZip, readZip } from './torch-zip.ts';

/** What the two forms of a torch file need to read the pickle in it. */
export interface TorchFileContext {
  unpickleOptions: UnpickleOptions;
  /** The storages that the pickle refers to, by key; the reader attaches their bytes. */
  storages: Map<string, TorchStorage>;
}

// Views may expand what a file holds (one number as a large constant), but not without bound.
const MAX_EXPANSION = 16;
const FREE_EXPANSION_BYTES = 64 << 20;

/**
 * The content of a file that `torch.save` wrote (`.pth`, `.pt`, `.bin`, `.pth.tar`; zip form since torch 1.6 and the
 * legacy form): dicts as Map, lists and tuples as arrays, tensors as {@link StoredTensor}, which are views of the file's
 * bytes. Nothing is executed: a name outside the allow-list ends the reading, so a pickled module must be saved as its
 * state_dict first. TorchScript files are refused.
 *
 * @throws TorchError TORCH_FILE_INVALID, TORCH_FILE_UNSUPPORTED, PICKLE_FORBIDDEN_GLOBAL, PICKLE_INVALID, PICKLE_LIMIT
 */
export function readTorchFile(file: Uint8Array): unknown {
  // A Buffer's slice() is no copy; views that callers get should behave as every Uint8Array does.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  const storages = new Map<string, TorchStorage>();
  const limit = FREE_EXPANSION_BYTES + MAX_EXPANSION * bytes.byteLength;
  let tensorBytes = 0;
  const adopt = (tensor: StoredTensor): void => {
    tensorBytes += tensor.sizeBytes;
    if (tensorBytes > limit) {
      throw new TorchError(
        'PICKLE_LIMIT',
        `tensors of ${tensorBytes} bytes in a file of ${bytes.byteLength}`,
      );
    }
  };
  const context: TorchFileContext = {
    storages,
    unpickleOptions: { globals: torchGlobals(adopt), persistentLoad: (id) => storageOfId(id, storages) },
  };
  if (isZip(bytes)) return readZip(bytes, context);
  if (isLegacyTorchFile(bytes)) return readLegacy(bytes, context);
  throw new TorchError('TORCH_FILE_INVALID', 'the bytes are neither form of a torch file');
}
