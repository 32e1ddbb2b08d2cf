import { SemblanceError } from '../../error.ts';
import { unpackImageRecord } from '../recordio/image-record.ts';
import { indexOfKey, type RecordRanges, RecordReader } from '../recordio/record-file.ts';

/** Bytes that hold the header and the first label of an image record. */
const HEAD_BYTES = 28;
/** Heads that are asked for at a time. */
const AT_A_TIME = 64;

export interface LabelledRecords {
  /** Places of the images among the records. */
  indices: Uint32Array;
  /** Class of each, 0 … classes − 1. */
  labels: Int32Array;
  /** The label that the records write, by class, rising. */
  classes: number[];
}

/**
 * Tells which records are images and whom they show, by insightface's rule: if record 0 has labels [a, b), the images
 * are keys 1 … a − 1 and keys a … b − 1 are people, each with the range of its images as labels; otherwise every key is
 * an image. The label of an image is the (first) one in its own header; for a range of images, that of its first.
 *
 * @throws SemblanceError DATA_CORRUPT; DATA_EMPTY where no record is an image.
 * @see arcface_torch dataset.py and insightface face2rec2.py
 */
export async function readLabelledRecords(ranges: RecordRanges): Promise<LabelledRecords> {
  const reader = new RecordReader(ranges);
  try {
    const zero = indexOfKey(ranges, 0);
    const head = zero < 0 ? null : unpackImageRecord(await reader.read(zero), reader.where(zero));
    const isHeaded = head !== null && head.flag > 0;
    const indices = isHeaded ? imagesBefore(ranges, head.labels[0]!) : Uint32Array.from(ranges.keys.keys());
    if (indices.length === 0) throw new SemblanceError('DATA_EMPTY', `${ranges.file} has no images`);

    const written = new Float64Array(indices.length).fill(Number.NaN);
    if (isHeaded) await fillByPerson(reader, head.labels, indices, written);
    await fillOneByOne(reader, indices, written);
    const classes = [...new Set(written)].sort((a, b) => a - b);
    const classOf = new Map(classes.map((label, i) => [label, i]));
    return { indices, classes, labels: Int32Array.from(written, (label) => classOf.get(label)!) };
  } finally {
    await reader.close();
  }
}

function imagesBefore({ keys }: RecordRanges, end: number): Uint32Array {
  const indices: number[] = [];
  for (let i = 0; i < keys.length && keys[i]! < end; i++) if (keys[i]! >= 1) indices.push(i);
  return Uint32Array.from(indices);
}

/** One look per person instead of one per image. */
async function fillByPerson(
  reader: RecordReader,
  [first, end]: number[],
  indices: Uint32Array,
  written: Float64Array,
): Promise<void> {
  const { ranges } = reader;
  const placeOf = new Map(Array.from(indices, (index, place) => [ranges.keys[index]!, place]));
  for (let key = first!; key < (end ?? first!); key++) {
    const index = indexOfKey(ranges, key);
    if (index < 0)
      throw new SemblanceError('DATA_CORRUPT', `${ranges.file}: person record ${key} is missing`);
    const { labels } = unpackImageRecord(await reader.read(index), reader.where(index));
    const [from, to] = labels as [number, number?];
    const place = placeOf.get(from);
    if (place === undefined || to === undefined || to > first! || to <= from) {
      if (to === from) continue; // a person all of whose images were removed
      const message = `${reader.where(index)}: images ${from} to ${to} of a person are not in the file`;
      throw new SemblanceError('DATA_CORRUPT', message);
    }
    const label = await labelAt(reader, indices[place]!);
    for (let k = from; k < to; k++) {
      const at = placeOf.get(k);
      if (at !== undefined) written[at] = label;
    }
  }
}

async function fillOneByOne(
  reader: RecordReader,
  indices: Uint32Array,
  written: Float64Array,
): Promise<void> {
  for (let at = 0; at < indices.length; ) {
    const places: number[] = [];
    for (; at < indices.length && places.length < AT_A_TIME; at++) {
      if (Number.isNaN(written[at]!)) places.push(at);
    }
    const labels = await Promise.all(places.map((place) => labelAt(reader, indices[place]!)));
    for (const [i, place] of places.entries()) written[place] = labels[i]!;
  }
}

async function labelAt(reader: RecordReader, index: number): Promise<number> {
  const head = await reader.readHead(index, HEAD_BYTES);
  if (head.length < 24) throw new SemblanceError('DATA_CORRUPT', `${reader.where(index)}: no image header`);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const isListed = view.getUint32(0, true) > 0;
  if (isListed && head.length < HEAD_BYTES)
    throw new SemblanceError('DATA_CORRUPT', `${reader.where(index)}: no label`);
  const label = view.getFloat32(isListed ? 24 : 4, true);
  if (Number.isFinite(label)) return label;
  throw new SemblanceError('DATA_CORRUPT', `${reader.where(index)}: its label is ${label}`);
}
