import { join } from 'node:path';
import { readImageFile } from '../../image/decode.ts';
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
      read: (index) => readImageFile(path(index)),
      close: async () => {},
    };
  },
  select: (list, indices) => ({ ...list, names: Array.from(indices, (index) => list.names[index]!) }),
};
