import { existsSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLog } from './blocks.ts';

export interface FollowOptions {
  fromByte?: number;
  /** Whether nothing more will be written; asked before the last read. */
  isEnded(): Promise<boolean>;
  signal?: AbortSignal;
  pollMs?: number;
}

const CHUNK_BYTES = 64 << 10;

/** What is in a log and what is added to it, in pieces of text as they come, until nothing more will be. */
export async function* followLog(
  path: string,
  { fromByte = 0, isEnded, signal, pollMs = 200 }: FollowOptions,
): AsyncGenerator<string> {
  let offset = fromByte;
  const decoder = new StringDecoder();
  const buffer = Buffer.alloc(CHUNK_BYTES);
  while (!signal?.aborted) {
    // in this order: what is written before the end is read after it
    const isLast = await isEnded();
    if (existsSync(path)) {
      await using file = await openLog(path);
      while (true) {
        const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, offset);
        if (bytesRead === 0) break;
        offset += bytesRead;
        yield decoder.write(buffer.subarray(0, bytesRead));
      }
    }
    if (isLast) break;
    await sleep(pollMs, undefined, signal ? { signal } : {}).catch(() => {}); // aborted: the loop sees it
  }
  const rest = decoder.end();
  if (rest !== '') yield rest;
}
