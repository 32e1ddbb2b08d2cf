import { writeFileAsideSync } from '@semblance/core/files';
import { TorchError } from '../error.ts';

/**
 * Writes a file so that its name shows either the old content or the whole new one, also after a power cut.
 *
 * @param write called with a function that appends bytes
 * @throws TorchError FILE_UNWRITABLE with the cause; what else `write` throws passes through unchanged
 */
export function writeFileAtomically(
  path: string,
  write: (append: (bytes: Uint8Array) => void) => void,
): void {
  try {
    writeFileAsideSync(path, write);
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new TorchError('FILE_UNWRITABLE', `cannot write ${path}: ${cause.message}`, { cause });
  }
}
