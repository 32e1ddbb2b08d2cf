import { byCodeUnit } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import { type MovedFaces, noChanges, withChange, withNote, withoutGone } from '../name-changes.ts';
import type {
  GalleryMeta,
  GalleryStore,
  NewFace,
  StoredFace,
  StoredNegative,
  SubjectInfo,
} from '../store.ts';
import type { FaceDetails } from '../subject-profile.ts';
import { createMemoryProfiles } from './memory-profiles.ts';

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
  const faces = new Map<number, StoredFace & Omit<FaceDetails, 'id'> & { crop: Uint8Array | null }>();

  let nextNegative = 1;
  let negatives: StoredNegative[] = [];
  let names = noChanges();

  const idsOf = (subject: string): number[] =>
    [...faces.values()].filter((face) => face.subject === subject).map(({ id }) => id);
  const negativesOf = (subject: string): number[] =>
    negatives.filter((negative) => negative.subject === subject).map(({ id }) => id);
  const profiles = createMemoryProfiles((name) => idsOf(name).length);
  /** Who has no face any more is forgotten whole, unless something was said of them. */
  function remove(ids: readonly number[]): number[] {
    const there = ids.filter((id) => faces.has(id));
    const subjects = new Set(there.map((id) => faces.get(id)!.subject));
    for (const id of there) faces.delete(id);
    const gone = [...subjects].filter((subject) => profiles.prune(subject));
    negatives = negatives.filter(({ subject }) => !gone.includes(subject));
    names = withoutGone(names, there, gone);
    return there;
  }
  function move({ from, to, faces: ids, negatives: refused }: MovedFaces): void {
    profiles.make(to);
    for (const id of ids) faces.get(id)!.subject = to;
    for (const negative of negatives) if (refused.includes(negative.id)) negative.subject = to;
    // what is left of somebody without a face goes with them
    if (profiles.prune(from)) negatives = negatives.filter(({ subject }) => subject !== from);
  }

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
          createdAt: face.createdAt ?? new Date().toISOString(),
          metadata: face.metadata ? structuredClone(face.metadata) : null,
        });
        profiles.make(face.subject, face.createdAt);
        return id;
      });
    },
    async *faces(ids) {
      const rising = [...faces.values()].sort((a, b) => a.id - b.id);
      const wanted = ids && new Set(ids);
      for (const { crop: _, createdAt: _when, metadata: _said, ...face } of rising)
        if (!wanted || wanted.has(face.id)) yield { ...face, embedding: face.embedding.slice() };
    },
    embedding: (id) => faces.get(id)?.embedding ?? null,
    async crop(id) {
      return faces.get(id)?.crop?.slice() ?? null;
    },
    async removeFaces(ids) {
      return remove(ids);
    },
    async addNegative({ id: given, subject, embedding, source = null, contentHash = null, crop = null }) {
      if (!profiles.has(subject)) return null;
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
    profiles: {
      ...profiles.store,
      async write(...said) {
        profiles.write(...said);
      },
      async ofFaces(ids) {
        const wanted = ids.flatMap((id) => faces.get(id) ?? []).sort((a, b) => a.id - b.id);
        return wanted.map(({ id, createdAt, metadata }) => ({ id, createdAt, metadata }));
      },
    },
    async removeSubject(name) {
      const ids = remove(idsOf(name));
      profiles.write(name, null);
      negatives = negatives.filter(({ subject }) => subject !== name);
      return ids;
    },
    async renameSubject(from, to, undoes) {
      const moved = { from, to, faces: idsOf(from), negatives: negativesOf(from) };
      if (from === to) return moved.faces.length;
      if (moved.faces.length === 0) {
        profiles.rename(from, to);
        return 0;
      }
      const kind = profiles.has(to) ? 'merge' : 'rename';
      const before = withNote(names, undoes === undefined ? { kind } : { undoes });
      if (before === null) return 0;
      names = undoes === undefined ? withChange(before, kind, [moved]) : before;
      profiles.rename(from, to);
      move(moved);
      return moved.faces.length;
    },
    async moveFaces(moves, note) {
      const before = withNote(names, note);
      if (before === null) return [];
      const done: MovedFaces[] = [];
      for (const { from, to, faces: ids, negatives: refused = [] } of moves) {
        const isAll = ids === 'all';
        const [own, ownNegatives] = [idsOf(from), negativesOf(from)];
        const moved = {
          ...{ from, to },
          faces: isAll ? own : ids.filter((id) => own.includes(id)),
          negatives: isAll ? ownNegatives : refused.filter((id) => ownNegatives.includes(id)),
        };
        if (moved.faces.length === 0 || from === to) continue;
        if (isAll) profiles.release(from);
        move(moved);
        done.push(moved);
      }
      names = 'kind' in note ? withChange(before, note.kind, done) : before;
      return done;
    },
    async nameChanges() {
      return structuredClone(names.changes);
    },
    async close() {},
  };
}
