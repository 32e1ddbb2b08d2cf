import { type FileHandle, open } from 'node:fs/promises';
import { SemblanceError } from '../../error.ts';
import type { ImageListKind } from '../image-list.ts';

/** Byte ranges of one file, as the members of a tar file. */
export interface ListedMembers {
  kind: 'members';
  file: string;
  names: readonly string[];
  starts: Float64Array;
  sizes: Float64Array;
}

export const members: ImageListKind<ListedMembers> = {
  length: ({ names }) => names.length,
  open({ file, names, starts, sizes }) {
    let handle: Promise<FileHandle> | undefined;
    const label = (index: number): string => `${file}, ${names[index]}`;
    return {
      length: names.length,
      name: (index) => names[index]!,
      label,
      async read(index) {
        handle ??= open(file, 'r');
        const bytes = Buffer.allocUnsafeSlow(sizes[index]!);
        const { bytesRead } = await (await handle).read(bytes, 0, bytes.length, starts[index]!);
        if (bytesRead < bytes.length)
          throw new SemblanceError('DATA_CORRUPT', `${label(index)}: the file is cut short`);
        return bytes;
      },
      close: async () => (await handle)?.close(),
    };
  },
  select: (list, indices) => ({
    ...list,
    names: Array.from(indices, (index) => list.names[index]!),
    starts: Float64Array.from(indices, (index) => list.starts[index]!),
    sizes: Float64Array.from(indices, (index) => list.sizes[index]!),
  }),
};
