import { SemblanceError } from '../../error.ts';
import type { GalleryMeta, NewFace, NewNegative } from '../store.ts';

// A record is three lengths (u32, little-endian), then JSON, an embedding (float32, little-endian) and a picture.

/** What an export holds, in this order: the gallery, its faces, what is not somebody's, and how many there were. */
export type ExportRecord =
  | { kind: 'gallery'; meta: GalleryMeta }
  | { kind: 'face'; face: NewFace }
  | { kind: 'negative'; negative: NewNegative }
  | { kind: 'end'; faces: number; negatives: number };

const HEAD_BYTES = 12;
const [MOST_JSON, MOST_EMBEDDING, MOST_CROP] = [1 << 20, 4 * 65_536, 16 << 20];

export function encodeRecord(record: ExportRecord): Buffer {
  const { json, embedding = new Float32Array(), crop } = partsOf(record);
  const text = Buffer.from(JSON.stringify({ kind: record.kind, ...json }));
  const vector = Buffer.alloc(4 * embedding.length);
  for (const [i, value] of embedding.entries()) vector.writeFloatLE(value, 4 * i);
  const parts = [text, vector, crop ?? Buffer.alloc(0)];
  const head = Buffer.alloc(HEAD_BYTES);
  for (const [i, { length }] of parts.entries()) head.writeUInt32LE(length, 4 * i);
  return Buffer.concat([head, ...parts]);
}

/** What of a record is text, and what is not. */
function partsOf(record: ExportRecord): {
  json: object;
  embedding?: Float32Array;
  crop?: Uint8Array | null | undefined;
} {
  if (record.kind === 'gallery' || record.kind === 'end') return { json: record };
  const { embedding, crop, ...json } = record.kind === 'face' ? record.face : record.negative;
  return { json, embedding, crop };
}

/** Cuts records out of bytes that come piece by piece. */
export class RecordReader {
  #rest: Buffer = Buffer.alloc(0);

  /** @throws SemblanceError EXPORT_INVALID */
  *push(bytes: Uint8Array): Generator<ExportRecord> {
    let buffer = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : Buffer.from(bytes);
    while (buffer.length >= HEAD_BYTES) {
      const [json, vector, crop] = [0, 4, 8].map((at) => buffer.readUInt32LE(at)) as [number, number, number];
      if (json > MOST_JSON || vector > MOST_EMBEDDING || crop > MOST_CROP || vector % 4 !== 0)
        throw invalid();
      const size = HEAD_BYTES + json + vector + crop;
      if (buffer.length < size) break;
      const at = HEAD_BYTES + json;
      yield decode(
        buffer.subarray(HEAD_BYTES, at),
        buffer.subarray(at, at + vector),
        buffer.subarray(at + vector, size),
      );
      buffer = buffer.subarray(size);
    }
    this.#rest = Buffer.from(buffer);
  }

  /** @throws SemblanceError EXPORT_INVALID where a record is cut off */
  end(): void {
    if (this.#rest.length > 0) throw invalid();
  }
}

function decode(json: Buffer, vector: Buffer, picture: Buffer): ExportRecord {
  const { kind, ...fields } = parsed(json);
  const embedding = Float32Array.from({ length: vector.length / 4 }, (_, i) => vector.readFloatLE(4 * i));
  const crop = picture.length > 0 ? new Uint8Array(picture) : null;
  const text = (value: unknown): string | null => (value == null ? null : String(value));
  const common = {
    ...{ subject: String(fields.subject), embedding, crop },
    ...{ source: text(fields.source), contentHash: text(fields.contentHash) },
    ...(Number.isSafeInteger(fields.id) && Number(fields.id) > 0 ? { id: Number(fields.id) } : {}),
  };
  if (kind === 'gallery') return { kind, meta: fields.meta as GalleryMeta };
  if (kind === 'end') return { kind, faces: Number(fields.faces), negatives: Number(fields.negatives) };
  if (kind === 'negative') return { kind, negative: common };
  if (kind !== 'face') throw invalid();
  const quality = typeof fields.quality === 'number' ? fields.quality : null;
  return { kind, face: { ...common, quality, origin: fields.origin === 'build' ? 'build' : 'enrol' } };
}

function parsed(json: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(json.toString('utf8')) as Record<string, unknown>;
  } catch {
    throw invalid();
  }
}

const invalid = (): SemblanceError =>
  new SemblanceError('EXPORT_INVALID', 'the export holds what this version cannot read');
