import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Random } from '@semblance/core/random';
import { isSemblanceError } from '../error.ts';
import { openSqliteStore } from '../gallery/drivers/sqlite.ts';
import { Gallery } from '../gallery/gallery.ts';
import type { GalleryKeys } from '../gallery/sealing/key-source.ts';
import { newMasterKey } from '../gallery/sealing/master-keys.ts';
import type { NewFace } from '../gallery/store.ts';

export const modelOfSealed = { modelId: 'net-aaaaaaaaaaaa', embeddingSize: 64, threshold: 0.5 };
const random = Random.of(3);

/** A face with everything that is sealed. */
export function faceToSeal(subject: string): NewFace {
  const values = Float32Array.from({ length: 64 }, () => random.normal());
  const length = Math.hypot(...values);
  return {
    subject,
    embedding: values.map((value) => value / length),
    crop: new Uint8Array(randomBytes(5000)),
    source: `photos of ${subject}/at sea.jpg`,
    contentHash: randomBytes(32).toString('hex'),
  };
}

const piecesOf = ({ embedding, crop, source, contentHash }: NewFace): Buffer[] => [
  ...[0, 100, 200].map((at) => Buffer.from(embedding.buffer).subarray(at, at + 24)),
  ...[0, 2000, 4900].map((at) => Buffer.from(crop!).subarray(at, at + 24)),
  Buffer.from(source!),
  Buffer.from(contentHash!),
];

/** The files below a folder that have something of a face in the clear. */
export const filesInTheClear = (faces: readonly NewFace[], folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .filter(({ parentPath, name }) => {
      const bytes = readFileSync(join(parentPath, name));
      return faces.flatMap(piecesOf).some((piece) => bytes.includes(piece));
    })
    .map(({ name }) => name);

export async function codeOf(action: Promise<unknown> | (() => unknown)): Promise<string> {
  try {
    await (typeof action === 'function' ? action() : action);
  } catch (error) {
    return isSemblanceError(error) ? error.code : String(error);
  }
  return 'no error';
}

/** A folder with a gallery and the keys that seal it. */
export class SealedPlace {
  readonly root: string;
  readonly folder: string;
  readonly database: string;
  readonly master = newMasterKey();
  readonly keys: GalleryKeys;

  constructor(root: string) {
    this.root = root;
    this.folder = join(root, 'gallery');
    this.database = join(this.folder, 'gallery.db');
    this.keys = { masters: () => [this.master], folder: join(root, 'keys') };
  }

  /** Makes a gallery of people of these names, with a negative of the first. */
  async make(names: readonly string[], isSealed = true): Promise<NewFace[]> {
    const faces = names.map(faceToSeal);
    const keys = isSealed ? this.keys : { ...this.keys, masters: () => null };
    await using gallery = await Gallery.create(this.folder, { ...modelOfSealed, keys });
    await gallery.enrol(faces, modelOfSealed.modelId);
    const negative = { ...faceToSeal('somebody'), subject: names[0]! };
    await gallery.negatives.add(negative, modelOfSealed.modelId);
    return faces;
  }

  /** All that a gallery has. */
  async contentOf(folder = this.folder, keys = this.keys) {
    const store = openSqliteStore(join(folder, 'gallery.db'), { readOnly: true, keys });
    try {
      const faces = await Array.fromAsync(store.faces());
      const crops = await Promise.all(faces.map(({ id }) => store.crop(id)));
      return { faces, crops, negatives: await store.negatives(), subjects: await store.subjects() };
    } finally {
      await store.close();
    }
  }

  get galleryId(): string {
    const store = openSqliteStore(this.database, { readOnly: true, keys: this.keys });
    const { galleryId } = store;
    void store.close();
    return galleryId!;
  }

  /** By whose name which key. */
  keyIds(database = this.database): Map<string, Uint8Array> {
    const db = new DatabaseSync(database, { readOnly: true });
    const rows = db.prepare('SELECT name, key_id FROM subject_keys JOIN subjects ON id = subject_id').all();
    db.close();
    return new Map(rows.map(({ name, key_id }) => [String(name), key_id as Uint8Array]));
  }
}
