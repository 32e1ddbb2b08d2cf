// Galleries so large that only codes are in memory; the embeddings are read in the store.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createMemoryStore } from '../drivers/memory.ts';
import { openSqliteStore } from '../drivers/sqlite.ts';
import { Gallery } from '../gallery.ts';
import type { SubjectHit } from '../search-people.ts';
import type { MakeIndex } from './choose-index.ts';
import { createExactIndex } from './exact-index.ts';
import { unitVectors } from './index-suite.ts';

const model = { modelId: 'net-aaaaaaaaaaaa', embeddingSize: 32 };
/** As `exact`, for galleries that are large sooner. */
const index: MakeIndex = (dimensions, vectorOf) => createExactIndex(dimensions, { vectorOf, kept: 520 });
const embeddings = unitVectors(900, 32);
const faces = embeddings.map((embedding, i) => ({ subject: `person ${i % 300}`, embedding }));
const queries = [...unitVectors(5, 32, 2), embeddings[7]!];

const roots: string[] = [];
afterEach(() => Promise.all(roots.splice(0).map((root) => rm(root, { recursive: true }))));
const drivers = {
  memory: async () => createMemoryStore(),
  sqlite: async () => {
    const root = await mkdtemp(join(tmpdir(), 'semblance-large-gallery-'));
    roots.push(root);
    return openSqliteStore(join(root, 'gallery.db'), { create: true });
  },
};

/** The best people, by all similarities in float64. */
function bruteForce(known: ReadonlyMap<number, string>, query: Float32Array, k: number): SubjectHit[] {
  const best = new Map<string, SubjectHit>();
  for (const [faceId, subject] of known) {
    const similarity = embeddings[faceId - 1]!.reduce((sum, value, i) => sum + value * query[i]!, 0);
    if (!(similarity <= (best.get(subject)?.similarity ?? -2)))
      best.set(subject, { subject, similarity, faceId });
  }
  return [...best.values()].sort((a, b) => b.similarity - a.similarity).slice(0, k);
}

describe.each(Object.entries(drivers))('a large gallery in %s', (_, newStore) => {
  test('is searched as by brute force, while it grows and shrinks', async () => {
    const store = await newStore();
    await (await Gallery.inStore(store, model)).enrol(faces.slice(0, 500), model.modelId);
    await using gallery = await Gallery.fromStore(store, { index });
    const known = new Map(faces.slice(0, 500).map(({ subject }, i) => [i + 1, subject]));
    const holds = async (): Promise<void> => {
      for (const k of [1, 5, 400]) {
        const expected = queries.map((query) => bruteForce(known, query, k));
        expect(await gallery.searchMany(queries, k)).toEqual(expected);
        expect(await gallery.search(queries[0]!, k)).toEqual(expected[0]);
      }
    };
    await holds();
    const ids = await gallery.enrol(faces.slice(500), model.modelId);
    for (const [i, id] of ids.entries()) known.set(id, faces[500 + i]!.subject);
    await holds();
    expect(gallery.embedding(8)).toEqual(embeddings[7]);
    await gallery.remove('person 7');
    await gallery.rename('person 8', 'somebody');
    for (const [id, subject] of known) {
      if (subject === 'person 7') known.delete(id);
      if (subject === 'person 8') known.set(id, 'somebody');
    }
    await holds();
    expect(gallery.embedding(8)).toBeNull();
    expect(await gallery.stats()).toMatchObject({ subjects: 299, faces: 897 });
  });
});

test('a threshold is found without reading every embedding', async () => {
  const many = unitVectors(3400, 32).map((embedding, i) => ({ subject: `person ${i}`, embedding }));
  const store = createMemoryStore();
  await (await Gallery.inStore(store, model)).enrol(many, model.modelId);
  let numReads = 0;
  const embedding = (id: number): Float32Array | null => {
    numReads++;
    return store.embedding!(id);
  };
  await using gallery = await Gallery.fromStore({ ...store, embedding }, { index });
  const { threshold } = await gallery.fitThreshold({ fpir: 0.01 });
  expect(threshold).toBeGreaterThan(0.5);
  expect(numReads).toBe(3000);
});
