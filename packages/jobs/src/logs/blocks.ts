import { type FileHandle, open } from 'node:fs/promises';
import { SemblanceError } from '../error.ts';

/** A stretch of a file that holds whole lines, or a piece of a line longer than a block. */
export interface Block {
  /** Valid until the next block is asked for. */
  bytes: Buffer;
  /** Offset of its first byte in the file. */
  offset: number;
  /** It begins within a line that began in the block before. */
  isContinued: boolean;
}

const BLOCK_BYTES = 1 << 20;
const NEWLINE = 10;

/**
 * Reads a file from an offset to its present end in blocks that end where lines end, in constant memory.
 *
 * The last block may end with a line that has no end yet.
 *
 * @throws LOG_NOT_FOUND
 */
export async function* readBlocks(path: string, fromByte = 0): AsyncGenerator<Block> {
  await using file = await openLog(path);
  const buffer = Buffer.allocUnsafe(BLOCK_BYTES);
  let offset = fromByte;
  let held = 0; // bytes of a line that is not whole yet, at the start of the buffer
  let isContinued = false;
  while (true) {
    const { bytesRead } = await file.read(buffer, held, BLOCK_BYTES - held, offset + held);
    const end = held + bytesRead;
    if (bytesRead === 0) {
      if (end > 0) yield { bytes: buffer.subarray(0, end), offset, isContinued };
      return;
    }
    const lastNewline = buffer.lastIndexOf(NEWLINE, end - 1);
    const whole = lastNewline >= 0 && lastNewline < end ? lastNewline + 1 : 0;
    const size = whole > 0 ? whole : end === BLOCK_BYTES ? end : 0;
    if (size > 0) {
      yield { bytes: buffer.subarray(0, size), offset, isContinued };
      isContinued = whole === 0;
      buffer.copyWithin(0, size, end);
      offset += size;
    }
    held = end - size;
  }
}

/** Ends of lines in a stretch of bytes. */
export function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

export async function openLog(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new SemblanceError('LOG_NOT_FOUND', 'there is no log yet: the worker has not started', { cause });
  }
}
