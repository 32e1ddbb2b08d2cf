import { byCodeUnit } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import type {
  GalleryMeta,
  GalleryStore,
  NewFace,
  StoredFace,
  StoredNegative,
  SubjectInfo,
} from '../store.ts';

/**
 * A gallery that lives as long as the process: for tests, trials and evaluations.
 *
 * @example
 * ```ts
 * import { createMemoryStore, Gallery } from '@semblance/face/gallery';
 *
 * const options = { modelId: 'my-model', embeddingSize: 2, threshold: 0.5 };
 * await using gallery = await Gallery.inStore(createMemoryStore(), options);
 * await gallery.enrol([{ subject: 'Ada', embedding: Float32Array.of(1, 0) }], 'my-model');
 * console.log(await gallery.search(Float32Array.of(0.6, 0.8))); // …subject: 'Ada', similarity: 0.6…
 * ```
 */
export function createMemoryStore(): GalleryStore {
  let meta: GalleryMeta | null = null;
  let nextId = 1;
  const faces = new Map<number, StoredFace & { crop: Uint8Array | null }>();

  let nextNegative = 1;
  let negatives: StoredNegative[] = [];

  const idsOf = (subject: string): number[] =>
    [...faces.values()].filter((face) => face.subject === subject).map(({ id }) => id);
  /** Who has no face any more is forgotten whole. */
  const prune = (): void => {
    negatives = negatives.filter(({ subject }) => idsOf(subject).length > 0);
  };

  return {
    async readMeta() {
      return meta && { ...meta };
    },
    async writeMeta(value) {
      meta = { ...value };
    },
    async addFaces(added: readonly NewFace[]) {
      const taken = new Set(faces.keys());
      for (const { id } of added) {
        if (id === undefined) continue;
        if (taken.has(id)) throw new SemblanceError('DATA_INVALID', `there is already a face ${id}`);
        taken.add(id);
      }
      return added.map((face) => {
        const id = face.id ?? nextId;
        nextId = Math.max(nextId, id + 1);
        faces.set(id, {
          id,
          subject: face.subject,
          embedding: face.embedding.slice(),
          source: face.source ?? null,
          contentHash: face.contentHash ?? null,
          quality: face.quality ?? null,
          origin: face.origin ?? 'enrol',
          crop: face.crop?.slice() ?? null,
        });
        return id;
      });
    },
    async *faces(ids) {
      const rising = [...faces.values()].sort((a, b) => a.id - b.id);
      const wanted = ids && new Set(ids);
      for (const { crop: _, ...face } of rising)
        if (!wanted || wanted.has(face.id)) yield { ...face, embedding: face.embedding.slice() };
    },
    embedding: (id) => faces.get(id)?.embedding ?? null,
    async crop(id) {
      return faces.get(id)?.crop?.slice() ?? null;
    },
    async removeFaces(ids) {
      const removed = ids.filter((id) => faces.delete(id));
      prune();
      return removed;
    },
    async addNegative({ id: given, subject, embedding, source = null, contentHash = null, crop = null }) {
      if (idsOf(subject).length === 0) return null;
      if (negatives.some(({ id }) => id === given))
        throw new SemblanceError('DATA_INVALID', `there is already a negative ${given}`);
      const id = given ?? nextNegative;
      nextNegative = Math.max(nextNegative, id + 1);
      negatives.push({
        ...{ id, subject, source, contentHash, createdAt: new Date().toISOString() },
        ...{ embedding: embedding.slice(), crop: crop?.slice() ?? null },
      });
      negatives.sort((a, b) => a.id - b.id);
      return id;
    },
    async removeNegative(id) {
      const before = negatives.length;
      negatives = negatives.filter((negative) => negative.id !== id);
      return negatives.length < before;
    },
    async negatives() {
      return negatives.map((negative) => ({ ...negative, embedding: negative.embedding.slice() }));
    },
    async subjects() {
      const counts = new Map<string, number>();
      for (const { subject } of faces.values()) counts.set(subject, (counts.get(subject) ?? 0) + 1);
      return [...counts]
        .map(([name, numFaces]): SubjectInfo => ({ name, numFaces }))
        .sort((a, b) => byCodeUnit(a.name, b.name));
    },
    async removeSubject(name) {
      const ids = idsOf(name);
      for (const id of ids) faces.delete(id);
      prune();
      return ids;
    },
    async renameSubject(from, to) {
      const ids = idsOf(from);
      for (const id of ids) faces.get(id)!.subject = to;
      for (const negative of negatives)
        if (ids.length > 0 && negative.subject === from) negative.subject = to;
      return ids.length;
    },
    async close() {},
  };
}
