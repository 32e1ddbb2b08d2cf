import type { Abortable } from 'node:events';
import type { ObjectEncodingOptions, OpenMode } from 'node:fs';
import * as fs from 'node:fs/promises';
import { withPath } from '../system-error.ts';

type WriteOptions = ObjectEncodingOptions & { flag?: OpenMode } & Abortable;

/** `writeFile` of `node:fs/promises`, whose errors name the file also where it was open already: a disk that is full. */
export async function writeFile(
  path: string,
  content: string | Uint8Array,
  options?: WriteOptions,
): Promise<void> {
  try {
    await fs.writeFile(path, content, options);
  } catch (error) {
    throw withPath(error, path);
  }
}

/** `appendFile` of `node:fs/promises`, in the same way. */
export async function appendFile(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await fs.appendFile(path, content);
  } catch (error) {
    throw withPath(error, path);
  }
}
