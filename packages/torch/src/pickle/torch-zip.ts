import { unzipSync } from 'fflate';
import { TorchError } from '../error.ts';
import type { TorchFileContext } from './torch-file.ts';
import { unpickle } from './unpickle.ts';

const MAX_ENTRIES = 200_000;

const invalid = (message: string, cause?: unknown): TorchError =>
  new TorchError('TORCH_FILE_INVALID', message, { cause });

/** Whether the bytes begin with the local header of a zip archive. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;

/**
 * The zip form: `NAME/data.pkl`, `NAME/data/KEY` for each storage, `NAME/byteorder`, all stored uncompressed.
 *
 * @throws TorchError as readTorchFile
 */
export function readZip(bytes: Uint8Array, { unpickleOptions, storages }: TorchFileContext): unknown {
  const entries = listStored(bytes);
  const pickleName = entries.keys().find((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (pickleName === undefined) throw invalid('the archive has no data.pkl');
  const root = pickleName.slice(0, -'data.pkl'.length);
  if (entries.has(`${root}constants.pkl`)) {
    throw new TorchError(
      'TORCH_FILE_UNSUPPORTED',
      'the file is TorchScript, a program; save its state_dict()',
    );
  }
  const byteOrder = entries.get(`${root}byteorder`);
  if (byteOrder && new TextDecoder().decode(byteOrder) !== 'little') {
    throw new TorchError('TORCH_FILE_UNSUPPORTED', 'the file comes from a big-endian machine');
  }
  const content = unpickle(entries.get(pickleName)!, unpickleOptions);
  for (const storage of storages.values()) {
    const data = entries.get(`${root}data/${storage.key}`);
    if (!data) throw invalid(`the storage ${storage.key} is missing`);
    if (data.byteLength < storage.sizeBytes) {
      throw invalid(
        `the storage ${storage.key} has ${data.byteLength} bytes where ${storage.sizeBytes} were announced`,
      );
    }
    storage.attach(data);
  }
  return content.value;
}

/** Entries by name. What torch never writes is refused, before memory is spent on it: compression, equal names. */
function listStored(bytes: Uint8Array): Map<string, Uint8Array> {
  const names = new Set<string>();
  let sizeBytes = 0;
  const check = (entry: {
    name: string;
    size: number;
    originalSize: number;
    compression: number;
  }): boolean => {
    if (entry.compression !== 0 || entry.size !== entry.originalSize)
      throw invalid(`${entry.name} is compressed`);
    if (names.has(entry.name)) throw invalid(`the archive has two entries called ${entry.name}`);
    names.add(entry.name);
    sizeBytes += entry.size;
    if (!(sizeBytes <= bytes.byteLength) || names.size > MAX_ENTRIES)
      throw invalid('the archive claims too much');
    return true;
  };
  try {
    return new Map(Object.entries(unzipSync(bytes, { filter: check })));
  } catch (cause) {
    throw cause instanceof TorchError ? cause : invalid('the archive is damaged', cause);
  }
}
