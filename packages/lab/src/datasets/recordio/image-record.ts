import { SemblanceError } from '../../error.ts';

/** What stands before the picture in a record of MXNet (`IRHeader`). */
export interface ImageRecordHeader {
  /** Number of labels that follow the header; 0 where the one label stands in it. */
  flag: number;
  /** One label, or `flag` of them: float32 each. */
  labels: number[];
  id: bigint;
  id2: bigint;
}

const HEADER_BYTES = 24;

/**
 * Packs `IfQQ`: u32 flag, f32 label, u64 id, u64 id2, little-endian; with more than one label, or where `flag` says so,
 * the f32 labels follow and the label in the header is 0. Then the encoded picture.
 *
 * @see MXNet's python/mxnet/recordio.py, pack
 */
export function packImageRecord(
  { flag, labels, id, id2 }: ImageRecordHeader,
  picture: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const payload = new Uint8Array(HEADER_BYTES + 4 * flag + picture.length);
  const view = new DataView(payload.buffer);
  view.setUint32(0, flag, true);
  view.setFloat32(4, flag === 0 ? labels[0]! : 0, true);
  view.setBigUint64(8, id, true);
  view.setBigUint64(16, id2, true);
  for (let i = 0; i < flag; i++) view.setFloat32(HEADER_BYTES + 4 * i, labels[i]!, true);
  payload.set(picture, HEADER_BYTES + 4 * flag);
  return payload;
}

/**
 * Undoes {@link packImageRecord}; the picture is a view of the payload.
 *
 * @throws SemblanceError DATA_CORRUPT where the payload is shorter than its header says.
 */
export function unpackImageRecord(
  payload: Uint8Array,
  where: string,
): ImageRecordHeader & { picture: Uint8Array } {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const flag = payload.length < HEADER_BYTES ? 0 : view.getUint32(0, true);
  const start = HEADER_BYTES + 4 * flag;
  if (payload.length < start) {
    const message = `${where}: a record of ${payload.length} bytes has a header of ${start}`;
    throw new SemblanceError('DATA_CORRUPT', message);
  }
  const labels =
    flag === 0
      ? [view.getFloat32(4, true)]
      : Array.from({ length: flag }, (_, i) => view.getFloat32(HEADER_BYTES + 4 * i, true));
  return {
    flag,
    labels,
    id: view.getBigUint64(8, true),
    id2: view.getBigUint64(16, true),
    picture: payload.subarray(start),
  };
}
