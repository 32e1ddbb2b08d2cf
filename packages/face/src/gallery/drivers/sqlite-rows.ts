import { SemblanceError } from '../../error.ts';
import type { FaceOrigin, GalleryMeta, StoredFace, StoredNegative } from '../store.ts';
import type { Row, RowCodec } from './sqlite-codec.ts';

/** Null for a face of somebody whose key was destroyed. @throws SemblanceError GALLERY_CORRUPT */
export function storedFace(codec: RowCodec, row: Row): StoredFace | null {
  const secrets = codec.secrets('embeddings', row);
  return (
    secrets && {
      ...{ id: Number(row.id), subject: String(row.subject), ...secrets },
      quality: row.quality == null ? null : Number(row.quality),
      origin: String(row.origin) as FaceOrigin,
    }
  );
}

/** Null for one of somebody whose key was destroyed. @throws SemblanceError GALLERY_CORRUPT */
export function storedNegative(codec: RowCodec, row: Row): StoredNegative | null {
  const secrets = codec.secrets('negatives', row);
  return (
    secrets && {
      ...{ id: Number(row.id), subject: String(row.subject), ...secrets },
      crop: codec.crop('negatives', row),
      createdAt: String(row.created_at),
    }
  );
}

/** @throws SemblanceError GALLERY_CORRUPT */
export function parseMeta(path: string, json: string): GalleryMeta {
  try {
    return JSON.parse(json) as GalleryMeta;
  } catch (cause) {
    throw new SemblanceError('GALLERY_CORRUPT', `the settings stored in ${path} are damaged`, { cause });
  }
}
