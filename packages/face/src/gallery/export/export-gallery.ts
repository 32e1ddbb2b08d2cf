import type { KeyObject } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { asidePath, exists } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import { openSqliteStore } from '../drivers/sqlite.ts';
import { copyGalleryFile } from '../drivers/sqlite-file.ts';
import { galleryFileAt } from '../gallery-file.ts';
import type { GalleryKeys } from '../sealing/key-source.ts';
import type { GalleryStore } from '../store.ts';
import { writeExportFile } from './export-file.ts';
import { type ExportSecret, lockFile, publicKeyText } from './export-keys.ts';
import type { ExportHeader } from './header.ts';
import { encodeRecord } from './records.ts';

export interface ExportOptions {
  /** What will open it. */
  secret: ExportSecret;
  /** The exporter's Ed25519 key, see `signingKey`. */
  signer: KeyObject;
  /** Whether the faces' pictures are in it (true); without them another recognizer cannot take it over. */
  crops?: boolean;
  keys?: GalleryKeys;
  onProgress?(done: number, total: number): void;
}

/**
 * Writes a gallery into one file that is encrypted, signed and says which model its embeddings are of: as it is at one moment,
 * whoever changes it meanwhile. Whoever is erased later stays in the file: delete it, or lose what opens it.
 *
 * @param path the gallery's folder, or the file in it
 * @param out the file to make
 * @throws SemblanceError GALLERY_NOT_FOUND and others of opening galleries; PATH_EXISTS; those of the disk
 * @example
 * ```ts
 * import { exportGallery, importGallery, signingKey } from '@semblance/face/gallery';
 *
 * const secret = { passphrase: 'correct horse battery staple' };
 * await exportGallery('gallery', 'people.semblance', { secret, signer: await signingKey('exporter.pem') });
 * const { faces } = await importGallery('people.semblance', 'gallery-elsewhere', { secret });
 * console.log(faces); // …
 * ```
 */
export async function exportGallery(
  path: string,
  out: string,
  { secret, signer, crops = true, keys, onProgress }: ExportOptions,
): Promise<ExportHeader> {
  const file = await galleryFileAt(path);
  if (await exists(out)) throw new SemblanceError('PATH_EXISTS', `there is already something at ${out}`);
  const copy = asidePath(out);
  try {
    copyGalleryFile(file, copy);
    const store = openSqliteStore(copy, { readOnly: true, ...(keys ? { keys } : {}) });
    try {
      const meta = await store.readMeta();
      if (meta === null)
        throw new SemblanceError('GALLERY_CORRUPT', `the gallery ${path} has no stored settings`);
      const subjects = await store.subjects();
      const faces = subjects.reduce((sum, { numFaces }) => sum + numFaces, 0);
      const { fileKey, lock, wrappedKey } = lockFile(secret);
      const header: ExportHeader = {
        ...{ format: 'semblance-gallery-export/1', createdAt: new Date().toISOString() },
        ...{ modelId: meta.modelId, embeddingSize: meta.embeddingSize, hasCrops: crops },
        ...{ subjects: subjects.length, faces, negatives: (await store.negatives()).length },
        ...{ exporter: publicKeyText(signer), lock, wrappedKey },
      };
      await writeExportFile(
        out,
        { header, fileKey, signer },
        content(store, crops, (done) => onProgress?.(done, faces)),
      );
      return header;
    } finally {
      await store.close();
    }
  } finally {
    await rm(copy, { force: true });
  }
}

async function* content(
  store: GalleryStore,
  crops: boolean,
  onProgress: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  yield encodeRecord({ kind: 'gallery', meta: (await store.readMeta())! });
  let faces = 0;
  for await (const face of store.faces()) {
    const crop = crops ? await store.crop(face.id) : null;
    yield encodeRecord({ kind: 'face', face: { ...face, crop } });
    onProgress(++faces);
  }
  const negatives = await store.negatives();
  for (const { createdAt: _, ...negative } of negatives)
    yield encodeRecord({ kind: 'negative', negative: { ...negative, crop: crops ? negative.crop : null } });
  yield encodeRecord({ kind: 'end', faces, negatives: negatives.length });
}
