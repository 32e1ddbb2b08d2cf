export { type ImageRecordHeader, packImageRecord, unpackImageRecord } from './image-record.ts';
export { type RecordRanges, RecordReader, readRecordRanges } from './record-file.ts';
export { decodeRecord, encodeRecord } from './record-format.ts';
export { parseProperty, parseRecordIndex, type RecordIndex, type RecordProperty } from './record-index.ts';
export { RecordWriter } from './record-writer.ts';
