import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { TorchError, unreadable } from '../error.ts';
import { fromArray } from '../from-data.ts';
import type { Tensor } from '../tensor.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { layoutHeader, readHeader, readHeaderLength, type SafetensorsLimits } from './format.ts';

const LENGTH_BYTES = 8;

/**
 * Writes tensors as a safetensors file, one tensor in memory at a time, so that `path` shows the old content or the
 * whole new one at every moment.
 *
 * @param metadata text beside the tensors
 * @throws TorchError FILE_UNWRITABLE, SAFETENSORS_INVALID where names collide
 */
export function saveFile(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): void {
  const specs = [...tensors].map(([name, tensor]) => ({
    name,
    dtype: tensor.dtype,
    shape: tensor.shape,
    tensor,
  }));
  const { header, order } = layoutHeader(specs, metadata);
  writeFileAtomically(path, (append) => {
    append(header);
    for (const { tensor } of order) {
      const { buffer, byteOffset, byteLength } = tensor.toArray();
      append(new Uint8Array(buffer, byteOffset, byteLength));
    }
  });
}

/**
 * Reads a safetensors file; its header is checked in full before memory is spent on a tensor.
 *
 * @throws TorchError FILE_NOT_FOUND, FILE_UNREADABLE, SAFETENSORS_INVALID, SAFETENSORS_LIMIT, SAFETENSORS_DTYPE
 */
export function loadFile(
  path: string,
  limits: SafetensorsLimits = {},
): { tensors: Map<string, Tensor>; metadata: Record<string, string> } {
  const file = guard(path, () => openSync(path, 'r'));
  try {
    const fileBytes = guard(path, () => fstatSync(file).size);
    const read = (at: number, count: number) => guard(path, () => readExactly(file, at, count));
    const prefix = read(0, Math.min(LENGTH_BYTES, fileBytes));
    const head = read(0, LENGTH_BYTES + readHeaderLength(prefix, fileBytes, limits));
    const header = readHeader(head, fileBytes, limits);
    const tensors = new Map<string, Tensor>();
    for (const { name, dtype, shape, begin, end } of header.tensors) {
      tensors.set(name, fromArray(read(header.dataOffset + begin, end - begin), shape, { dtype }));
    }
    return { tensors, metadata: header.metadata };
  } finally {
    closeSync(file);
  }
}

function readExactly(file: number, at: number, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  for (let done = 0; done < count; ) {
    const got = readSync(file, bytes, done, Math.min(count - done, 1 << 30), at + done);
    if (got === 0) throw new TorchError('SAFETENSORS_INVALID', 'the file became shorter while it was read');
    done += got;
  }
  return bytes;
}

function guard<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    if (cause instanceof TorchError) throw cause;
    throw unreadable(path, cause);
  }
}
