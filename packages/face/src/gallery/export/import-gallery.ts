import { SemblanceError } from '../../error.ts';
import type { ImpostorCurve } from '../../models/impostors.ts';
import type { Threshold } from '../../pipeline/threshold.ts';
import { type FaceSink, fillGallery, type Intake } from '../intake.ts';
import { checkModel, newMeta } from '../meta.ts';
import type { GalleryKeys } from '../sealing/key-source.ts';
import type { GalleryMeta, NewFace } from '../store.ts';
import { openExportFile } from './export-file.ts';
import { type ExportSecret, readPublicKey, unlockFile } from './export-keys.ts';
import type { ExportHeader } from './header.ts';
import { type ExportRecord, RecordReader } from './records.ts';

/** A recognizer that embeds the pictures of faces anew. */
export interface ReEmbedder {
  readonly id: string;
  readonly embeddingSize: number;
  readonly impostors?: ImpostorCurve | null;
  readonly threshold?: Threshold | null;
  /** A unit vector for each aligned face, given as JPEG. */
  embedJpegs(jpegs: Uint8Array[]): Promise<Float32Array[]>;
}

export interface ImportOptions {
  /** What opens the file. */
  secret: ExportSecret;
  /** The public key of the exporter who is trusted; anybody's, if not given. */
  trust?: string;
  /** Adds to a gallery that is there. */
  merge?: boolean;
  /** Embeds the faces anew from their pictures, with this recognizer: an export of another model is an error otherwise. */
  reEmbed?: ReEmbedder;
  /** The model that the gallery has to be of. */
  modelId?: string;
  keys?: GalleryKeys;
  onProgress?(done: number, total: number): void;
}

export interface Imported extends Intake {
  header: ExportHeader;
}

/** Faces embedded at a time. */
const BATCH = 16;

/**
 * Takes over a gallery from an export: all of it or nothing. The file is verified whole before the first of it is decrypted.
 *
 * @param path the export
 * @param to the gallery's folder, new or there
 * @throws SemblanceError EXPORT_INVALID, EXPORT_TRUNCATED, EXPORT_TAMPERED, EXPORT_UNTRUSTED, EXPORT_KEY_WRONG;
 *   GALLERY_MODEL_MISMATCH, GALLERY_NO_CROPS where there are no pictures to embed; those of `fillGallery`
 */
export async function importGallery(path: string, to: string, options: ImportOptions): Promise<Imported> {
  const { secret, trust, merge = false, reEmbed, modelId, keys, onProgress } = options;
  await using file = await openExportFile(path);
  const { header } = file;
  if (trust !== undefined) requireTrusted(header, trust);
  if (modelId !== undefined && !reEmbed) checkModel(header, modelId);
  if (reEmbed && !header.hasCrops) throw noCrops();
  const fileKey = unlockFile(header, secret);
  const meta = reEmbed ? metaOf(reEmbed) : await exportedMeta(file.pieces(fileKey), header);
  const intake = await fillGallery({ to, meta, merge, keys }, async (sink) => {
    const into = reEmbed ? reEmbedded(sink, reEmbed) : { ...sink, flush: async () => {} };
    let [done, negatives] = [0, 0];
    for await (const record of recordsOf(file.pieces(fileKey))) {
      if (record.kind === 'face') {
        await into.add(record.face);
        done++;
        onProgress?.(done, header.faces);
      } else if (record.kind === 'negative') {
        await into.addNegative(record.negative);
        negatives++;
      } else if (record.kind === 'end') {
        if (record.faces !== done || record.negatives !== negatives)
          throw new SemblanceError(
            'EXPORT_INVALID',
            `${path} has ${done} faces, and says that it has ${record.faces}`,
          );
      }
    }
    await into.flush();
  });
  return { header, ...intake };
}

function requireTrusted({ exporter }: ExportHeader, trust: string): void {
  if (readPublicKey(trust).equals(readPublicKey(exporter))) return;
  throw new SemblanceError(
    'EXPORT_UNTRUSTED',
    `the export was signed by another key than the one you trust: ${exporter}`,
  );
}

async function* recordsOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<ExportRecord> {
  const reader = new RecordReader();
  for await (const piece of pieces) yield* reader.push(piece);
  reader.end();
}

async function exportedMeta(pieces: AsyncIterable<Buffer>, header: ExportHeader): Promise<GalleryMeta> {
  for await (const record of recordsOf(pieces)) {
    const isMeta = record.kind === 'gallery' && record.meta?.format === 'semblance-gallery/1';
    if (
      !isMeta ||
      record.meta.modelId !== header.modelId ||
      record.meta.embeddingSize !== header.embeddingSize
    )
      break;
    return record.meta;
  }
  throw new SemblanceError('EXPORT_INVALID', 'the export does not begin with the settings of its gallery');
}

const metaOf = ({ id, embeddingSize, impostors = null, threshold = null }: ReEmbedder): GalleryMeta =>
  newMeta({ modelId: id, embeddingSize, thresholdBy: { impostors, fallback: threshold } });

/** Embeds what it is given anew, some at a time. */
function reEmbedded(sink: FaceSink, recognizer: ReEmbedder): FaceSink & { flush(): Promise<void> } {
  const waiting: NewFace[] = [];
  async function flush(): Promise<void> {
    const faces = waiting.splice(0);
    if (faces.length === 0) return;
    const embeddings = await recognizer.embedJpegs(faces.map(({ crop }) => crop!));
    for (const [i, face] of faces.entries()) await sink.add({ ...face, embedding: embeddings[i]! });
  }
  return {
    async add(face) {
      if (!face.crop) throw noCrops();
      waiting.push(face);
      if (waiting.length >= BATCH) await flush();
    },
    async addNegative(negative) {
      await flush();
      if (!negative.crop) return;
      const [embedding] = await recognizer.embedJpegs([negative.crop]);
      await sink.addNegative({ ...negative, embedding: embedding! });
    },
    flush,
  };
}

const noCrops = (): SemblanceError =>
  new SemblanceError(
    'GALLERY_NO_CROPS',
    'the export was made without pictures, so that another recognizer cannot embed them',
  );
