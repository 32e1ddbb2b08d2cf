import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { readImageFile, readImageFileSync } from '@semblance/face/image';
import type { ImageListKind } from '../image-list.ts';

/** Files below a folder. */
export interface ListedFiles {
  kind: 'files';
  root: string;
  /** Paths below the root, with `/`; absolute where the root is empty. */
  names: readonly string[];
}

export const files: ImageListKind<ListedFiles> = {
  length: ({ names }) => names.length,
  open({ root, names }) {
    const path = (index: number): string => (root === '' ? names[index]! : join(root, names[index]!));
    return {
      length: names.length,
      name: (index) => names[index]!,
      label: path,
      // A worker may wait for the disk, the main thread may not.
      read: async (index) => (isMainThread ? readImageFile(path(index)) : readImageFileSync(path(index))),
      close: async () => {},
    };
  },
  select: (list, indices) => ({ ...list, names: Array.from(indices, (index) => list.names[index]!) }),
};
