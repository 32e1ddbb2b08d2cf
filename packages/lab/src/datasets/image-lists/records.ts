import type { ImageListKind } from '../image-list.ts';
import { unpackImageRecord } from '../recordio/image-record.ts';
import { type RecordRanges, RecordReader, selectRanges } from '../recordio/record-file.ts';

/** Image records of a RecordIO file. */
export interface ListedRecords {
  kind: 'records';
  ranges: RecordRanges;
}

export const records: ImageListKind<ListedRecords> = {
  length: ({ ranges }) => ranges.keys.length,
  open({ ranges }) {
    const reader = new RecordReader(ranges);
    return {
      length: ranges.keys.length,
      name: (index) => String(ranges.keys[index]).padStart(8, '0'),
      label: (index) => reader.where(index),
      async read(index) {
        return unpackImageRecord(await reader.read(index), reader.where(index)).picture;
      },
      close: () => reader.close(),
    };
  },
  select: (list, indices) => ({ ...list, ranges: selectRanges(list.ranges, indices) }),
};
